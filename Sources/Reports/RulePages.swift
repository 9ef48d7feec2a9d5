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

  /// The page of one rule for a terminal. Prose fits the style's width; examples stay as they are, so that they can be
  /// copied, and what the rule points at in them is coloured if the style has colours.
  public static func page(_ rule: RuleInfo, _ style: TextStyle = TextStyle()) -> String {
    let page = RulePage(style)
    var text = style.paint("\(rule.code) \(rule.name)", .bold) + " (\(page.severity(of: rule)))\n\n"
    text += "\(style.wrapped(rule.summary, indent: ""))\n"
    text += page.section("Why", rule.why) + page.section("Repair", rule.repair)
    for example in rule.examples { text += page.example(example) }
    return text + page.section("Source", rule.source)
  }
}

/// Lays the parts of a rule's page out.
private struct RulePage {
  private static let indent = "  "
  let style: TextStyle

  init(_ style: TextStyle) { self.style = style }

  func severity(of rule: RuleInfo) -> String {
    rule.isOffByDefault ? "\(rule.severity.rawValue), off by default" : rule.severity.rawValue
  }

  func section(_ title: String, _ text: String) -> String {
    let words = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return "\n\(heading(title))\n\(Self.indent)\(style.wrapped(words, indent: Self.indent))\n"
  }

  func example(_ example: Example) -> String {
    let heading = heading("\(example.isBad ? "Bad" : "Good"): \(example.title)")
    let before = example.before.map { text in
      text.split(separator: "\n").map { "\(Self.indent)\($0)\n" }.joined() + "\(Self.indent)becomes\n"
    }
    return "\n\(heading)\n" + (before ?? "")
      + lines(of: example).map { $0.isEmpty ? "\n" : "\(Self.indent)\($0)\n" }.joined()
  }

  private func heading(_ text: String) -> String { style.paint(style.wrapped(text, indent: Self.indent), .bold) }

  /// The lines of an example, marked places painted. A mark that goes over several lines is painted in each.
  private func lines(of example: Example) -> [String] {
    var isMarked = false
    var lines = example.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var result = ""
      var marked = ""
      for character in line {
        switch character {
        case "⟦": isMarked = true
        case "⟧":
          result += painted(marked)
          (marked, isMarked) = ("", false)
        default: if isMarked { marked.append(character) } else { result.append(character) }
        }
      }
      return result + painted(marked)
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private func painted(_ text: String) -> String { text.isEmpty ? "" : style.paint(text, .red) }
}
