import LintRules
import SourceText
import SourceTree

/// Reads the values of settings and baselines, and keeps what is wrong with them.
struct ValueReader {
  /// A key of a mapping and what belongs to it.
  struct Entry {
    let name: String
    let key: NodeIndex
    /// nil for nothing, which is as if the key were absent.
    let value: NodeIndex?
  }

  /// What the values belong to, which words the problems.
  enum Holder { case settings, baseline }

  let tree: SourceTree
  private let holder: Holder
  private(set) var problems: [HousekeepingProblem] = []

  init(_ tree: SourceTree, of holder: Holder) { (self.tree, self.holder) = (tree, holder) }

  /// What messages call the outermost mapping.
  static let wholeFile = "the whole file"

  /// The one document of the file; nil if there is nothing in it.
  mutating func document() -> NodeIndex? {
    for further in tree.documents.dropFirst() {
      reportInvalid("---", at: further, found: "another document", expected: "one document")
    }
    return tree.documents.first.flatMap { isNull($0) ? nil : $0 }
  }

  /// The entries of a mapping, those aside whose key is there already.
  mutating func entries(of node: NodeIndex, key: String) -> [Entry] {
    guard tree.kind(node) == .mapping else {
      reportWrongType(key, at: node, expected: "a mapping")
      return []
    }
    var known: Set<String> = []
    var entries: [Entry] = []
    for keyNode in tree.keys(node) {
      let (name, value) = (tree.text(keyNode), tree.value(ofKey: keyNode))
      guard tree.kind(keyNode) == .scalar else {
        reportWrongType(key, at: keyNode, expected: "a name as key")
        continue
      }
      guard known.insert(name).inserted else {
        reportDuplicate(name, at: keyNode)
        continue
      }
      entries.append(Entry(name: name, key: keyNode, value: isNull(value) ? nil : value))
    }
    return entries
  }

  /// The items of a list.
  mutating func items(of node: NodeIndex, key: String) -> [NodeIndex] {
    guard tree.kind(node) == .sequence else {
      reportWrongType(key, at: node, expected: "a list")
      return []
    }
    return Array(tree.items(node))
  }

  mutating func text(_ node: NodeIndex, key: String, expected: String = "text") -> String? {
    guard tree.kind(node) == .scalar, !isNull(node) else {
      reportWrongType(key, at: node, expected: expected)
      return nil
    }
    return tree.text(node)
  }

  /// A word of a closed list.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ node: NodeIndex, key: String, _: Word.Type
  ) -> Word? {
    let words = Word.allCases.map(\.rawValue)
    let expected = Self.alternatives(words)
    guard let text = text(node, key: key, expected: expected) else { return nil }
    if let word = Word(rawValue: text) { return word }
    reportInvalid(
      key, at: node, found: describe(node), expected: expected, nearest: NearestName.of(text.lowercased(), among: words)
    )
    return nil
  }

  /// A whole number, 0 or more.
  mutating func count(_ node: NodeIndex, key: String) -> Int? {
    let expected = "a whole number from 0"
    guard let text = text(node, key: key, expected: expected) else { return nil }
    let isDecimal =
      tree.style(node) == .plain && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      && (text.utf8.count == 1 || text.utf8.first != UInt8(ascii: "0"))
    if isDecimal, let number = Int(text) { return number }
    reportWrongType(key, at: node, expected: expected)
    return nil
  }

  // MARK: Problems

  mutating func report(_ kind: HousekeepingProblem.Kind, at node: NodeIndex) {
    problems.append(HousekeepingProblem(kind, tree.span(node)))
  }

  mutating func reportInvalid(
    _ key: String, at node: NodeIndex, found: String, expected: String, nearest: String? = nil
  ) {
    report(invalid(key, found: found, expected: expected, nearest: nearest), at: node)
  }

  private func invalid(
    _ key: String, found: String, expected: String, nearest: String? = nil
  ) -> HousekeepingProblem.Kind {
    switch holder {
    case .settings: .invalidSetting(key: key, found: found, expected: expected, nearest: nearest)
    case .baseline:
      .invalidBaseline(part: key == Self.wholeFile ? "" : key, .unusable(found: found, expected: expected))
    }
  }

  mutating func reportWrongType(_ key: String, at node: NodeIndex, expected: String) {
    reportInvalid(key, at: node, found: describe(node), expected: expected)
  }

  /// There is nothing in the file, and nothing is wrong with its text either.
  mutating func reportEmpty(expected: String) {
    let kind = invalid(Self.wholeFile, found: "nothing", expected: expected)
    if tree.problems.isEmpty { problems.append(HousekeepingProblem(kind, .beginning(ofFile: tree.fileNumber))) }
  }

  mutating func reportDuplicate(_ key: String, at node: NodeIndex) {
    switch holder {
    case .settings: reportInvalid(key, at: node, found: "the same key again", expected: "one value")
    case .baseline: report(.invalidBaseline(part: key, .repeated), at: node)
    }
  }

  /// A key that is none of the `known` ones. `parent` is the key around it.
  mutating func reportUnknown(_ entry: Entry, of parent: String? = nil, among known: [String]) {
    reportInvalid(
      parent.map { "\($0).\(entry.name)" } ?? entry.name, at: entry.key, found: "an unknown key",
      expected: Self.alternatives(known), nearest: NearestName.of(entry.name.lowercased(), among: known))
  }

  func describe(_ node: NodeIndex) -> String { tree.inWords(node) }

  private func isNull(_ node: NodeIndex) -> Bool {
    tree.kind(node) == .scalar && tree.style(node) == .plain
      && ["", "~", "null", "Null", "NULL"].contains(tree.text(node))
  }

  private static func alternatives(_ words: [String]) -> String {
    let quoted = words.map { "`\($0)`" }
    return quoted.dropLast().joined(separator: ", ") + (quoted.count > 1 ? " or " : "") + (quoted.last ?? "")
  }
}
