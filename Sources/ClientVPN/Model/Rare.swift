/// A property that few objects of a kind have, kept apart from the object. A model has ten thousands of subnets and
/// routes: absent, a name takes four words in each of them, a rare one takes one word and nothing to copy.
@propertyWrapper
public enum Rare<Value: Sendable>: Sendable {
  case absent
  indirect case present(Value)

  /// Keeps a value.
  @inlinable public init(wrappedValue: Value?) { self = wrappedValue.map { .present($0) } ?? .absent }

  /// The value.
  @inlinable public var wrappedValue: Value? {
    get {
      switch self {
      case .absent: nil
      case .present(let value): value
      }
    }
    set { self = Rare(wrappedValue: newValue) }
  }
}
