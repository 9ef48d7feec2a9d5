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
  public static func prefix(_ text: ArraySlice<UInt8>) throws(Problem) -> IPv4Prefix {
    let (address, length) = try parse(text)
    guard let length else { throw .lengthMissing }
    return IPv4Prefix(address, length: length)
  }

  /// Reads `10.1.0.5`; `10.1.0.5/32` is the same address.
  public static func address(_ text: ArraySlice<UInt8>) throws(Problem) -> IPv4Address {
    let (address, length) = try parse(text)
    guard length ?? 32 == 32 else { throw .notAnAddress }
    return address
  }

  /// Reads an address as a /32, or a prefix.
  public static func prefixOrAddress(_ text: ArraySlice<UInt8>) throws(Problem) -> IPv4Prefix {
    let (address, length) = try parse(text)
    return IPv4Prefix(address, length: length ?? 32)
  }

  private static func parse(_ text: ArraySlice<UInt8>) throws(Problem) -> (IPv4Address, UInt8?) {
    var bits: UInt32 = 0
    var number: UInt32 = 0
    var digits = 0
    var octets = 0
    var slash = false
    var zeroFirst = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if digits == 1, zeroFirst { throw looksLikeIPv6(text) ? .ipv6 : .leadingZero("0\(byte &- 48)") }
        zeroFirst = digits == 0 && byte == UInt8(ascii: "0")
        number = number * 10 + UInt32(byte &- 48)
        digits += 1
        if number > (slash ? 32 : 255) {
          if looksLikeIPv6(text) { throw .ipv6 }
          throw slash ? .lengthOutOfRange(writtenLength(text)) : .octetTooLarge(wholeOctet(text, octets))
        }
      case UInt8(ascii: ".") where !slash && digits > 0 && octets < 3,
        UInt8(ascii: "/") where !slash && digits > 0 && octets == 3:
        bits = bits << 8 | number
        octets += 1
        slash = byte == UInt8(ascii: "/")
        (number, digits) = (0, 0)
      default:
        throw looksLikeIPv6(text) ? .ipv6 : slash ? .lengthOutOfRange(writtenLength(text)) : .notFourOctets
      }
    }
    if slash {
      guard digits > 0 else { throw .lengthOutOfRange("") }
      return (IPv4Address(bits: bits), UInt8(number))
    }
    guard octets == 3, digits > 0 else { throw .notFourOctets }
    return (IPv4Address(bits: bits << 8 | number), nil)
  }

  private static func looksLikeIPv6(_ text: ArraySlice<UInt8>) -> Bool {
    var colons = 0
    for byte in text {
      switch byte {
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

  /// The digits of octet number `index`, for a message.
  private static func wholeOctet(_ text: ArraySlice<UInt8>, _ index: Int) -> String {
    let parts = text.split(maxSplits: .max, omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/")
    }
    return String(decoding: parts[index], as: UTF8.self)
  }

  /// What follows the slash, for a message.
  private static func writtenLength(_ text: ArraySlice<UInt8>) -> String {
    let slash = text.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
    return String(decoding: text[slash...].dropFirst(), as: UTF8.self)
  }
}
