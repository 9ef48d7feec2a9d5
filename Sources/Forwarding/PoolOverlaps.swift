import ClientVPN
public import IPv4Space

/// Two servers whose client pools have addresses in common.
public struct PoolOverlap: Sendable {
  /// Positions of the servers, in the order of the model.
  public let earlier, later: Int
  /// The addresses in both pools.
  public let common: IPv4Range
}

extension Analysis {
  /// Every pair of servers with overlapping client pools, by the later one and then the earlier one.
  public var poolOverlaps: [PoolOverlap] {
    let pools = model.servers.indices.compactMap { index in
      model.servers[index].clientPool.map { (server: index, prefix: $0.value.canonical) }
    }
    let parents = PrefixNesting(pools.map(\.prefix)).parents
    var pairs: [PoolOverlap] = []
    for inner in pools.indices {
      var outer = parents[inner].map(Int.init)
      while let container = outer {
        let (one, other) = (pools[inner].server, pools[container].server)
        pairs.append(PoolOverlap(earlier: min(one, other), later: max(one, other), common: pools[inner].prefix.range))
        outer = parents[container].map(Int.init)
      }
    }
    return pairs.sorted { ($0.later, $0.earlier) < ($1.later, $1.earlier) }
  }
}
