import SourceText

/// An entry of the baseline that no finding matches any more.
enum StaleBaselineEntry: Rule {
  static let info = RuleInfo(
    code: "VPN018", name: "stale-baseline-entry", severity: .warning,
    summary: "the baseline has an entry for a finding that is gone",
    why: "If the same mistake comes back, the entry hides it.",
    repair: "Write the baseline again with `--write-baseline`, or remove the entry.",
    source: "README, \"Baselines\"",
    // Entries stand in a baseline file, which no model can show.
    examples: [])

  static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    for problem in subject.housekeeping {
      if case .staleBaselineEntry(let rule, let subject) = problem.kind {
        report(stale(rule, subject, problem.span, Cause("baseline", "\(rule)/\(subject)")))
      }
    }
  }

  private static func stale(_ rule: String, _ subject: String, _ span: Span, _ cause: Cause) -> Finding {
    finding("the baseline has a finding of `\(rule)` that is gone", cause, at: span, "no finding matches this entry")
      .note("the finding was about \(subject)")
      .help("write the baseline again with `--write-baseline`, or remove the entry")
  }
}
