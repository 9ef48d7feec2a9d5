public import LintRules

/// The formats of `vpnlint rules`.
public enum RuleFormat: String, Sendable, CaseIterable {
  /// One line a rule.
  case text
  /// The manual: every page.
  case markdown
  /// Every page, for programs.
  case json

  /// The rules in this format.
  public func text(_ rules: [RuleInfo], leftOut: [LeftOutRule] = [], toolVersion: String) -> String {
    switch self {
    case .text: RulePages.list(rules)
    case .markdown: RuleManual(rules, leftOut: leftOut).text
    case .json: RuleList(rules, leftOut: leftOut, toolVersion: toolVersion).text
    }
  }
}
