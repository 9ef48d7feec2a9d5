public import IPv4Space

/// Finds the narrowest of many prefixes that contains another one whole.
public struct PrefixPlacement: Sendable {
  /// Positions of the prefixes that differ from all before them.
  private let distinct: [Int]
  private let prefixes: [IPv4Prefix]
  private let longestMatch: AddressMap<Int32>
  private let parents: [Int32?]

  /// Sorts the prefixes once. Host bits are ignored; of equal prefixes the first counts.
  public init(_ prefixes: [IPv4Prefix]) {
    var seen: Set<IPv4Prefix> = []
    let distinct = prefixes.indices.filter { seen.insert(prefixes[$0].canonical).inserted }
    let networks = distinct.map { prefixes[$0].canonical }
    self.distinct = distinct
    self.prefixes = networks
    longestMatch = AddressMap(
      longestPrefix: networks.enumerated().map { ($0.element, Int32($0.offset)) }, otherwise: -1)
    parents = PrefixNesting(networks).parents
  }

  /// Position of the narrowest prefix that contains `block` whole.
  public func narrowest(containing block: IPv4Prefix) -> Int? {
    let match = longestMatch[block.first]
    var candidate = match < 0 ? nil : match
    while let index = candidate {
      if prefixes[Int(index)].contains(block) { return distinct[Int(index)] }
      candidate = parents[Int(index)]
    }
    return nil
  }

  /// The addresses of `block` that are in none of the prefixes.
  public func uncovered(of block: IPv4Prefix) -> [IPv4Range] {
    var ranges: [IPv4Range] = []
    longestMatch.forEach(in: block.range) { range, match in
      if match < 0 { ranges.append(range) }
      return true
    }
    return ranges
  }
}
