import ClientVPN
import Forwarding
import SourceText

/// Routes of the service for a VPN server to addresses that are not in its client pool.
enum ServiceRouteOutsidePool: ModelRule {
  static let info = RuleInfo(
    code: "VPN407", name: "service-route-outside-pool", severity: .error,
    summary: "a route that the service wrote for a VPN server leads outside its client pool",
    why: """
      The route is left over from another client pool. It draws packets to the server that no client has a use for, \
      and the pool of today may lack its routes.
      """,
    repair: "Take `vpn_server` out of `accept_routes_from` of the table, wait about two minutes, and put it back.",
    source: "IBM VPC documentation, fixing bad service routes of a VPN server",
    examples: [
      .bad(
        "the routes of an earlier pool",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge-1, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1, expect: any}
            - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: jp-tok-2, expect: any}
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes:
                - {name: ibm-vpn-server-1, destination: ⟦172.30.0.0/23⟧, zone: jp-tok-1, next_hop: 10.0.1.4, origin: service}
                - {name: ibm-vpn-server-2, destination: 172.30.2.0/23, zone: jp-tok-1, next_hop: 10.0.2.4, origin: service}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [edge-1, edge-2]
            private_ips: [10.0.1.4, 10.0.2.4]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the routes of the pool",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge-1, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1, expect: any}
            - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: jp-tok-2, expect: any}
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes:
                - {name: ibm-vpn-server-1, destination: 192.168.252.0/23, zone: jp-tok-1, next_hop: 10.0.1.4, origin: service}
                - {name: ibm-vpn-server-2, destination: 192.168.254.0/23, zone: jp-tok-1, next_hop: 10.0.2.4, origin: service}
                - {name: ibm-vpn-server-3, destination: 192.168.252.0/23, zone: jp-tok-2, next_hop: 10.0.1.4, origin: service}
                - {name: ibm-vpn-server-4, destination: 192.168.254.0/23, zone: jp-tok-2, next_hop: 10.0.2.4, origin: service}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [edge-1, edge-2]
            private_ips: [10.0.1.4, 10.0.2.4]
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for routes in analysis.serviceRoutes where !routes.outsidePool.isEmpty { report(outside(routes, analysis)) }
  }

  private static func outside(_ routes: ServiceRoutes, _ analysis: Analysis) -> Finding {
    let (server, route) = (routes.server(in: analysis), routes.outsidePool[0])
    let found = Words.count(routes.outsidePool.count, "route")
    return finding(
      "\(found) of \(routes.table.inWords) for \(server.inWords) \(routes.outsidePool.count == 1 ? "lies" : "lie") outside its pool",
      routes.cause("pool", in: analysis), at: route.destination.span, "not in the client pool"
    )
    .labels(routes.outsidePool.dropFirst()) { "not in the client pool\($0.inZone)" }
    .label(server.clientPool?.span, "client pool of \(server.inWords)")
    .note("the service wrote them, so they are left over from another client pool")
    .help(ServiceRoutes.rewriting(analysis))
  }
}
