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
  /// For each server whose client pool overlaps that of a server before it one such pair, by the later one: to name every
  /// pair of many servers with one pool would be to say one thing again and again.
  public var poolOverlaps: [PoolOverlap] {
    let pools = model.servers.indices.compactMap { index in
      model.servers[index].clientPool.map { (server: index, prefix: $0.value.canonical) }
    }
    return EarlierOverlaps(pools.map(\.prefix)).pairs.map { earlier, later in
      let (one, other) = (pools[earlier], pools[later])
      let inner = one.prefix.length > other.prefix.length ? one : other
      return PoolOverlap(earlier: one.server, later: other.server, common: inner.prefix.range)
    }
  }
}
