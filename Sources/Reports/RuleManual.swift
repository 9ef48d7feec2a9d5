import LintRules
import SourceText

/// The manual of the rules in Markdown: a table of contents, then the page of each rule, group by group.
struct RuleManual {
  private let groups: [(group: RuleGroup, rules: [RuleInfo])]
  private let leftOut: [LeftOutRule]

  init(_ rules: [RuleInfo], leftOut: [LeftOutRule]) {
    groups = RuleGroup.allCases.map { group in (group, rules.filter { $0.group == group }) }
      .filter { !$0.rules.isEmpty }
    self.leftOut = leftOut
  }

  var text: String {
    let parts = [introduction, contents] + groups.map { chapter($0.group, $0.rules) }
    return (parts + (leftOut.isEmpty ? [] : [leftOutChapter])).joined(separator: "\n")
  }

  private var introduction: String {
    """
    # The rules of vpnlint

    The first digit of a code is the group. Name and code are both accepted wherever a rule is named, and neither ever
    changes meaning. The severity is the one without settings; `off` runs only when settings, `--severity` or `--only` ask
    for it.

    """
  }

  private var contents: String {
    var text = "## Contents\n\n"
    for (group, rules) in groups {
      text += "* [\(group.title)](#\(Self.anchor(group)))\n"
      for rule in rules {
        text += "  * [\(rule.code) `\(rule.name)`](#\(rule.name)): \(Self.prose(rule.summary))\n"
      }
    }
    return text + (leftOut.isEmpty ? "" : "* [Left out](#left-out)\n")
  }

  private func chapter(_ group: RuleGroup, _ rules: [RuleInfo]) -> String {
    "<a id=\"\(Self.anchor(group))\"></a>\n\n## \(group.title)\n\n" + rules.map(page).joined(separator: "\n")
  }

  private func page(_ rule: RuleInfo) -> String {
    let severity = rule.isOffByDefault ? "off; \(rule.severity.rawValue) when switched on" : rule.severity.rawValue
    return """
      <a id="\(rule.name)"></a>

      ### \(rule.code) `\(rule.name)`

      \(Self.sentence(rule.summary))

      **Severity:** \(severity)

      **Why.** \(Self.prose(rule.why))

      **Repair.** \(Self.prose(rule.repair))

      \(rule.examples.map(Self.example).joined(separator: "\n"))
      **Source:** \(Self.prose(rule.source))

      """
  }

  private static func example(_ example: Example) -> String {
    "\(example.isBad ? "Bad" : "Good"): \(prose(example.title))\n\n"
      + (example.before.map { block($0, "yaml") + "\nbecomes\n\n" } ?? "")
      + block(example.unmarkedText, example.isJSON ? "json" : "yaml")
  }

  private static func block(_ text: String, _ language: String) -> String {
    """
    ```\(language)
    \(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    ```

    """
  }

  private var leftOutChapter: String {
    "## Left out\n\nWhat a list of rules could have beside these, and why it is not here.\n\n"
      + leftOut.map { "* `\($0.name)`: \(Self.prose($0.reason))\n" }.joined()
  }

  private static func anchor(_ group: RuleGroup) -> String { "group-\(group.rawValue)" }

  /// A summary as a sentence of its own.
  private static func sentence(_ text: String) -> String { prose(text.prefix(1).uppercased() + text.dropFirst() + ".") }

  /// Text in which only backticks mean something.
  private static func prose(_ text: String) -> String {
    var result = ""
    var isCode = false
    for character in text {
      if character == "`" { isCode.toggle() }
      switch character {
      case "<" where !isCode: result += "&lt;"
      case "&" where !isCode: result += "&amp;"
      case "*", "_", "[", "]", "\\", "|":
        result += isCode ? "" : "\\"
        result.append(character)
      default: result.append(character)
      }
    }
    return result
  }
}
