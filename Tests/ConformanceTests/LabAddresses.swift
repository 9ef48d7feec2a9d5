import IPv4Space

extension IPv4Prefix {
  /// Not the CIDR notation of a network.
  struct Misspelled: Error, CustomStringConvertible {
    let text: String
    var description: String { "`\(text)` is no network" }
  }

  /// Reads CIDR notation; host bits are kept.
  init(cidr text: String) throws {
    do { self = try IPv4Notation.prefixOrAddress(text) } catch { throw Misspelled(text: text) }
  }

  /// The address at a distance from the first one, or the last that a host can have if the network is smaller.
  func host(_ distance: Int) -> IPv4Address {
    let last = count - (length < 31 ? 2 : 1)
    return IPv4Address(bits: first.bits + UInt32(min(UInt64(distance), last)))
  }

  /// The mask in dotted notation.
  var dottedMask: IPv4Address { IPv4Address(bits: mask) }

  /// The network of that length around this one, or its lower part.
  func resized(to length: Int) -> IPv4Prefix { IPv4Prefix(first, length: UInt8(length)).canonical }
}
