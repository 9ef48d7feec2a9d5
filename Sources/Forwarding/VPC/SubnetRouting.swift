import ClientVPN
import IPv4Space

/// A routing table, by its position, for packets from one zone; nil if the zone is not known.
struct RoutingKey: Hashable {
  let table: Int
  let zone: String?
}

/// The routing table of a subnet as far as the model tells it: where the zone of the subnet, or what the table accepts,
/// is not known, every way it may be.
struct SubnetRouting {
  /// Which it is.
  let key: RoutingKey
  /// The table.
  let table: RoutingTable
  /// The ways it may be; one if all is known.
  let alternatives: [VPCRouting]
  /// Whether routes of the table hold in one zone, and the subnet's is not known.
  let isZoneUnknown: Bool

  /// `pool` are the routes that the service writes into tables that accept them.
  init(_ key: RoutingKey, _ table: RoutingTable, pool: InjectedRoutes) {
    self.key = key
    self.table = table
    let named = Set((table.routes?.elements ?? []).compactMap { $0.zone?.value })
    isZoneUnknown = key.zone == nil && !named.isEmpty
    // Besides the zones that routes name there may be another one.
    let zones = key.zone.map { [$0] } ?? named.sorted() + [""]
    let pools: [InjectedRoutes] =
      switch VPCRouting.acceptsServerRoutes(table) {
      case true?: [pool]
      case false?: [.none]
      case nil: [pool, .none]
      }
    alternatives = zones.flatMap { zone in pools.map { VPCRouting(table, zone: zone, pool: $0) } }
  }
}

/// Which next hops are a server's own.
struct ServerHops {
  private let index: Int
  /// nil if they are not modelled.
  private let addresses: Set<IPv4Address>?
  /// Whether there may be others.
  private let mayHaveOthers: Bool
  /// The blocks of its subnets; nil if they are not modelled.
  private let blocks: [IPv4Range]?
  private let owners: ServiceRouteOwners

  init(_ index: Int, _ model: Model) {
    let server = model.servers[index]
    self.index = index
    addresses = (server.privateIPs?.elements).map { Set($0.map(\.value)) }
    mayHaveOthers = server.privateIPs?.isIncomplete ?? false
    let subnets = server.subnets?.elements.compactMap(\.index)
    blocks = subnets.map { $0.map { model.vpc.subnets.elements[$0].block.value.canonical.range } }
    owners = ServiceRouteOwners(model)
  }

  /// Whether a route leads to the server; nil if the model does not tell. Where its addresses are not modelled, a route
  /// that the service wrote for it leads to it from anywhere in its subnets, and one of the user may.
  func isReached(by route: VPCRoute) -> Bool? {
    guard let hop = route.nextHop?.value else { return false }
    if let addresses {
      if addresses.contains(hop) { return true }
      if !mayHaveOthers { return false }
    }
    let isInside = blocks?.contains { $0.contains(hop) }
    guard owners.isForServer(route), (owners.server(of: route) ?? index) == index else {
      return isInside == false ? false : nil
    }
    return isInside ?? true
  }
}

/// Where answers go that leave the target's subnet, or come into the VPC from a network beyond it.
struct ReplyRouting {
  /// The routes.
  let routing: SubnetRouting
  /// Which next hops are the server.
  let hops: ServerHops
  /// Whether answers go to addresses of the server's subnets, and not to the pool.
  let isTranslated: Bool

  /// What becomes of an answer.
  enum Way: Hashable {
    case home, lost, unknown
  }

  /// What becomes of an answer to a client's end, if the table is as in one of its alternatives.
  func way(to client: IPv4Address, alternative: Int) -> Way { way(routing.alternatives[alternative][client]) }

  /// What becomes of answers to every client's end.
  func ways(alternative: Int) -> AddressMap<Way> {
    routing.alternatives[alternative].choices.mapped(way)
  }

  private func way(_ choice: VPCRouting.Choice) -> Way {
    switch choice {
    case .injected: return .home
    case .drop: return .lost
    case .hop(let index):
      guard let route = routing.table.routes?.elements[index] else { return .unknown }
      switch hops.isReached(by: route) {
      case true?: return .home
      case nil: return .unknown
      // What another next hop does with packets between subnets is not modelled; answers to the pool are lost to it.
      case false?: return isTranslated && route.nextHop != nil ? .unknown : .lost
      }
    case .system: return isTranslated ? .home : .lost
    }
  }
}
