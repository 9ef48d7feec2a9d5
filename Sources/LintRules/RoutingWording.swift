import ClientVPN
import Forwarding
import IPv4Space
import SourceText

// How routing tables and their routes are called in findings.

extension RoutingTable {
  /// Path of the table in the model.
  var path: String { "vpc/routing_tables/\(name.value)" }
  /// The table in words.
  var inWords: String { "routing table \(name.value.quoted)" }
  /// The place to point at when something is missing from the routes.
  var routesPlace: Span { routes?.key ?? name.span }

  /// What a route of the table is about. Routes to one destination differ in their zone and next hop.
  func cause(_ route: VPCRoute, _ aspect: String) -> Cause {
    let parts = [route.name?.value ?? route.network.description, route.zone?.value, aspect].compactMap(\.self)
    return Cause(path, "routes/\(parts.joined(separator: "/"))", extent: route.network.range.extent)
  }

  /// What the way of packets to a destination is about, in the words that all rules share which ask for the route to go.
  func cause(of group: RouteGroup) -> Cause { cause(of: group.network) }

  /// What the way of packets to a destination is about.
  func cause(of network: IPv4Prefix) -> Cause { Cause(path, network.description, extent: network.range.extent) }
}

extension VPCRoute {
  /// The route in words: its name if it has one, else its destination.
  var inWords: String { name.map { "route \($0.value.quoted)" } ?? "route \(destination.value)" }
  /// The route in words, with its destination.
  var inFull: String { name == nil ? inWords : "\(inWords) to \(network)" }
  /// The zone in words: " in zone `jp-tok-1`", or nothing.
  var inZone: String { zone.map { " in zone `\($0.value)`" } ?? "" }
  /// The next hop in words: "next hop 10.0.0.4".
  var hopInWords: String { nextHop.map { "next hop \($0.value)" } ?? "another next hop" }
}

extension RouteGroup {
  /// The route that findings point at.
  var first: VPCRoute { routes[0] }
  /// The routes in words.
  var inWords: String { routes.count == 1 ? first.inFull : "\(routes.count) routes to \(network)" }
  /// What is done to them: "remove the route".
  var removing: String { routes.count == 1 ? "remove the route" : "remove the routes" }
}

extension IngressSource {
  /// The source in words.
  var inWords: String {
    switch self {
    case .directLink: "Direct Link"
    case .internet: "the internet"
    case .transitGateway: "the transit gateway"
    case .otherZones: "other zones"
    }
  }
}

extension ServiceRoutes {
  /// The server that the routes are for.
  func server(in analysis: Analysis) -> VPNServer { analysis.model.servers[server] }

  /// What the routes are about.
  func cause(_ aspect: String, in analysis: Analysis) -> Cause {
    let server = server(in: analysis)
    return Cause(
      "\(table.path)/service-routes/\(server.name.value)", aspect,
      extent: server.clientPool?.value.canonical.range.extent)
  }

  /// How the service is made to write its routes anew.
  static func rewriting(_ analysis: Analysis) -> String {
    let minutes = Words.count(analysis.model.provider.routing.minutesToRewriteRoutes, "minute")
    return """
      take `vpn_server` out of `accept_routes_from` of the table, wait about \(minutes) and put it back; clients get no \
      answers meanwhile
      """
  }
}

extension Finding {
  /// The finding with the other routes of a group shown, six at most.
  consuming func labels(_ routes: some Sequence<VPCRoute>, _ text: (VPCRoute) -> String) -> Finding {
    for route in routes.prefix(6) { labels.append(Label(route.destination.span, text(route))) }
    return self
  }
}
