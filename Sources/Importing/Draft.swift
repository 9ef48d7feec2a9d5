import SourceText
import SourceTree

/// A mapping of the model that is being put together.
struct Draft {
  /// Where what it says comes from.
  let place: Span
  private(set) var fields: [Field] = []

  struct Field {
    let key: String
    let keyPlace: Span
    let value: Value
  }

  /// A value of the model.
  indirect enum Value {
    /// A value of the text, at its place or at another one.
    case node(NodeIndex, at: Span?)
    /// Text that does not stand there so.
    case text(String, at: Span)
    /// A flag or a number.
    case word(String, at: Span)
    case list([Value], at: Span)
    case object(Draft)
  }

  init(at place: Span) { self.place = place }

  var isEmpty: Bool { fields.isEmpty }

  /// Gives a key a value; nil leaves it absent. Without a place of its own the key stands where the mapping does.
  mutating func set(_ key: String, _ value: Value?, at keyPlace: Span? = nil) {
    guard let value else { return }
    fields.append(Field(key: key, keyPlace: keyPlace ?? place, value: value))
  }

  /// Gives a key a list; nil leaves it absent.
  mutating func set(_ key: String, _ list: [Value]?, at keyPlace: Span? = nil) {
    guard let list else { return }
    set(key, .list(list, at: keyPlace ?? place), at: keyPlace)
  }

  /// Gives a key a list of mappings; nil leaves it absent.
  mutating func set(_ key: String, _ list: [Draft]?, at keyPlace: Span? = nil) {
    set(key, list?.map(Value.object), at: keyPlace)
  }
}

extension TreeAssembler {
  /// Adds a document.
  mutating func document(_ draft: Draft) {
    document(at: draft.place) { $0.add(draft.fields) }
  }

  private mutating func add(_ fields: [Draft.Field]) {
    for field in fields {
      text(field.key, at: field.keyPlace)
      add(field.value)
    }
  }

  private mutating func add(_ value: Draft.Value) {
    switch value {
    case .node(let node, let place): copy(node, at: place)
    case .text(let text, let place): self.text(text, at: place)
    case .word(let word, let place): text(word, .plain, at: place)
    case .list(let items, let place): sequence(at: place) { for item in items { $0.add(item) } }
    case .object(let draft): mapping(at: draft.place) { $0.add(draft.fields) }
    }
  }
}
