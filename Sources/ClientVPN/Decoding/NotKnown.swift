import SourceText
import SourceTree

/// How an object of the model says that it does not know something: by the names of keys below `not_known`.
///
/// A value beside such a name is kept and not understood; a list has the items that are known.
enum NotKnown {
  static let key = "not_known"
}

extension Decoder {
  /// Notes that the value of a key of the object around is not known; `value` is what is written there, if anything.
  func noteGap(_ key: String, _ value: NodeIndex?, at place: Span) {
    gaps.append(
      ImportGap(path, key, fact(key, value), "what depends on it is undetermined", at: place))
  }

  private func fact(_ key: String, _ value: NodeIndex?) -> String {
    guard let value, tree.childCount(value) > 0 || tree.kind(value) == .scalar else {
      return "`\(key)` of \(objectInWords) is not known"
    }
    switch tree.kind(value) {
    case .sequence: return "`\(key)` of \(objectInWords) may have more than is written"
    case .mapping: return "`\(key)` of \(objectInWords) is not known"
    case .scalar, .alias:
      return "`\(key)` of \(objectInWords) is `\(tree.text(value))`, which is not known here"
    }
  }

  /// A text that is usually a word of a list that may grow: another one is taken as it is and told as a gap.
  func growingWord<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key, _ words: [String]) -> Field<String>? {
    guard let field = text(object, key) else { return nil }
    if !words.contains(field.value) { noteGap(name(key), value(object, key), at: field.span) }
    return field
  }
}
