public import IPv4Space

/// Which of many prefixes overlap one that stands before them.
public struct EarlierOverlaps: Sendable {
  /// For each prefix the position of an earlier one that it overlaps, if any: the narrowest that contains it, else one
  /// inside it.
  public let earlier: [Int?]

  /// Sorts the prefixes once and sweeps them with a stack. Host bits are ignored.
  public init(_ prefixes: [IPv4Prefix]) {
    var earlier = [Int?](repeating: nil, count: prefixes.count)
    var open: [(prefix: IPv4Prefix, first: Int, last: Int)] = []
    for index in Self.sorted(prefixes) {
      let prefix = prefixes[index].canonical
      while let top = open.last, !top.prefix.contains(prefix) { open.removeLast() }
      if let top = open.last, top.prefix == prefix {
        earlier[index] = top.last
        open[open.count - 1].last = index
        continue
      }
      // What is open has different lengths: 33 at most. Of equal prefixes the first one stands for all.
      earlier[index] = open.last { $0.first < index }?.first
      for container in open where index < container.first && earlier[container.first] == nil {
        earlier[container.first] = index
      }
      open.append((prefix, index, index))
    }
    self.earlier = earlier
  }

  /// The pairs, in the order of the later one.
  public var pairs: [(earlier: Int, later: Int)] {
    earlier.enumerated().compactMap { later, earlier in earlier.map { ($0, later) } }
  }

  /// Positions by first address, wider prefixes first, equal ones in their order.
  private static func sorted(_ prefixes: [IPv4Prefix]) -> [Int] {
    var keys = prefixes.indices.map { index in
      UInt64(prefixes[index].first.bits) << 32 | UInt64(prefixes[index].length) << 26 | UInt64(index)
    }
    keys.sort()
    return keys.map { Int($0 & ((1 << 26) - 1)) }
  }
}
