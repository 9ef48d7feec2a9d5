public import ClientVPN
import IPv4Space

/// How many routes a VPC advertises.
public struct AdvertisedRoutes: Sendable {
  /// Routes with `advertise: true` in tables that advertise to somewhere.
  public let count: Int
  /// Address prefixes; 0 if they are not modelled.
  public let prefixes: Int
  /// The first table with such a route; nil if there is none.
  public let table: RoutingTable?
}

extension Analysis {
  /// The routes that the VPC advertises.
  public var advertisedRoutes: AdvertisedRoutes {
    let advertised = routingTables.filter { !($0.advertiseRoutesTo?.elements.isEmpty ?? true) }.map { table in
      (table: table, count: (table.routes?.elements ?? []).count { $0.advertise?.value ?? false })
    }
    return AdvertisedRoutes(
      count: advertised.reduce(0) { $0 + $1.count }, prefixes: model.vpc.addressPrefixes?.elements.count ?? 0,
      table: advertised.first { $0.count > 0 }?.table)
  }

  /// The different prefix lengths of the routes of a table, and those that routes of VPN servers add which the model does
  /// not show.
  public func prefixLengths(of table: RoutingTable) -> (written: Set<UInt8>, added: Set<UInt8>) {
    let routes = table.routes?.elements ?? []
    let written = Set(routes.map(\.network.length))
    guard VPCRouting.acceptsServerRoutes(table) ?? false, !routes.contains(where: ServiceRouteOwners(model).isForServer)
    else {
      return (written, [])
    }
    let added = model.servers.compactMap { server in
      server.clientPool.map { min($0.value.length + (server.subnets?.elements.count == 2 ? 1 : 0), 32) }
    }
    return (written, Set(added).subtracting(written))
  }
}
