/// The addresses from `first` to `last`, both included; never empty.
public struct IPv4Range: Hashable, Sendable, CustomStringConvertible {
  /// Lowest address.
  public let first: IPv4Address
  /// Highest address.
  public let last: IPv4Address

  /// Makes a range; `first` is not above `last`.
  @inlinable public init(_ first: IPv4Address, _ last: IPv4Address) {
    self.first = first
    self.last = max(first, last)
  }

  /// Every IPv4 address.
  public static let everything = IPv4Range(IPv4Address(bits: 0), IPv4Address(bits: .max))

  /// How many addresses: 1…2³².
  @inlinable public var count: UInt64 { UInt64(last.bits) - UInt64(first.bits) + 1 }

  /// Whether the address is in the range.
  @inlinable public func contains(_ address: IPv4Address) -> Bool { first <= address && address <= last }

  /// Whether every address of `other` is in the range.
  @inlinable public func contains(_ other: IPv4Range) -> Bool { first <= other.first && other.last <= last }

  /// Whether the ranges have addresses in common.
  @inlinable public func overlaps(_ other: IPv4Range) -> Bool { first <= other.last && other.first <= last }

  /// The addresses in both, if any.
  public func intersection(_ other: IPv4Range) -> IPv4Range? {
    overlaps(other) ? IPv4Range(max(first, other.first), min(last, other.last)) : nil
  }

  /// The fewest networks that together are the range, ascending: from each address on the largest that begins there and
  /// does not leave the range.
  public var prefixes: [IPv4Prefix] {
    var result: [IPv4Prefix] = []
    var next = UInt64(first.bits)
    let end = UInt64(last.bits) + 1
    while next < end {
      let room = 63 - (end - next).leadingZeroBitCount
      let zeros = min(32, next == 0 ? 32 : next.trailingZeroBitCount, room)
      result.append(IPv4Prefix(IPv4Address(bits: UInt32(next)), length: UInt8(32 - zeros)))
      next += 1 << UInt64(zeros)
    }
    return result
  }

  /// The bounds as numbers.
  public var extent: ClosedRange<UInt32> { first.bits...last.bits }

  /// `10.1.0.4–10.1.0.254`, or the address alone.
  public var description: String { first == last ? "\(first)" : "\(first)–\(last)" }
}
