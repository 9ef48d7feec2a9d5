public import ClientVPN
import IPv4Space

// Routes of people to addresses that belong to clients.

/// Routes of users that stand in the way of a server.
public struct UserRoutes: Sendable {
  /// The table.
  public let table: RoutingTable
  /// The routes.
  public let routes: RouteGroup
  /// Position of the server.
  public let server: Int
}

extension Analysis {
  /// Routes of users inside a client pool, in tables into which the server writes its own.
  public var routesInPools: [UserRoutes] {
    guard !routingTables.isEmpty else { return [] }
    let owners = PoolOwners(model)
    return routingTables.filter { VPCRouting.acceptsServerRoutes($0) ?? false }.flatMap { table in
      table.routeGroups { !$0.isFromService }.compactMap { group in
        owners.server(owning: group.network).map { UserRoutes(table: table, routes: group, server: $0) }
      }
    }
  }

  /// Routes of users inside the destination of a route that the service wrote for a VPN server into the same table, and
  /// that route.
  public var routesInServiceRoutes: [(table: RoutingTable, routes: RouteGroup, service: VPCRoute)] {
    guard !routingTables.isEmpty else { return [] }
    let owners = ServiceRouteOwners(model)
    return routingTables.flatMap { table in
      let service = (table.routes?.elements ?? []).filter(owners.isForServer)
      if service.isEmpty { return [(table: RoutingTable, routes: RouteGroup, service: VPCRoute)]() }
      let placement = PrefixPlacement(service.map(\.network))
      return table.routeGroups { !$0.isFromService }.compactMap { group in
        guard let outer = placement.narrowest(containing: group.network),
          group.routes.contains(where: { $0.leadsElsewhere(than: service[outer]) })
        else { return nil }
        return (table, group, service[outer])
      }
    }
  }

  /// Routes of users that stand for those that the service writes: by their name, or because they lead a part of a client
  /// pool to where a member of its server stands.
  public var handWrittenServiceRoutes: [(table: RoutingTable, routes: RouteGroup, server: Int?)] {
    guard !routingTables.isEmpty else { return [] }
    let owners = PoolOwners(model)
    let names = model.provider.routing.serverRouteNames
    return routingTables.flatMap { table in
      table.routeGroups { route in
        if route.isFromService { return false }
        return route.name?.value.hasPrefix(names) ?? false
          || owners.server(owning: route.network).map { leads(route, toMembersOf: $0) } ?? false
      }.map { (table, $0, owners.server(owning: $0.network)) }
    }
  }

  /// Routes of users whose next hop is an address of a VPN server.
  public var routesToServers: [UserRoutes] {
    var owners: [IPv4Address: Int] = [:]
    for (index, server) in model.servers.enumerated() {
      for address in server.privateIPs?.elements ?? [] { owners[address.value] = index }
    }
    if owners.isEmpty { return [] }
    return routingTables.flatMap { table in
      table.routeGroups { route in
        !route.isFromService && route.delivers && route.nextHop.map { owners[$0.value] != nil } ?? false
      }.compactMap { group in
        group.routes[0].nextHop.flatMap { owners[$0.value] }.map {
          UserRoutes(table: table, routes: group, server: $0)
        }
      }
    }
  }

  private func leads(_ route: VPCRoute, toMembersOf index: Int) -> Bool {
    guard route.delivers, let hop = route.nextHop?.value else { return false }
    let server = model.servers[index]
    if server.privateIPs?.elements.contains(where: { $0.value == hop }) ?? false { return true }
    return (server.subnets?.elements ?? []).compactMap(\.index).contains {
      model.vpc.subnets.elements[$0].block.value.contains(hop)
    }
  }
}

extension VPCRoute {
  /// Whether it does another thing with packets, or sends them to another place.
  fileprivate func leadsElsewhere(than other: VPCRoute) -> Bool {
    !(delivers && nextHop?.value == other.nextHop?.value)
  }
}

/// Which server's client pool a network lies in.
struct PoolOwners {
  private let servers: [Int]
  private let placement: PrefixPlacement?

  init(_ model: Model) {
    let pools = model.servers.enumerated().compactMap { index, server in
      server.clientPool.map { (server: index, network: $0.value.canonical) }
    }
    servers = pools.map(\.server)
    placement = pools.isEmpty ? nil : PrefixPlacement(pools.map(\.network))
  }

  /// The server with the narrowest pool that contains the network, by its position.
  func server(owning network: IPv4Prefix) -> Int? {
    placement?.narrowest(containing: network).map { servers[$0] }
  }
}
