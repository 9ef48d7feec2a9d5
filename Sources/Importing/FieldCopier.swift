import SourceText
import SourceTree

/// Carries fields of an object of the text over into a draft, each at its place. A key that the object has twice is
/// carried over twice, so that the decoder reports it.
struct FieldCopier {
  let json: JSONText
  let object: NodeIndex
  var draft: Draft
  /// Whether an empty text stands for nothing.
  private let emptyIsUnset: Bool

  init(_ json: JSONText, _ object: NodeIndex, emptyIsUnset: Bool = false) {
    self.json = json
    self.object = object
    self.emptyIsUnset = emptyIsUnset
    draft = Draft(at: json.tree.span(object))
  }

  /// The members of the object with a key that say something.
  private func members(_ name: String) -> [JSONText.Member] {
    let members = json.members(name, of: object)
    return emptyIsUnset ? members.filter { json.string($0.value) != "" } : members
  }

  /// Fields that the model has under the same keys.
  mutating func copy(_ names: String...) {
    for name in names { copy(name, as: name) }
  }

  /// A field that the model has under another key, perhaps, and whose value may be an object that keeps it below one of
  /// the `inner` keys.
  mutating func copy(_ name: String, as key: String, inner: [String] = []) {
    for member in members(name) {
      draft.set(key, value(member.value, inner), at: json.tree.span(member.key))
    }
  }

  /// A list, each item of which may be an object that keeps the value below one of the `inner` keys.
  mutating func copyList(_ name: String, as key: String? = nil, inner: [String] = []) {
    mapList(name, as: key ?? name) { [json] in Self.value(json, $0, inner) }
  }

  /// A field whose value is made by `make`.
  mutating func map(_ name: String, as key: String? = nil, _ make: (NodeIndex) -> Draft.Value?) {
    for member in members(name) {
      draft.set(key ?? name, make(member.value), at: json.tree.span(member.key))
    }
  }

  /// A list whose items are made by `make`; items for which it gives nothing are left out. What is no list is carried
  /// over as it is, for the decoder to report.
  mutating func mapList(_ name: String, as key: String? = nil, _ make: (NodeIndex) -> Draft.Value?) {
    map(name, as: key) { [json] list in
      guard json.tree.kind(list) == .sequence else { return .node(list, at: nil) }
      return .list(
        json.tree.items(list).compactMap { json.isNull($0) ? nil : make($0) }, at: json.tree.span(list))
    }
  }

  private func value(_ node: NodeIndex, _ inner: [String]) -> Draft.Value { Self.value(json, node, inner) }

  private static func value(_ json: JSONText, _ node: NodeIndex, _ inner: [String]) -> Draft.Value {
    guard json.tree.kind(node) == .mapping else { return .node(node, at: nil) }
    return .node(inner.lazy.compactMap { json.value($0, of: node) }.first ?? node, at: nil)
  }
}
