import LintRules
import SourceText

/// The pages of the rules for programs: version 1, fields in a fixed order (README, "Rules").
struct RuleList {
  private let rules: [RuleInfo]
  private let leftOut: [LeftOutRule]
  private let toolVersion: String

  init(_ rules: [RuleInfo], leftOut: [LeftOutRule], toolVersion: String) {
    (self.rules, self.leftOut, self.toolVersion) = (rules, leftOut, toolVersion)
  }

  var text: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.number("version", 1)
      writer.object("tool", inline: true) {
        $0.string("name", "vpnlint")
        $0.string("version", toolVersion)
      }
      writer.array("rules") { writer in
        for rule in rules { writer.object { write(rule, to: &$0) } }
      }
      writer.array("left_out") { writer in
        for rule in leftOut {
          writer.object {
            $0.string("name", rule.name)
            $0.string("reason", rule.reason)
          }
        }
      }
    }
    return writer.text + "\n"
  }

  private func write(_ rule: RuleInfo, to writer: inout JSONWriter) {
    writer.string("code", rule.code)
    writer.string("name", rule.name)
    writer.object("group", inline: true) {
      $0.number("number", rule.group.rawValue)
      $0.string("title", rule.group.title)
    }
    writer.string("severity", rule.severity.rawValue)
    writer.string("default", rule.severityInWords)
    writer.string("summary", rule.summary)
    writer.string("why", rule.why)
    writer.string("repair", rule.repair)
    writer.string("source", rule.source)
    writer.array("examples") { writer in
      for example in rule.examples {
        writer.object { writer in
          writer.string("title", example.title)
          writer.bool("bad", example.isBad)
          writer.string("language", example.isJSON ? "json" : "yaml")
          writer.string("text", example.unmarkedText)
          writer.string("before", example.before)
        }
      }
    }
  }
}

extension Example {
  /// The model file as it would be written.
  var unmarkedText: String { text.filter { $0 != "⟦" && $0 != "⟧" } }
}
