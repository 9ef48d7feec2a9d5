/// A value for every IPv4 address, as sorted disjoint segments that together cover the whole space.
///
/// Inlinable throughout: a generic type that other modules could not specialise would cost ten times as much.
public struct AddressMap<Value: Equatable & Sendable>: Sendable {
  @usableFromInline var segmentStarts: [IPv4Address]
  @usableFromInline var segmentValues: [Value]

  /// First address of each segment; the first is 0.0.0.0.
  @inlinable public var starts: [IPv4Address] { segmentStarts }
  /// The value of each segment; neighbours differ.
  @inlinable public var values: [Value] { segmentValues }

  /// The same value everywhere; `capacity` is how many segments there will be, if that is known.
  @inlinable public init(everywhere value: Value, capacity: Int = 1) {
    segmentStarts = []
    segmentValues = []
    segmentStarts.reserveCapacity(capacity)
    segmentValues.reserveCapacity(capacity)
    segmentStarts.append(IPv4Address(bits: 0))
    segmentValues.append(value)
  }

  /// For every address the value of the longest prefix that contains it; of equal prefixes the last one's;
  /// `otherwise` where none does. Host bits are ignored.
  @inlinable public init(longestPrefix entries: [(prefix: IPv4Prefix, value: Value)], otherwise: Value) {
    self.init(everywhere: otherwise, capacity: 2 * entries.count + 1)
    // Prefixes nest or are disjoint. Sorted by first address, wider ones first, one pass with a stack of the
    // prefixes that are open meets every boundary in order.
    var open: [(last: UInt32, value: Value)] = []
    for key in Self.sortedKeys(entries) {
      let (prefix, value) = entries[Int(key & Self.indexMask)]
      let first = prefix.first.bits
      while let top = open.last, top.last < first {
        open.removeLast()
        append(open.last?.value ?? otherwise, from: top.last + 1)
      }
      append(value, from: first)
      open.append((prefix.last.bits, value))
    }
    while let top = open.popLast(), top.last < .max {
      append(open.last?.value ?? otherwise, from: top.last + 1)
    }
  }

  /// The value at an address.
  @inlinable public subscript(address: IPv4Address) -> Value { segmentValues[segment(at: address)] }

  /// Whether the whole range has values for which `predicate` holds.
  @inlinable public func allSatisfy(in range: IPv4Range, _ predicate: (Value) -> Bool) -> Bool {
    var index = segment(at: range.first)
    repeat {
      guard predicate(segmentValues[index]) else { return false }
      index += 1
    } while index < segmentStarts.count && segmentStarts[index] <= range.last
    return true
  }

  /// Calls `body` with each stretch of one value in the range, ascending, until it returns false.
  @inlinable public func forEach(in range: IPv4Range, _ body: (IPv4Range, Value) -> Bool) {
    var index = segment(at: range.first)
    while index < segmentStarts.count, segmentStarts[index] <= range.last {
      let stretch = IPv4Range(max(segmentStarts[index], range.first), min(last(ofSegment: index), range.last))
      guard body(stretch, segmentValues[index]) else { return }
      index += 1
    }
  }

  /// The addresses whose value satisfies `predicate`.
  @inlinable public func addresses(where predicate: (Value) -> Bool) -> IPv4Set {
    let segments = segmentValues.indices.filter { predicate(segmentValues[$0]) }
    return IPv4Set(segments.map { IPv4Range(segmentStarts[$0], last(ofSegment: $0)) })
  }

  /// Number of the segment with the address.
  @inlinable func segment(at address: IPv4Address) -> Int {
    var low = 0
    var high = segmentStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segmentStarts[middle] <= address { low = middle } else { high = middle }
    }
    return low
  }

  @inlinable func last(ofSegment index: Int) -> IPv4Address {
    IPv4Address(bits: index + 1 < segmentStarts.count ? segmentStarts[index + 1].bits - 1 : .max)
  }

  /// Begins a segment; one that begins at the same address replaces the former, an equal neighbour is joined.
  @inlinable mutating func append(_ value: Value, from first: UInt32) {
    let last = segmentStarts.count - 1
    if segmentStarts[last].bits != first {
      if segmentValues[last] == value { return }
      segmentStarts.append(IPv4Address(bits: first))
      segmentValues.append(value)
    } else if last > 0, segmentValues[last - 1] == value {
      segmentStarts.removeLast()
      segmentValues.removeLast()
    } else {
      segmentValues[last] = value
    }
  }

  @inlinable static var indexMask: UInt64 { (1 << 26) - 1 }

  /// First address (32 bits), length (6), index (26) in one number: sorting numbers is several times faster than
  /// sorting prefixes, and equal prefixes stay in their order.
  @inlinable static func sortedKeys(_ entries: [(prefix: IPv4Prefix, value: Value)]) -> [UInt64] {
    var keys = entries.indices.map { index in
      let prefix = entries[index].prefix
      return UInt64(prefix.first.bits) << 32 | UInt64(prefix.length) << 26 | UInt64(index) & indexMask
    }
    keys.sort()
    return keys
  }
}

extension AddressMap {
  /// For every address a value made of this map's and the other's.
  @inlinable public func zipped<Other, Joined>(
    with other: AddressMap<Other>, _ join: (Value, Other) -> Joined
  ) -> AddressMap<Joined> {
    var result = AddressMap<Joined>(
      everywhere: join(segmentValues[0], other.segmentValues[0]),
      capacity: segmentStarts.count + other.segmentStarts.count - 1)
    var (mine, theirs) = (0, 0)
    while true {
      let nextMine = mine + 1 < segmentStarts.count ? UInt64(segmentStarts[mine + 1].bits) : .max
      let nextTheirs = theirs + 1 < other.segmentStarts.count ? UInt64(other.segmentStarts[theirs + 1].bits) : .max
      let next = min(nextMine, nextTheirs)
      guard next < .max else { return result }
      if nextMine == next { mine += 1 }
      if nextTheirs == next { theirs += 1 }
      result.append(join(segmentValues[mine], other.segmentValues[theirs]), from: UInt32(next))
    }
  }
}

extension AddressMap {
  /// For every address a value made of this map's.
  @inlinable public func mapped<Result>(_ transform: (Value) -> Result) -> AddressMap<Result> {
    var result = AddressMap<Result>(everywhere: transform(segmentValues[0]), capacity: segmentStarts.count)
    for index in 1..<max(1, segmentStarts.count) {
      result.append(transform(segmentValues[index]), from: segmentStarts[index].bits)
    }
    return result
  }
}

extension AddressMap where Value == Bool {
  /// True for the addresses of a set.
  @inlinable public init(_ addresses: IPv4Set) {
    self.init(everywhere: false, capacity: 2 * addresses.ranges.count + 1)
    for range in addresses.ranges {
      append(true, from: range.first.bits)
      if range.last.bits < .max { append(false, from: range.last.bits + 1) }
    }
  }
}

extension AddressMap {
  /// The values of segments that begin at the given numbers, ascending; `before` holds below the first.
  @inlinable public init(_ segments: [(start: UInt32, value: Value)], before: Value) {
    self.init(everywhere: before)
    for segment in segments { append(segment.value, from: segment.start) }
  }
}
