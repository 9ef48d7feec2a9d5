import SourceText
import SourceTree

/// How an object of the model says that it does not know something: by the names of keys below `not_known`.
///
/// A value beside such a name is kept and not understood, but for a name, by which the file refers to the object; a list has
/// the items that are known.
enum NotKnown {
  static let key = "not_known"
}

extension Decoder {
  /// Notes that the value of a key of the object around is not known; `value` is what is written there, if anything.
  func noteGap(_ key: String, _ value: NodeIndex?, at place: Span) {
    noteGap(key, fact(key, value), at: place)
  }

  private func noteGap(_ key: String, _ fact: String, at place: Span) {
    gaps.append(ImportGap(path, key, fact, "what depends on it is undetermined", at: place))
  }

  private func fact(_ key: String, _ value: NodeIndex?) -> String {
    guard let value, tree.childCount(value) > 0 || tree.kind(value) == .scalar else {
      return "`\(key)` of \(objectInWords) is not known"
    }
    switch tree.kind(value) {
    case .sequence: return "`\(key)` of \(objectInWords) may have more than is written"
    case .mapping: return "`\(key)` of \(objectInWords) is not known"
    case .scalar, .alias:
      let effect = key == "name" ? "stands in for it" : "is written there and does not count"
      return "`\(key)` of \(objectInWords) is not known; `\(tree.text(value))` \(effect)"
    }
  }

  /// A text that is usually a word of a list that may grow: another one is taken as it is and told as a gap.
  @inline(__always)
  func growingWord<Key: ModelKey>(
    _ object: ObjectReader<Key>, _ key: Key, _ words: @autoclosure () -> [String]
  ) -> Field<String>? {
    guard let field = text(object, key) else { return nil }
    if !words().contains(field.value) { noteUnknownWord(field, name(key)) }
    return field
  }

  @inline(never)
  private func noteUnknownWord(_ word: Field<String>, _ key: String) {
    noteGap(key, "`\(key)` of \(objectInWords) is `\(word.value)`, which is not known here", at: word.span)
  }

  /// The name of an object; one that is not known is what the file calls the object.
  @inline(__always)
  func requiredName<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> Field<String>? {
    guard object.isNotKnown(key), let keyNode = object.keyNode(key) else { return requiredText(object, key) }
    let node = tree.value(ofKey: keyNode)
    return isNull(node) ? nil : text(node, key: name(key))
  }
}
