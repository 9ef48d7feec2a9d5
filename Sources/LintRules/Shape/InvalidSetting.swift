import SourceText

/// A setting, or a part of a baseline, that cannot be understood.
enum InvalidSetting: Rule {
  static let info = RuleInfo(
    code: "VPN017", name: "invalid-setting", severity: .error,
    summary: "a key or value in the settings file is not one that vpnlint knows",
    why: "The setting has no effect and the default holds, which can let a finding pass that was to fail the run.",
    repair: "Correct the key or the value. A baseline is best written again with `--write-baseline`.",
    source: "README, \"Settings\" and \"Baselines\"",
    // Settings stand in `.vpnlint.yaml`, which no model can show.
    examples: [])

  static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    for problem in subject.housekeeping {
      if case .invalidSetting(let key, let found, let expected, let nearest) = problem.kind {
        report(unusable(key, found, expected, nearest, problem.span, Cause("settings", key)))
      }
    }
  }

  private static func unusable(
    _ key: String, _ found: String, _ expected: String, _ nearest: String?, _ span: Span, _ cause: Cause
  ) -> Finding {
    finding(
      "setting `\(key)` is not understood and has no effect", cause, at: span,
      nearest.map { "did you mean `\($0)`?" } ?? "\(found), where \(expected) is expected"
    )
    .note(nearest.map { _ in "\(expected) is expected" })
    .help(nearest.map { "write `\($0)`" } ?? "write \(expected)")
  }
}
