import ClientVPN
import IPv4Space
public import LintRules
import Linting

/// The JSON Schema of the settings file (draft 2020-12), for editors.
public enum SettingsSchema {
  /// The text of the schema, with these rules.
  public static func text(_ rules: [RuleInfo], toolVersion: String) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      SchemaHead.write(title: "Settings of vpnlint", command: "vpnlint schema --settings", toolVersion, to: &writer)
      writer.string(
        "description", "Settings for the models in the folder of this file and below, unless nearer ones govern.")
      writer.string("type", "object")
      writer.object("properties") { writer in
        for key in SettingsKey.allCases {
          writer.object(key.rawValue) { writer in
            writer.string("description", key.text)
            write(key, rules, to: &writer)
          }
        }
      }
      writer.bool("additionalProperties", false)
    }
    return writer.text + "\n"
  }

  private static func write(_ key: SettingsKey, _ rules: [RuleInfo], to writer: inout JSONWriter) {
    switch key {
    case .failOn:
      writer.string("default", FailureThreshold.error.rawValue)
      write(.word(FailureThreshold.allCases.map(\.rawValue)), to: &writer)
    case .rules: writeRules(rules, to: &writer)
    case .exclude:
      writeList(pattern: SchemaPattern.pathBelow, such: ["generated/**", "**/old-*"], to: &writer)
    case .quotas: writeQuotas(to: &writer)
    case .homeLANs:
      writeList(pattern: SchemaPattern.network, such: HomeLANs.common.map { .text($0.description) }, to: &writer)
    }
  }

  /// Names as properties, which editors offer; codes as patterns, which they only explain.
  private static func writeRules(_ rules: [RuleInfo], to writer: inout JSONWriter) {
    writer.strings("type", ["object", "null"])
    writer.object("properties") { writer in
      for rule in rules { writer.object(rule.name) { writeLevel(of: rule, to: &$0) } }
    }
    writer.object("patternProperties") { writer in
      for rule in rules {
        writer.object("^[Vv][Pp][Nn]\(rule.code.dropFirst(3))$") { writeLevel(of: rule, to: &$0) }
      }
    }
    writer.bool("additionalProperties", false)
  }

  private static func writeLevel(of rule: RuleInfo, to writer: inout JSONWriter) {
    writer.string("description", "\(rule.code) \(rule.name): \(rule.summary).")
    writer.string("default", rule.severityInWords)
    write(.word(LintOptions.Level.allCases.map(\.rawValue)), to: &writer)
  }

  private static func writeQuotas(to writer: inout JSONWriter) {
    writer.strings("type", ["object", "null"])
    writer.object("properties") { writer in
      for quota in Quota.allCases {
        writer.object(quota.rawValue) { writer in
          writer.string("description", quota.text)
          if let number = ProviderProfile.ibm.number(of: quota) { writer.number("default", number) }
          write(.integer(0...Int.max), to: &writer)
        }
      }
    }
    writer.bool("additionalProperties", false)
  }

  private static func writeList(pattern: String, such examples: [PlainValue], to writer: inout JSONWriter) {
    writer.strings("type", ["array", "null"])
    writer.object("items") { writer in
      writer.examples(examples)
      writer.string("type", "string")
      writer.string("pattern", pattern)
    }
  }

  private static func write(_ shape: ValueShape, to writer: inout JSONWriter) {
    ValueSchema(shape, of: "", isOptional: true).write(to: &writer)
  }
}
