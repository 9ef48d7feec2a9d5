import LintRules
public import SourceText
import SourceTree

extension Baseline {
  /// The version of the file that is written and read.
  public static let version = 1

  /// Reads a baseline, which is JSON whatever its name. Never fails: entries that can be understood hold, the rest is
  /// kept to be reported. `number` is the file's in the run.
  public static func read(_ file: SourceFile, number: UInt32 = 0) -> ConfigurationFile<Baseline> {
    let tree = SourceTree.read(file, number: number, isJSON: true)
    var reader = BaselineReader(tree)
    reader.read()
    return ConfigurationFile(
      file: file, content: Baseline(reader.entries), syntaxProblems: tree.problems, problems: reader.values.problems)
  }
}

/// Reads a baseline out of a tree. Keys that are not known may come from a later vpnlint and are left aside.
private struct BaselineReader {
  var entries: [(file: String, entry: Baseline.Entry)] = []
  var values: ValueReader

  init(_ tree: SourceTree) { values = ValueReader(tree, of: .baseline) }

  mutating func read() {
    guard let document = values.document() else { return values.reportEmpty(expected: "a baseline") }
    let top = fields(of: document, key: ValueReader.wholeFile)
    guard values.tree.kind(document) == .mapping, isKnownVersion(top["version"], of: document) else { return }
    guard let findings = top["findings"] else {
      return values.report(.invalidBaseline(part: "findings", .absent), at: document)
    }
    for (number, node) in values.items(of: findings, key: "findings").enumerated() {
      readEntry(node, key: "findings[\(number)]")
    }
  }

  private mutating func isKnownVersion(_ version: NodeIndex?, of document: NodeIndex) -> Bool {
    guard let version else {
      values.report(.invalidBaseline(part: "version", .absent), at: document)
      return false
    }
    guard values.tree.style(version) == .plain, values.tree.text(version) == String(Baseline.version) else {
      values.reportWrongType("version", at: version, expected: String(Baseline.version))
      return false
    }
    return true
  }

  private mutating func readEntry(_ node: NodeIndex, key: String) {
    let fields = fields(of: node, key: key)
    guard values.tree.kind(node) == .mapping,
      let fingerprint = text("fingerprint", fields, of: node, key), let rule = text("rule", fields, of: node, key),
      let subject = text("subject", fields, of: node, key), let file = text("file", fields, of: node, key)
    else { return }
    let span = values.tree.span(node)
    entries.append((file, Baseline.Entry(fingerprint: fingerprint, rule: rule, subject: subject, span: span)))
  }

  private mutating func text(
    _ name: String, _ fields: [String: NodeIndex], of node: NodeIndex, _ key: String
  ) -> String? {
    guard let value = fields[name] else {
      values.report(.invalidBaseline(part: "\(key).\(name)", .absent), at: node)
      return nil
    }
    guard values.tree.style(value) == .quoted else {
      values.reportWrongType("\(key).\(name)", at: value, expected: "text")
      return nil
    }
    return values.text(value, key: "\(key).\(name)")
  }

  private mutating func fields(of node: NodeIndex, key: String) -> [String: NodeIndex] {
    var fields: [String: NodeIndex] = [:]
    for entry in values.entries(of: node, key: key) { fields[entry.name] = entry.value }
    return fields
  }
}
