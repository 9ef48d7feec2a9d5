/// Reads addresses and prefixes as people write them: dotted quads without leading zeros.
public enum IPv4Notation {
  /// Why a text is not an IPv4 address or prefix.
  public enum Problem: Error, Hashable, Sendable {
    /// The text looks like IPv6.
    case ipv6
    /// Not four numbers with dots between.
    case notFourOctets
    /// A number over 255.
    case octetTooLarge(String)
    /// A number with a leading zero, which some programs read as octal: its first two digits.
    case leadingZero(String)
    /// An address without `/length` where a network is wanted.
    case lengthMissing
    /// A length that is not 0…32.
    case lengthOutOfRange(String)
    /// An address with `/length` where a single address is wanted.
    case notAnAddress
  }

  /// Reads `10.1.0.0/24`.
  public static func prefix(_ text: Span<UInt8>) throws(Problem) -> IPv4Prefix {
    let (address, length) = try parse(text)
    guard let length else { throw .lengthMissing }
    return IPv4Prefix(address, length: length)
  }

  /// Reads `10.1.0.5`; `10.1.0.5/32` is the same address.
  public static func address(_ text: Span<UInt8>) throws(Problem) -> IPv4Address {
    let (address, length) = try parse(text)
    guard length ?? 32 == 32 else { throw .notAnAddress }
    return address
  }

  /// Reads an address as a /32, or a prefix.
  public static func prefixOrAddress(_ text: Span<UInt8>) throws(Problem) -> IPv4Prefix {
    let (address, length) = try parse(text)
    return IPv4Prefix(address, length: length ?? 32)
  }

  private static func parse(_ text: Span<UInt8>) throws(Problem) -> (IPv4Address, UInt8?) {
    var place = 0
    var bits = try octet(text, &place)
    for _ in 1..<4 {
      guard place < text.count, text[place] == UInt8(ascii: ".") else { throw notFourOctets(text) }
      place += 1
      bits = bits << 8 | (try octet(text, &place))
    }
    guard place < text.count else { return (IPv4Address(bits: bits), nil) }
    guard text[place] == UInt8(ascii: "/") else { throw notFourOctets(text) }
    place += 1
    let length = try number(text, &place, upTo: 32)
    guard let length, place == text.count else {
      throw looksLikeIPv6(text) ? .ipv6 : .lengthOutOfRange(writtenLength(text))
    }
    return (IPv4Address(bits: bits), UInt8(length))
  }

  private static func octet(_ text: Span<UInt8>, _ place: inout Int) throws(Problem) -> UInt32 {
    let start = place
    if let number = try number(text, &place, upTo: 255) { return number }
    throw place == start ? notFourOctets(text) : looksLikeIPv6(text) ? .ipv6 : .octetTooLarge(wholeOctet(text, start))
  }

  /// Reads digits. nil if there are none, or with `place` behind the first digit that makes the number too large.
  private static func number(
    _ text: Span<UInt8>, _ place: inout Int, upTo limit: UInt32
  ) throws(Problem) -> UInt32? {
    let start = place
    var number: UInt32 = 0
    while place < text.count, text[place] &- UInt8(ascii: "0") < 10 {
      let digit = text[place] &- UInt8(ascii: "0")
      if place > start, number == 0 { throw looksLikeIPv6(text) ? .ipv6 : .leadingZero("0\(digit)") }
      number = number &* 10 &+ UInt32(digit)
      place += 1
      if number > limit { return nil }
    }
    return place > start ? number : nil
  }

  private static func notFourOctets(_ text: Span<UInt8>) -> Problem { looksLikeIPv6(text) ? .ipv6 : .notFourOctets }

  private static func looksLikeIPv6(_ text: Span<UInt8>) -> Bool {
    var colons = 0
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: ":"): colons += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "/"), UInt8(ascii: "."):
        continue
      // What follows names an interface: fe80::1%eth0.
      case UInt8(ascii: "%"): return colons >= 2
      default: return false
      }
    }
    return colons >= 2
  }

  /// The digits of the octet that begins at `start`, for a message.
  private static func wholeOctet(_ text: Span<UInt8>, _ start: Int) -> String {
    String(string(text.extracting(start...)).prefix { $0 != "." && $0 != "/" })
  }

  /// What follows the slash, for a message.
  private static func writtenLength(_ text: Span<UInt8>) -> String {
    String(string(text).drop { $0 != "/" }.dropFirst())
  }

  private static func string(_ text: Span<UInt8>) -> String {
    String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
  }
}

extension IPv4Notation {
  /// Reads `10.1.0.0/24`.
  public static func prefix(_ text: String) throws(Problem) -> IPv4Prefix {
    try prefix(Array(text.utf8).span)
  }

  /// Reads `10.1.0.5`; `10.1.0.5/32` is the same address.
  public static func address(_ text: String) throws(Problem) -> IPv4Address {
    try address(Array(text.utf8).span)
  }

  /// Reads an address as a /32, or a prefix.
  public static func prefixOrAddress(_ text: String) throws(Problem) -> IPv4Prefix {
    try prefixOrAddress(Array(text.utf8).span)
  }
}
