import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A server route to addresses of the client pool.
enum ClientPoolOverlapsRouteDestination: ModelRule {
  static let info = RuleInfo(
    code: "VPN104", name: "client-pool-overlaps-route-destination", severity: .error,
    summary: "the client pool overlaps the destination of a server route",
    why: """
      Addresses of the pool belong to connected clients, so a route to them leads nowhere: with a destination \
      that equals the pool or lies inside it this is an error. A destination that contains the pool works only \
      because the narrower range of the pool wins, and is a warning. Default routes are left alone.
      """,
    repair: """
      Narrow the route, or choose another client pool. In split tunnel connected clients must reconnect to get a \
      changed route; in full tunnel nothing is pushed, but the server needs the route to forward.
      """,
    source: "IBM VPC documentation, planning a client-to-site server",
    examples: [
      .bad(
        "a route to a part of the pool",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: ⟦192.168.253.0/24⟧}]
        """),
      .bad(
        "a wide route around the pool",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 10.200.0.0/22
            enable_split_tunneling: true
            routes: [{destination: ⟦10.0.0.0/8⟧}]
        """),
      .good(
        "a default route in full tunnel contains everything",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes:
              - {destination: 10.0.0.0/24}
              - {destination: 0.0.0.0/1, action: translate}
              - {destination: 128.0.0.0/1, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let advice = PoolAdvice(analysis)
    for server in analysis.servers {
      guard let pool = server.server.clientPool else { continue }
      lazy var help = advice.help(for: server)
      for index in server.table.routes.indices where server.meetsPool(index) && server.table.duplicateOf[index] == nil {
        report(overlap(server.table.routes[index], pool, of: server.server, help))
      }
    }
  }

  private static func overlap(
    _ route: ServerRoute, _ pool: Field<IPv4Prefix>, of server: VPNServer, _ help: String
  ) -> Finding {
    let (block, network) = (pool.value.canonical, route.network)
    let (isWider, common) = (!block.contains(network), network.range.intersection(block.range) ?? network.range)
    let relation = isWider ? "contains" : network == block ? "equals" : "lies inside"
    return finding(
      "\(route.inWords) of \(server.inWords) \(relation) its client pool",
      Cause(server.poolPath, network.description, extent: common.extent), at: route.destination.span,
      "\(isWider ? "contains" : "these are") addresses of clients: \(Words.ranges([common]))",
      severity: isWider ? .warning : nil
    )
    .label(pool.span, "client pool \(block)")
    .note(
      isWider
        ? "packets to clients stay clear of the route only because the narrower range of the pool wins"
        : "nothing but connected clients has these addresses, so the route leads nowhere"
    )
    .note("the documentation of the service asks for a pool that meets no destination")
    .help(isWider ? "narrow the route to what clients are meant to reach" : "remove the route", help)
    .help(server.routeChangeHelp)
  }
}

extension ServerAnalysis {
  /// Whether the route leads to addresses of the pool, and contains the pool for another reason than that the routes
  /// are meant for every address.
  fileprivate func meetsPool(_ route: Int) -> Bool {
    let network = table.networks[route]
    guard let pool = server.clientPool, pool.value.overlaps(network) else { return false }
    return carrier == .loopedByAll ? pool.value.contains(network) : network.length > (mode == .full ? 1 : 0)
  }
}
