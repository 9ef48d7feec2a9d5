public import ClientVPN
public import IPv4Space

// What a route of a routing table is, as far as the model tells.

extension VPCRoute {
  /// The network of the destination, host bits zero.
  public var network: IPv4Prefix { destination.value.canonical }

  /// Whether a service wrote it. A route of which neither origin nor creator is told is one that people write.
  public var isFromService: Bool { origin.map { $0.value == "service" } ?? (creator != nil) }

  /// Whether it sends packets to a next hop, which is what a route does that says nothing else (IBM VPC API, Route).
  public var delivers: Bool { !actionIsUnread && (action?.value ?? "deliver") == "deliver" }

  /// Whether it discards packets.
  public var drops: Bool { action?.value == "drop" }
}

/// Routes of one table that have the same destination, in several zones perhaps.
public struct RouteGroup: Sendable {
  /// The network of the destination.
  public let network: IPv4Prefix
  /// The routes, in the order of the file; at least one.
  public fileprivate(set) var routes: [VPCRoute]
}

extension RoutingTable {
  /// Routes for which `predicate` holds, those to one destination together, in the order of the file.
  public func routeGroups(where predicate: (VPCRoute) -> Bool) -> [RouteGroup] {
    var groups: [RouteGroup] = []
    var positions: [IPv4Prefix: Int] = [:]
    for route in routes?.elements ?? [] where predicate(route) {
      if let position = positions[route.network] {
        groups[position].routes.append(route)
      } else {
        positions[route.network] = groups.count
        groups.append(RouteGroup(network: route.network, routes: [route]))
      }
    }
    return groups
  }
}

extension Analysis {
  /// The routing tables of the VPC; none if they are not modelled.
  public var routingTables: [RoutingTable] { model.vpc.routingTables?.elements ?? [] }
}
