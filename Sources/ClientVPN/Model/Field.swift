public import SourceText

/// A value of the model with its place in the file.
public struct Field<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value
  /// Where it is written.
  public let span: Span

  /// Makes a field.
  public init(_ value: Value, _ span: Span) {
    self.value = value
    self.span = span
  }
}

/// A list of the model and the place of its key. Absent lists are nil in the model: absent means not modelled, empty
/// means none.
public struct ListField<Element: Sendable>: Sendable {
  /// The elements that could be read, in order.
  public var elements: [Element]
  /// Where the key of the list is written: what is missing would stand below it.
  public let key: Span
  /// Whether some element could not be read, or is not known: then the list may hold more than the elements.
  public let isIncomplete: Bool

  /// Makes a list.
  public init(_ elements: [Element], key: Span, isIncomplete: Bool = false) {
    self.elements = elements
    self.key = key
    self.isIncomplete = isIncomplete
  }
}

/// A name, an id or an API object that stands for a resource described elsewhere in the model.
public struct Reference: Sendable {
  /// The name or id as written; of an API object its name, else its id.
  public let text: String
  /// The id of an API object.
  @Rare public internal(set) var id: String?
  /// Where it is written.
  public let span: Span
  /// Whether it is an API object with an id, CRN or URL: then the resource exists, even if the model leaves it out.
  public let isAPIObject: Bool
  /// `resource_type` of an API object.
  @Rare public internal(set) var resourceType: String?
  /// Position of the resource in its list, once resolved.
  public internal(set) var index: Int?

  /// Whether the model says that there is something, and not what.
  public var isUnknown: Bool { text.isEmpty && isAPIObject }
}

extension Reference {
  /// A reference to something that is not known; it may be any of the model's resources, or another one.
  init(unknownAt place: Span) {
    self.init(text: "", id: nil, span: place, isAPIObject: true, resourceType: nil, index: nil)
  }
}
