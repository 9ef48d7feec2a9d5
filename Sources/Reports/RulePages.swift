public import LintRules
import SourceText

/// Pages and tables about rules.
public enum RulePages {
  /// One line a rule: code, name, severity, summary.
  public static func list(_ rules: [RuleInfo]) -> String {
    let width = rules.map(\.name.count).max() ?? 0
    return rules.map { rule in
      let name = rule.name + String(repeating: " ", count: width - rule.name.count)
      let severity = rule.severityInWords + String(repeating: " ", count: 7 - rule.severityInWords.count)
      return "\(rule.code)  \(name)  \(severity)  \(rule.summary)\n"
    }.joined()
  }

  /// The table of the README, a section a group.
  public static func markdownTable(_ rules: [RuleInfo]) -> String {
    RuleGroup.allCases.compactMap { group in
      let members = rules.filter { $0.group == group }
      guard !members.isEmpty else { return nil }
      let rows = members.map { "| \($0.code) | `\($0.name)` | \($0.severityInWords) | \($0.summary) |" }
      return "**\(group.title)**\n\n| code | name | severity | what it finds |\n| --- | --- | --- | --- |\n"
        + rows.joined(separator: "\n")
    }.joined(separator: "\n\n") + "\n"
  }

  /// The page of one rule.
  public static func page(_ rule: RuleInfo) -> String {
    var page =
      "\(rule.code) \(rule.name) (\(rule.isOffByDefault ? "\(rule.severity.rawValue), off by default" : rule.severity.rawValue))\n\n\(rule.summary)\n"
    page += "\nWhy\n\(indented(wrapped(rule.why)))\nRepair\n\(indented(wrapped(rule.repair)))"
    for example in rule.examples {
      page += "\n\(example.isBad ? "Bad" : "Good"): \(example.title)\n"
      page += indented(example.text.filter { $0 != "⟦" && $0 != "⟧" })
    }
    return page + "\nSource\n\(indented(wrapped(rule.source)))"
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
  }

  private static func wrapped(_ text: String) -> String {
    var lines = [""]
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + word.count > 90 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.joined(separator: "\n")
  }
}
