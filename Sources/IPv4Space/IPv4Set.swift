/// An exact set of addresses: sorted ranges, none touching another, so that equal sets are equal values.
public struct IPv4Set: Hashable, Sendable {
  /// The ranges, ascending.
  public let ranges: [IPv4Range]

  /// No address.
  public static let empty = IPv4Set(canonical: [])
  /// Every address.
  public static let everything = IPv4Set(.everything)

  private init(canonical ranges: [IPv4Range]) { self.ranges = ranges }

  /// The addresses of one range.
  public init(_ range: IPv4Range) { ranges = [range] }

  /// The addresses of one network; host bits are ignored.
  public init(_ prefix: IPv4Prefix) { ranges = [prefix.range] }

  /// The union of ranges in any order.
  @inlinable public init(_ ranges: some Sequence<IPv4Range>) {
    var merged: [IPv4Range] = []
    for range in ranges.sorted(by: { $0.first < $1.first }) {
      if let open = merged.last, open.last.bits == .max || range.first.bits <= open.last.bits + 1 {
        merged[merged.count - 1] = IPv4Range(open.first, max(open.last, range.last))
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  /// The union of networks in any order; host bits are ignored.
  @inlinable public init(_ prefixes: some Sequence<IPv4Prefix>) { self.init(prefixes.map(\.range)) }

  /// Whether there is no address.
  public var isEmpty: Bool { ranges.isEmpty }

  /// How many addresses: 0…2³².
  public var count: UInt64 { ranges.reduce(0) { $0 + $1.count } }

  /// The fewest networks that together are the set, ascending.
  public var prefixes: [IPv4Prefix] { ranges.flatMap(\.prefixes) }

  /// The addresses in either.
  public func union(_ other: IPv4Set) -> IPv4Set { IPv4Set(ranges + other.ranges) }

  /// The addresses in both.
  public func intersection(_ other: IPv4Set) -> IPv4Set {
    var result: [IPv4Range] = []
    result.reserveCapacity(max(ranges.count, other.ranges.count))
    var (left, right) = (0, 0)
    while left < ranges.count, right < other.ranges.count {
      if let common = ranges[left].intersection(other.ranges[right]) { result.append(common) }
      if ranges[left].last < other.ranges[right].last { left += 1 } else { right += 1 }
    }
    return IPv4Set(canonical: result)
  }

  /// The addresses in neither.
  public var complement: IPv4Set {
    var result: [IPv4Range] = []
    result.reserveCapacity(ranges.count + 1)
    var next: UInt64 = 0
    for range in ranges {
      if UInt64(range.first.bits) > next {
        result.append(IPv4Range(IPv4Address(bits: UInt32(next)), IPv4Address(bits: range.first.bits - 1)))
      }
      next = UInt64(range.last.bits) + 1
    }
    if next <= UInt64(UInt32.max) {
      result.append(IPv4Range(IPv4Address(bits: UInt32(next)), IPv4Address(bits: .max)))
    }
    return IPv4Set(canonical: result)
  }

  /// The addresses in this set and not in the other.
  public func subtracting(_ other: IPv4Set) -> IPv4Set { intersection(other.complement) }

  /// Whether the address is in the set.
  public func contains(_ address: IPv4Address) -> Bool {
    position(of: address).map { ranges[$0].contains(address) } ?? false
  }

  /// Whether every address of the range is in the set.
  public func contains(_ range: IPv4Range) -> Bool {
    position(of: range.first).map { ranges[$0].contains(range) } ?? false
  }

  /// Whether the set and the range have addresses in common.
  public func overlaps(_ range: IPv4Range) -> Bool {
    position(of: range.last).map { ranges[$0].last >= range.first } ?? false
  }

  /// Whether every address of the other set is in this one.
  public func isSuperset(of other: IPv4Set) -> Bool { other.ranges.allSatisfy(contains) }

  /// The last range that begins at or before the address.
  private func position(of address: IPv4Address) -> Int? {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].first <= address { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
