import SourceText
import SourceTree

/// A mapping of the model that is being put together.
struct Draft {
  /// Where what it says comes from.
  let place: Span
  private(set) var fields: [Field] = []
  /// Keys whose values are not known, with the places that say so.
  private var unknown: [(key: String, place: Span)] = []

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

  /// Says that the value of a key is not known, or of a list that it may be longer.
  mutating func setNotKnown(_ key: String, at place: Span? = nil) {
    if !unknown.contains(where: { $0.key == key }) { unknown.append((key, place ?? self.place)) }
  }

  /// All that the mapping says.
  fileprivate var written: [Field] {
    guard let first = unknown.first else { return fields }
    let names = Value.list(unknown.map { .text($0.key, at: $0.place) }, at: first.place)
    return fields + [Field(key: "not_known", keyPlace: first.place, value: names)]
  }

  /// The mapping with the words that stand at some places said to be not known.
  func withUnknownWords(at places: Set<Span>, _ json: JSONText) -> Draft {
    var draft = self
    draft.fields = fields.map { field in
      if field.value.isWord(at: places, json) { draft.setNotKnown(field.key, at: field.value.place(json)) }
      return Field(key: field.key, keyPlace: field.keyPlace, value: field.value.withUnknownWords(at: places, json))
    }
    return draft
  }

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

extension Draft.Value {
  /// Where it stands.
  fileprivate func place(_ json: JSONText) -> Span {
    switch self {
    case .node(let node, let place): place ?? json.tree.span(node)
    case .text(_, let place), .word(_, let place), .list(_, let place): place
    case .object(let draft): draft.place
    }
  }

  /// Whether it is one of some words, or a list with one of them.
  fileprivate func isWord(at places: Set<Span>, _ json: JSONText) -> Bool {
    switch self {
    case .node, .text, .word: places.contains(place(json))
    case .list(let items, _): items.contains { if case .object = $0 { false } else { $0.isWord(at: places, json) } }
    case .object: false
    }
  }

  fileprivate func withUnknownWords(at places: Set<Span>, _ json: JSONText) -> Draft.Value {
    switch self {
    case .node, .text, .word: self
    case .list(let items, let place): .list(items.map { $0.withUnknownWords(at: places, json) }, at: place)
    case .object(let draft): .object(draft.withUnknownWords(at: places, json))
    }
  }
}

extension TreeAssembler {
  /// Adds a document.
  mutating func document(_ draft: Draft) {
    document(at: draft.place) { $0.add(draft.written) }
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
    case .object(let draft): mapping(at: draft.place) { $0.add(draft.written) }
    }
  }
}
