public import ClientVPN
public import IPv4Space

/// What a client of one server reaches when nothing is known of the place it connects from.
public struct ServerAnalysis: Sendable {
  /// Whether the tunnel's own packets still leave outside the tunnel.
  public enum Carrier: Sendable, Equatable {
    case clear
    /// A pushed route takes them into the tunnel; its position.
    case looped(route: Int)
    /// The client pool, which is pushed too, contains a public address of the server.
    case loopedByPool
    /// Every address is pushed, by several rows together.
    case loopedByAll
    /// A public destination is pushed and the server's public addresses are not known; the route's position.
    case unknown(route: Int)
  }

  /// Position of the server in the model.
  public let index: Int
  /// The server.
  public let server: VPNServer
  /// Its routes.
  public let table: RouteTable
  /// Whether the carrier leaves outside the tunnel.
  public let carrier: Carrier
  /// The subnet in which the client's tunnel address lies, by its position: then nothing comes back to it.
  public let subnetOfClient: Int?
  /// What happens to packets to every address.
  public let fates: AddressMap<Fate>
  /// Verdict for every subnet of the VPC, in order.
  public let subnets: [SubnetVerdict]
  /// Verdict for every declared network, in order.
  public let networks: [NetworkVerdict]
  /// Verdict for every expectation about this server.
  public let expectations: [ExpectationVerdict]

  /// Which traffic enters the tunnel.
  public var mode: VPNServer.TunnelMode { server.mode }

  init(_ index: Int, in model: Model, _ plan: AddressPlan) {
    let server = model.servers[index]
    self.index = index
    self.server = server
    let table = RouteTable(server.routes?.elements ?? [])
    self.table = table
    let carrier = Self.carrier(server, table, plan)
    self.carrier = carrier
    subnetOfClient = server.clientAddress.flatMap { address in
      plan.blocks.firstIndex { $0.contains(address) }
    }
    let judge = FateJudge(
      server: server, networks: model.networks?.elements ?? [], routingTables: model.vpc.routingTables?.elements,
      table: table, isLooped: carrier.isLooped, clientIsInSubnet: subnetOfClient != nil)
    let pool = AddressMap<Bool>(server.clientPool.map { IPv4Set($0.value) } ?? .empty)
    let places = plan.targets(for: server, in: model).zipped(with: pool) { Place(target: $0, isInPool: $1) }
    let fates = table.longestMatch.zipped(with: places) { route, place in
      judge.fate(of: place.target, route: route < 0 ? nil : Int(route), isInPool: place.isInPool)
    }
    self.fates = fates
    let verdicts = VerdictMaker(index: index, server: server, model: model, fates: fates)
    subnets = verdicts.subnets()
    networks = verdicts.networks()
    expectations = verdicts.expectations()
  }

  private struct Place: Equatable {
    let target: Target
    let isInPool: Bool
  }

  /// The stretches of a range that a client does not reach, ascending, at most `limit` of them.
  public func unreached(in range: IPv4Range, limit: Int = .max) -> [FateRange] {
    stretches(in: range, limit: limit) { $0.outcome != .reachable }
  }

  /// The stretches of a range whose fate satisfies `predicate`; neighbours with one outcome are one.
  public func stretches(
    in range: IPv4Range, limit: Int = .max, where predicate: (Fate) -> Bool
  ) -> [FateRange] {
    var result: [FateRange] = []
    fates.forEach(in: range) { stretch, fate in
      guard predicate(fate) else { return true }
      if let last = result.last, last.fate.outcome == fate.outcome, last.range.last.bits &+ 1 == stretch.first.bits {
        result[result.count - 1] = FateRange(range: IPv4Range(last.range.first, stretch.last), fate: last.fate)
        return true
      }
      if result.count == limit { return false }
      result.append(FateRange(range: stretch, fate: fate))
      return true
    }
    return result
  }

  private static func carrier(_ server: VPNServer, _ table: RouteTable, _ plan: AddressPlan) -> Carrier {
    // In full tunnel the client keeps a host route to the server by its old gateway.
    guard server.mode == .split else { return .clear }
    let pool = server.clientPool.map { IPv4Set($0.value) } ?? .empty
    if table.destinations.union(pool) == .everything {
      return table.networks.firstIndex { $0.length == 0 }.map { .looped(route: $0) } ?? .loopedByAll
    }
    if let addresses = server.publicIPs {
      for address in addresses.elements {
        let match = table.longestMatch[address.value]
        if match >= 0 { return .looped(route: Int(match)) }
        if pool.contains(address.value) { return .loopedByPool }
      }
      if !addresses.elements.isEmpty { return .clear }
    }
    let publicAddresses = plan.internet
    let route = table.networks.firstIndex { publicAddresses.overlaps($0.range) }
    return route.map { .unknown(route: $0) } ?? .clear
  }
}

extension ServerAnalysis.Carrier {
  var isLooped: Bool {
    switch self {
    case .looped, .loopedByPool, .loopedByAll: true
    case .clear, .unknown: false
    }
  }
}
