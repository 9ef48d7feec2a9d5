public import ClientVPN
public import IPv4Space

/// What a client of one server reaches when nothing is known of the place it connects from. Behind a
/// reference, because rules go through the servers one by one.
public final class ServerAnalysis: Sendable {
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
  /// The filters that the tunnel's own packets pass; nil if none are modelled.
  public let tunnelFilters: TunnelFilters?
  /// Filters and routes of the VPC that stop what clients are meant to reach.
  public let flowBlocks: [FlowBlock]
  /// What clients at each site of the model reach, in order.
  public let sites: [SiteAnalysis]

  /// Which traffic enters the tunnel.
  public var mode: VPNServer.TunnelMode { server.mode }

  /// What becomes of flows: what fates refer to.
  let reach: FlowReach
  /// Verdict for every service of a workload, in order.
  public let services: [ServiceVerdict]

  init(_ index: Int, in model: Model, _ plan: AddressPlan, _ attachments: Attachments) {
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
      server, model, table, isLooped: carrier.isLooped, clientIsInSubnet: subnetOfClient != nil)
    let judges = server.variants.map { variant in
      FateJudge(
        variant, model, table, isLooped: Self.carrier(variant, table, plan).isLooped,
        clientIsInSubnet: judge.clientIsInSubnet)
    }
    let pool = AddressMap<Bool>(server.clientPool.map { IPv4Set($0.value) } ?? .empty)
    let places = plan.targets(for: server, in: model).zipped(with: pool) { Place(target: $0, isInPool: $1) }
    let decided = table.longestMatch.zipped(with: places) { route, place in
      let route = route < 0 ? nil : Int(route)
      // Nearly always the mode is known, and one judge decides: to hand it on by the list would be to copy it.
      return judges.count == 1
        ? judge.fate(of: place.target, route: route, isInPool: place.isInPool)
        : Fate.shared(judges) { $0.fate(of: place.target, route: route, isInPool: place.isInPool) }
    }
    tunnelFilters = FlowJudge.isNeeded(for: model) ? TunnelFilters(index, model, attachments, plan) : nil
    let reach = FlowReach(decided, index, table, model, plan, attachments, .all)
    self.reach = reach
    fates = reach.fates
    let verdicts = VerdictMaker(
      index: index, server: server, model: model, reach: reach, occupants: attachments.occupants)
    let (services, subnets) = (verdicts.services(), verdicts.subnets())
    let (networks, expectations) = (verdicts.networks(), verdicts.expectations())
    (self.services, self.subnets, self.networks, self.expectations) = (services, subnets, networks, expectations)
    flowBlocks =
      reach.judge.map { judge in
        FlowBlockFinder(
          judge: judge, table: table, reach: reach, subnets: subnets, networks: networks, services: services,
          expectations: expectations, server: server, model: model, plan: plan
        ).blocks()
      } ?? []
    sites = (model.sites?.elements ?? []).enumerated().compactMap { number, site in
      SiteAnalysis(index, judge, at: ClientPlace(site), site: number, in: model, plan, attachments)
    }
  }

  /// What clients reach at a site of the model, by its position; nil if that is not analysed.
  func analysis(ofSite position: Int) -> SiteAnalysis? {
    // Mostly all sites are analysed.
    sites.indices.contains(position) && sites[position].site == position
      ? sites[position] : sites.first { $0.site == position }
  }

  /// How much is decided: for a place of which nothing is known, and at every site.
  var size: Int {
    let verdicts = subnets.count + networks.count + expectations.count + services.count
    let stretches = fates.values.count + sites.reduce(0) { $0 + $1.fates.values.count }
    let passages = reach.passages.count + sites.reduce(0) { $0 + $1.reach.passages.count }
    return stretches + passages + verdicts * (1 + sites.count)
  }

  /// What decides about packets, for asking what another route would change.
  func judge(in model: Model) -> FateJudge {
    FateJudge(server, model, table, isLooped: carrier.isLooped, clientIsInSubnet: subnetOfClient != nil)
  }

  private struct Place: Equatable {
    let target: Target
    let isInPool: Bool
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
  /// Whether the tunnel's own packets enter the tunnel.
  public var isLooped: Bool {
    switch self {
    case .looped, .loopedByPool, .loopedByAll: true
    case .clear, .unknown: false
    }
  }
}
