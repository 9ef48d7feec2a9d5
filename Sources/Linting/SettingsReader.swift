import ClientVPN
import IPv4Space
import LintRules
public import SourceText
import SourceTree

extension Settings {
  /// Reads a settings file, YAML or in a `.json` file JSON. Never fails: what can be understood holds, the rest is
  /// kept to be reported. `number` is the file's in the run.
  public static func read(_ file: SourceFile, number: UInt32 = 0) -> ConfigurationFile<Settings> {
    let tree = SourceTree.read(file, number: number)
    var reader = SettingsReader(tree)
    reader.read()
    return ConfigurationFile(
      file: file, content: reader.settings, syntaxProblems: tree.problems, problems: reader.values.problems)
  }
}

/// Reads settings out of a tree.
private struct SettingsReader {
  var settings = Settings()
  var values: ValueReader

  init(_ tree: SourceTree) { values = ValueReader(tree, of: .settings) }

  mutating func read() {
    guard let document = values.document() else { return }
    for entry in values.entries(of: document, key: ValueReader.wholeFile) {
      guard let key = SettingsKey(rawValue: entry.name) else {
        values.reportUnknown(entry, among: SettingsKey.allCases.map(\.rawValue))
        continue
      }
      if let value = entry.value { read(key, value) }
    }
  }

  private mutating func read(_ key: SettingsKey, _ value: NodeIndex) {
    switch key {
    case .failOn: settings.failOn = values.word(value, key: key.rawValue, FailureThreshold.self)
    case .rules: readRules(value)
    case .exclude: readExclude(value)
    case .quotas: readQuotas(value)
    case .homeLANs: readHomeLANs(value)
    }
  }

  private mutating func readRules(_ node: NodeIndex) {
    var names = NearestRule()
    for entry in values.entries(of: node, key: "rules") {
      guard let rule = RuleCatalog.page(named: entry.name)?.name else {
        values.report(
          .unknownRule(name: entry.name, nearest: names.nearest(to: entry.name.lowercased())), at: entry.key)
        continue
      }
      // The name and the code of one rule are two keys.
      guard settings.levels[rule] == nil else {
        values.reportDuplicate("rules.\(entry.name)", at: entry.key)
        continue
      }
      guard let value = entry.value,
        let level = values.word(value, key: "rules.\(entry.name)", LintOptions.Level.self)
      else { continue }
      if RuleCatalog.mandatory.contains(rule), level != .error {
        values.reportInvalid(
          "rules.\(entry.name)", at: value, found: values.describe(value),
          expected: "`error`: what keeps a file from being judged is always one")
      } else {
        settings.levels[rule] = level
      }
    }
  }

  private mutating func readExclude(_ node: NodeIndex) {
    for item in values.items(of: node, key: "exclude") {
      let expected = "a pattern such as `generated/**`"
      guard let text = values.text(item, key: "exclude", expected: expected) else { continue }
      if let pattern = PathPattern(text) {
        settings.exclude.append(pattern)
      } else {
        values.reportInvalid(
          "exclude", at: item, found: values.describe(item), expected: "a path below the folder of this file")
      }
    }
  }

  private mutating func readQuotas(_ node: NodeIndex) {
    for entry in values.entries(of: node, key: "quotas") {
      guard let quota = Quota(rawValue: entry.name) else {
        values.reportUnknown(entry, of: "quotas", among: Quota.allCases.map(\.rawValue))
        continue
      }
      guard let value = entry.value else { continue }
      settings.quotas[quota.rawValue] = values.count(value, key: "quotas.\(entry.name)")
    }
  }

  private mutating func readHomeLANs(_ node: NodeIndex) {
    settings.homeLANs = values.items(of: node, key: "home_lans").compactMap { item in
      let expected = "a CIDR such as 192.168.1.0/24"
      guard let text = values.text(item, key: "home_lans", expected: expected) else { return nil }
      guard let prefix = try? IPv4Notation.prefix(text) else {
        values.reportWrongType("home_lans", at: item, expected: expected)
        return nil
      }
      if prefix.hasHostBits {
        values.reportInvalid(
          "home_lans", at: item, found: values.describe(item), expected: "a CIDR without bits after its length",
          nearest: prefix.canonical.description)
      }
      return prefix.canonical
    }
  }
}
