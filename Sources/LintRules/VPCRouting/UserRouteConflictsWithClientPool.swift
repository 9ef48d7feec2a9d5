import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route of a user to addresses of a client pool, in a table into which the server writes its own.
enum UserRouteConflictsWithClientPool: ModelRule {
  static let info = RuleInfo(
    code: "VPN402", name: "user-route-conflicts-with-client-pool", severity: .error,
    summary: "a routing table that accepts the VPN server's routes has a route of a user inside its client pool",
    why: """
      The service writes routes to the client pool into every table that accepts them. A route to these addresses \
      that it did not write itself keeps it from doing so: the server is degraded, with health reason \
      `cannot_create_vpc_route`, and answers to clients do not come back.
      """,
    repair: "Remove the route, and let the service write its own; or choose another client pool.",
    source: "IBM VPC documentation, health of a client-to-site server",
    examples: [
      .bad(
        "half of the pool is routed to an appliance",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes: [{destination: ⟦192.168.252.0/23⟧, zone: jp-tok-1, next_hop: 10.0.0.9}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "the pool in two zones is one cause",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes:
                - {destination: ⟦192.168.252.0/22⟧, zone: jp-tok-1, next_hop: 10.0.0.9}
                - {destination: 192.168.252.0/22, zone: jp-tok-2, next_hop: 10.0.0.9}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a wider route loses against the routes of the service",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes: [{destination: 192.168.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for found in analysis.routesInPools { report(conflict(found, analysis.model)) }
  }

  private static func conflict(_ found: UserRoutes, _ model: Model) -> Finding {
    let (server, route) = (model.servers[found.server], found.routes.first)
    let verb = found.routes.routes.count == 1 ? "lies" : "lie"
    return finding(
      "\(found.routes.inWords) of \(found.table.inWords) \(verb) in the pool of \(server.inWords)",
      found.table.cause(of: found.routes), at: route.destination.span,
      "addresses of clients: \(Words.ranges([found.routes.network.range]))"
    )
    .labels(found.routes.routes.dropFirst()) { "the same destination\($0.inZone)" }
    .label(server.clientPool?.span, "client pool of \(server.inWords)")
    .label(found.table.acceptRoutesFrom?.key, "the server writes its own routes into this table")
    .note("the server cannot write its routes beside it: health reason `cannot_create_vpc_route`")
    .help("\(found.routes.removing): the service writes the way back to the pool by itself")
  }
}
