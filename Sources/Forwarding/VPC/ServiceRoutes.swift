public import ClientVPN
import IPv4Space

/// The routes that the service wrote for one VPN server into one routing table.
public struct ServiceRoutes: Sendable {
  /// The table.
  public let table: RoutingTable
  /// Position of the server.
  public let server: Int
  /// The routes, in the order of the file.
  public let routes: [VPCRoute]
  /// Those with a destination outside the server's client pool.
  public let outsidePool: [VPCRoute]
  /// Those whose next hop is no address of the server.
  public let stale: [VPCRoute]
  /// How many destinations the routes into the pool have in each zone; nil if a route tells no zone, or the server no
  /// subnets.
  public let parts: Parts?

  /// Destinations in each zone, and how many there are expected to be.
  public struct Parts: Sendable {
    /// Members of the server: each hands out a part of the pool.
    public let members: Int
    /// The zones by name, sorted, and how many destinations inside the pool have a route in each.
    public let zones: [(name: String, count: Int)]

    /// Zones in which some part has no route, or there are more routes than parts.
    public var deviating: [(name: String, count: Int)] { zones.filter { $0.count != members } }
    /// How many routes there are.
    public var count: Int { zones.reduce(0) { $0 + $1.count } }
  }
}

extension Analysis {
  /// The routes of each server in each table that accepts them; none in a model that shows no route of the service.
  public var serviceRoutes: [ServiceRoutes] {
    guard !routingTables.isEmpty else { return [] }
    let owners = ServiceRouteOwners(model)
    let shown = routingTables.map { table in (table.routes?.elements ?? []).filter(owners.isForServer) }
    guard shown.contains(where: { !$0.isEmpty }) else { return [] }
    let zones = zonesOfModel.union(shown.joined().compactMap { $0.zone?.value })
    return routingTables.indices.flatMap { index -> [ServiceRoutes] in
      let table = routingTables[index]
      let accepts = VPCRouting.acceptsServerRoutes(table) ?? false
      let routesOfServers = Dictionary(grouping: shown[index]) { owners.server(of: $0) }
      return model.servers.indices.compactMap { server in
        let routes = routesOfServers[server] ?? []
        guard table.routes != nil, !routes.isEmpty || accepts else { return nil }
        return serviceRoutes(routes, table, server, accepts ? zones : nil)
      }
    }
  }

  private var zonesOfModel: Set<String> {
    let prefixes = (model.vpc.addressPrefixes?.elements ?? []).compactMap { $0.zone?.value }
    return Set(model.vpc.subnets.elements.compactMap { $0.zone?.value } + prefixes)
  }

  private func serviceRoutes(
    _ routes: [VPCRoute], _ table: RoutingTable, _ index: Int, _ zones: Set<String>?
  ) -> ServiceRoutes {
    let server = model.servers[index]
    let pool = server.clientPool?.value.canonical
    let addresses = Set((server.privateIPs?.elements ?? []).map(\.value))
    let inside = routes.filter { route in pool.map { $0.contains(route.network) } ?? true }
    return ServiceRoutes(
      table: table, server: index, routes: routes,
      outsidePool: pool.map { pool in routes.filter { !pool.contains($0.network) } } ?? [],
      stale: addresses.isEmpty || server.privateIPs?.isIncomplete ?? false
        ? [] : inside.filter { route in route.nextHop.map { !addresses.contains($0.value) } ?? false },
      parts: table.routesAreUnknown || table.routes?.isIncomplete ?? false ? nil : parts(inside, of: server, zones))
  }

  private func parts(_ routes: [VPCRoute], of server: VPNServer, _ zones: Set<String>?) -> ServiceRoutes.Parts? {
    let subnets = Set((server.subnets?.elements ?? []).map { $0.index.map { "#\($0)" } ?? $0.id ?? $0.text })
    guard let zones, !zones.isEmpty, !server.subnetsAreUnknown, model.provider.serverSubnets.contains(subnets.count),
      server.clientPool != nil,
      routes.allSatisfy({ $0.zone != nil })
    else { return nil }
    let destinations = Dictionary(grouping: routes) { $0.zone?.value ?? "" }.mapValues { Set($0.map(\.network)).count }
    return ServiceRoutes.Parts(members: subnets.count, zones: zones.sorted().map { ($0, destinations[$0] ?? 0) })
  }
}

/// For which VPN server the service wrote a route.
struct ServiceRouteOwners {
  private let names: String
  private var servers: [String: Int] = [:]
  private let count: Int

  init(_ model: Model) {
    names = model.provider.routing.serverRouteNames
    count = model.servers.count
    for (index, server) in model.servers.enumerated().reversed() {
      if let id = server.id { servers[id] = index }
      servers[server.name.value] = index
    }
  }

  /// Whether the service wrote the route for a VPN server, of the model or another one.
  func isForServer(_ route: VPCRoute) -> Bool {
    guard route.isFromService else { return false }
    return isNamed(route) || route.creator?.value == "vpn_server" || server(of: route) != nil
  }

  /// The server for which the service wrote the route, by its position; nil if the model does not tell.
  func server(of route: VPCRoute) -> Int? {
    guard route.isFromService else { return nil }
    if let creator = route.creator?.value, creator != "vpn_server" { return servers[creator] }
    return count == 1 && (isNamed(route) || route.creator != nil) ? 0 : nil
  }

  private func isNamed(_ route: VPCRoute) -> Bool { route.name?.value.hasPrefix(names) ?? false }
}
