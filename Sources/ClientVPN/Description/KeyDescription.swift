/// A key of the model file in words and as data: what its schema says of it.
public struct KeyDescription: Sendable {
  /// The name, as the API has it.
  public let name: String
  /// A short name that is accepted too.
  public let synonym: String?
  /// Whether the object must have the key.
  public let isRequired: Bool
  /// What the key says.
  public let meaning: KeyMeaning
}

/// What a key says: in words, and which values it takes.
public struct KeyMeaning: Sendable {
  /// Sentences for whoever writes a model: what it is, in which unit, and what holds without it.
  public let text: String
  /// The values that the decoder takes.
  public let value: ValueShape
  /// What holds if the key is absent; nil if nothing does, or if words must tell it.
  public private(set) var defaultValue: PlainValue?
  /// Values that show what can be written; of a list, its items.
  public private(set) var examples: [PlainValue] = []
  /// Other keys of the object that say the same and cannot stand beside this one.
  public private(set) var rivals: [String] = []

  init(_ text: String, _ value: ValueShape) { (self.text, self.value) = (text, value) }

  func defaulting(to value: PlainValue) -> KeyMeaning {
    var meaning = self
    meaning.defaultValue = value
    return meaning
  }

  func such(as examples: PlainValue...) -> KeyMeaning {
    var meaning = self
    meaning.examples = examples
    return meaning
  }

  func ratherThan(_ rivals: String...) -> KeyMeaning {
    var meaning = self
    meaning.rivals = rivals
    return meaning
  }
}

/// The values that a key takes. Where the API has an object for a value, that object is taken too.
public indirect enum ValueShape: Sendable {
  case object(ModelObject)
  /// Objects, or the API's references to them, which only say that they exist.
  case objectOrLink(ModelObject)
  /// A list, or a page of the API with the list in it.
  case list(ValueShape)
  /// Any text, or an object that has it below one of these keys.
  case text(orBelow: [String])
  case flag
  /// A whole number; one outside the range is not read.
  case integer(ClosedRange<Int>?)
  /// A word of a closed list.
  case word([String])
  /// A word of a closed list, or an object that has it below this key.
  case wordOrBelow(String, [String])
  /// A network in CIDR notation.
  case network
  /// A network, or an address that stands for its /32.
  case networkOrAddress
  case address
  /// An address; an object without one is a VPN connection.
  case nextHop
  /// The name or the id of a resource.
  case reference
  /// Anything: what cannot be understood says nothing.
  case anything
  /// A network, an address, or the name of a security group.
  case peer
  /// A network, an address, or the name of something that packets are sent to.
  case target
  /// A time as RFC 3339 has it, or a date.
  case time
  /// What a workload serves, such as `tcp/443`.
  case service
  /// A port, or a range of ports.
  case ports
  /// The protocol of a filter's rule: one of these, or `number_` and a number up to 255.
  case filterProtocol([String])
}

/// A default or an example.
public enum PlainValue: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  case text(String)
  case number(Int)
  case flag(Bool)

  /// A text.
  public init(stringLiteral text: String) { self = .text(text) }
  /// A number.
  public init(integerLiteral number: Int) { self = .number(number) }
  /// A flag.
  public init(booleanLiteral flag: Bool) { self = .flag(flag) }
}

/// A key with its description. The compiler asks for that of every key there is.
protocol DescribedKey: ModelKey {
  var meaning: KeyMeaning { get }
}

// How descriptions are written: the kind of value, then the sentences.
extension KeyMeaning {
  static func object(_ kind: ModelObject, _ text: String) -> KeyMeaning { KeyMeaning(text, .object(kind)) }

  static func objects(_ kind: ModelObject, _ text: String) -> KeyMeaning { KeyMeaning(text, .list(.object(kind))) }

  static func list(of item: ValueShape, _ text: String) -> KeyMeaning { KeyMeaning(text, .list(item)) }

  static func text(_ text: String, or inner: InnerKeys = .none) -> KeyMeaning {
    KeyMeaning(text, .text(orBelow: inner.names))
  }

  static func flag(_ text: String, default value: Bool) -> KeyMeaning {
    KeyMeaning(text, .flag).defaulting(to: .flag(value))
  }

  static func integer(_ text: String, in range: ClosedRange<Int>? = nil) -> KeyMeaning {
    KeyMeaning(text, .integer(range))
  }

  static func word(_ words: [String], _ text: String) -> KeyMeaning { KeyMeaning(text, .word(words)) }

  static func network(_ text: String) -> KeyMeaning { KeyMeaning(text, .network) }

  static func address(_ text: String) -> KeyMeaning { KeyMeaning(text, .address) }

  static func reference(_ text: String) -> KeyMeaning { KeyMeaning(text, .reference) }

  static func references(_ text: String) -> KeyMeaning { KeyMeaning(text, .list(.reference)) }

  static func time(_ text: String) -> KeyMeaning {
    KeyMeaning("\(text) RFC 3339, such as 2026-08-01T02:03:04Z; a date alone is its midnight in UTC.", .time)
  }
}
