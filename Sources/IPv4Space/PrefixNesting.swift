/// Which of many prefixes lie inside which.
public struct PrefixNesting: Sendable {
  /// For each prefix the index of the narrowest other prefix that contains it, if any. Of equal prefixes each but
  /// the first has the one before it as parent.
  public let parents: [Int32?]

  /// Sorts the prefixes once and sweeps them with a stack. Host bits are ignored.
  public init(_ prefixes: [IPv4Prefix]) {
    var parents = [Int32?](repeating: nil, count: prefixes.count)
    var keys = prefixes.indices.map { index in
      UInt64(prefixes[index].first.bits) << 32 | UInt64(prefixes[index].length) << 26 | UInt64(index)
    }
    keys.sort()
    var open: [Int32] = []
    for key in keys {
      let index = Int(key & ((1 << 26) - 1))
      while let top = open.last, !prefixes[Int(top)].contains(prefixes[index].canonical) { open.removeLast() }
      parents[index] = open.last
      open.append(Int32(index))
    }
    self.parents = parents
  }
}
