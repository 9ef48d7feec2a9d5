import SourceText

/// A setting, or a part of a baseline, that cannot be understood.
enum InvalidSetting: Rule {
  static let info = RuleInfo(
    code: "VPN017", name: "invalid-setting", severity: .error,
    summary: "a part of the settings file or of a baseline is not one that vpnlint knows",
    why: """
      The setting has no effect and the default holds, which can let a finding pass that was to fail the run. \
      Findings of a baseline that cannot be read count again.
      """,
    repair: "Correct the key or the value. A baseline is best removed and written again with `--write-baseline`.",
    source: "README, \"Settings\" and \"Baselines\"",
    // Settings stand in `.vpnlint.yaml`, which no model can show.
    examples: [])

  static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    for problem in subject.housekeeping {
      switch problem.kind {
      case .invalidSetting(let key, let found, let expected, let nearest):
        report(unusable(key, found, expected, nearest, problem.span, Cause("settings", key)))
      case .invalidBaseline(let part, let flaw): report(flawed(part, flaw, problem.span))
      default: break
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

  private static func flawed(_ part: String, _ flaw: HousekeepingProblem.BaselineFlaw, _ span: Span) -> Finding {
    let isEntry = part.hasPrefix("findings[")
    let effect = isEntry ? "so its finding counts" : "so every finding counts"
    let key = part.lastIndex(of: ".").map { String(part[part.index(after: $0)...]) } ?? part
    let cause = Cause("baseline", part)
    switch flaw {
    case .absent:
      return finding(
        "\(isEntry ? "an entry of the" : "the") baseline has no `\(key)`, \(effect)", cause, at: span,
        "no `\(key)` here"
      )
      .help("remove the file, and write it again with `--write-baseline`")
    case .repeated:
      return finding("the baseline has the key `\(key)` twice", cause, at: span, "the same key again, not read")
        .help("remove one of the two")
    case .unusable(let found, let expected):
      let what = part.isEmpty ? "the baseline" : "`\(part)` of the baseline"
      return finding(
        "\(what) is not understood, \(effect)", cause, at: span, "\(found), where \(expected) is expected"
      )
      .help("remove the file, and write it again with `--write-baseline`")
    }
  }
}
