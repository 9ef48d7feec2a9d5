import ClientVPN
public import IPv4Space

extension Analysis {
  /// At most so many servers are given another pool.
  private static let poolsAtMost = 100

  /// For each server whose client pool cannot stay, by its position, a private pool that meets nothing the model knows:
  /// the VPC, declared networks, other pools, the server's routes, the LANs of sites, what is to be avoided, and the
  /// pools given to the servers before it. It has room for the clients that are expected.
  public func freePools(avoiding others: [IPv4Prefix]) -> [Int: IPv4Prefix] {
    let meeting = poolsThatMeetEarlierOnes
    let fixed = fixedRanges(and: others)
    lazy var free = freeOfAll(fixed)
    var given: [Int: IPv4Prefix] = [:]
    for server in servers where meeting.contains(server.index) || !canStay(server, fixed) {
      guard given.count < Self.poolsAtMost else { break }
      given[server.index] = highestPool(for: server, in: free, avoiding: Array(given.values))
    }
    return given
  }

  /// Such a pool for one server, whether its own can stay or not; nil if there is none, or if many are given already.
  public func freePool(
    for server: ServerAnalysis, avoiding others: [IPv4Prefix], given: [Int: IPv4Prefix]
  ) -> IPv4Prefix? {
    if let pool = given[server.index] { return pool }
    guard given.count < Self.poolsAtMost else { return nil }
    return highestPool(for: server, in: freeOfAll(fixedRanges(and: others)), avoiding: Array(given.values))
  }

  /// What no client pool can lie in, beside the VPC and the networks.
  private func fixedRanges(and others: [IPv4Prefix]) -> IPv4Set {
    let lans = (model.sites?.elements ?? []).compactMap { $0.lan?.value }
    let classic = model.reachesClassic ? [model.provider.routing.classicRange] : []
    return IPv4Set(lans + others + model.provider.reservedRanges + classic)
  }

  private func freeOfAll(_ fixed: IPv4Set) -> IPv4Set {
    AddressPlan.rfc1918.subtracting(plan.vpc).subtracting(plan.networks).subtracting(fixed)
  }

  /// Positions of the servers whose pool meets that of an earlier one.
  private var poolsThatMeetEarlierOnes: Set<Int> {
    let pools = servers.compactMap { server in server.server.clientPool.map { (server.index, $0.value.canonical) } }
    let parents = PrefixNesting(pools.map(\.1)).parents
    return Set(pools.indices.compactMap { inner in parents[inner].map { max(pools[inner].0, pools[Int($0)].0) } })
  }

  private func canStay(_ server: ServerAnalysis, _ fixed: IPv4Set) -> Bool {
    guard let pool = server.server.clientPool?.value.canonical else { return true }
    let range = pool.range
    let meetsRoutes = server.table.destinations.overlaps(range) && server.networksToAvoid.contains { $0.overlaps(pool) }
    return pool.length == wantedLength(for: server) && AddressPlan.rfc1918.contains(range) && !plan.vpc.overlaps(range)
      && !plan.networks.overlaps(range) && !fixed.overlaps(range) && !meetsRoutes
  }

  /// The length of the server's own pool; if the service or the expected clients want a larger one, the longest that
  /// suffices.
  private func wantedLength(for server: ServerAnalysis) -> UInt8 {
    let lengths = model.provider.clientPoolLengths
    // What no pool has room for is no reason to take a large one from the others.
    let demand = server.server.poolDemand(model.provider)?.prefixLength
    let demanded = demand.flatMap { $0 < lengths.lowerBound ? nil : $0 } ?? lengths.upperBound
    let own = server.server.clientPool?.value.length ?? lengths.upperBound
    return max(min(own, demanded, lengths.upperBound), lengths.lowerBound)
  }

  /// The highest there is, as home LANs are mostly low.
  private func highestPool(
    for server: ServerAnalysis, in free: IPv4Set, avoiding given: [IPv4Prefix]
  ) -> IPv4Prefix? {
    let pools = servers.filter { $0.index != server.index }.compactMap { $0.server.clientPool?.value }
    let rest = IPv4Set(server.networksToAvoid + pools + given).complement
    let length = wantedLength(for: server)
    let size = IPv4Prefix(.init(bits: 0), length: length).count
    return free.ranges.reversed().lazy.filter { $0.count >= size }.compactMap { range in
      IPv4Set(range).intersection(rest).ranges.reversed().lazy.compactMap { $0.lastBlock(length: length) }.first
    }.first
  }
}

extension ServerAnalysis {
  /// Destinations that are more than a half of a default route.
  fileprivate var networksToAvoid: [IPv4Prefix] { table.networks.filter { $0.length > 1 } }
}

extension IPv4Range {
  /// The highest block of a length (1…32) that lies in the range.
  fileprivate func lastBlock(length: UInt8) -> IPv4Prefix? {
    let size = IPv4Prefix(first, length: length).count
    let end = (UInt64(last.bits) + 1) / size * size
    guard end >= size, end - size >= UInt64(first.bits) else { return nil }
    return IPv4Prefix(IPv4Address(bits: UInt32(end - size)), length: length)
  }
}
