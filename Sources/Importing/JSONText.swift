import SourceText
import SourceTree

/// What was read of one or several JSON texts, asked by keys. A null counts as absent; of a key that is there again the
/// last value holds, as for other readers of JSON.
final class JSONText {
  let tree: SourceTree

  init(_ tree: SourceTree) { self.tree = tree }

  /// A key with its value.
  struct Member {
    let key, value: NodeIndex
  }

  /// The members of an object with a key: one, or several if the key is there again.
  func members(_ name: String, of object: NodeIndex) -> [Member] {
    guard tree.kind(object) == .mapping else { return [] }
    var members: [Member] = []
    for key in tree.keys(object) where isText(key, name) {
      members.append(Member(key: key, value: tree.value(ofKey: key)))
    }
    if members.count == 1, isNull(members[0].value) { return [] }
    return members
  }

  /// The value below a key, perhaps null.
  func anyValue(_ name: String, of object: NodeIndex) -> NodeIndex? {
    guard tree.kind(object) == .mapping else { return nil }
    return tree.keys(object).reduce(nil) { isText($1, name) ? tree.value(ofKey: $1) : $0 }
  }

  /// The value below the first of some keys that has one.
  func value(_ names: String..., of object: NodeIndex?) -> NodeIndex? {
    guard let object else { return nil }
    return names.lazy.compactMap { self.anyValue($0, of: object) }.first { !isNull($0) }
  }

  /// The value below a chain of keys.
  func value(at path: [String], of object: NodeIndex?) -> NodeIndex? {
    path.reduce(object) { value($1, of: $0) }
  }

  /// Whether the key is there, perhaps with null.
  func hasKey(_ name: String, in object: NodeIndex) -> Bool {
    tree.kind(object) == .mapping && tree.keys(object).contains { isText($0, name) }
  }

  /// The text of a scalar below a key; numbers and flags as they are written.
  func string(_ name: String, of object: NodeIndex?) -> String? {
    guard let value = value(name, of: object), tree.kind(value) == .scalar else { return nil }
    return tree.text(value)
  }

  /// The text of a scalar; nil for anything else.
  func string(_ node: NodeIndex) -> String? { tree.kind(node) == .scalar && !isNull(node) ? tree.text(node) : nil }

  /// The items of a list below a key; none if it is no list.
  func items(_ name: String, of object: NodeIndex?) -> [NodeIndex] {
    guard let list = value(name, of: object), tree.kind(list) == .sequence else { return [] }
    return Array(tree.items(list))
  }

  /// Values without those that have the text of an earlier one.
  func distinct(_ nodes: [NodeIndex]) -> [NodeIndex] {
    var seen: Set<String> = []
    return nodes.filter { seen.insert(tree.text($0)).inserted }
  }

  /// Whether the value below a key is a list.
  func isList(_ name: String, of object: NodeIndex) -> Bool {
    value(name, of: object).map { tree.kind($0) == .sequence } ?? false
  }

  /// Whether a value is a list without an item.
  func isEmptyList(_ node: NodeIndex) -> Bool { tree.kind(node) == .sequence && tree.childCount(node) == 0 }

  /// Whether the value below a key is `true`.
  func isTrue(_ name: String, of object: NodeIndex?) -> Bool {
    value(name, of: object).map { tree.style($0) == .plain && isText($0, "true") } ?? false
  }

  /// A whole number below a key.
  func number(_ name: String, of object: NodeIndex?) -> Int? { string(name, of: object).flatMap { Int($0) } }

  /// Whether a value is `null`.
  func isNull(_ node: NodeIndex) -> Bool {
    tree.kind(node) == .scalar && tree.style(node) == .plain && isText(node, "null")
  }

  /// Where a node stands; an object or list, at its opening bracket alone.
  func span(_ node: NodeIndex) -> Span {
    let span = tree.span(node)
    guard tree.kind(node) != .scalar, span.end > span.start else { return span }
    return Span(file: span.file, start: span.start, end: span.start + 1)
  }

  private func isText(_ node: NodeIndex, _ text: String) -> Bool {
    tree.textLength(node) == text.utf8.count && tree.text(node) == text
  }
}
