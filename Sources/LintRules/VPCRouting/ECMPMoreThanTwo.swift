import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// More routes of equal destination, zone and priority than the service spreads packets over.
enum ECMPMoreThanTwo: ModelRule {
  static let info = RuleInfo(
    code: "VPN419", name: "ecmp-more-than-two", severity: .error,
    summary: "more than two routes have the same destination, zone and priority",
    why: "The service spreads packets over two equal routes and refuses a third.",
    repair: "Remove a route, or give it another priority.",
    source: "IBM VPC API, RoutePrototype",
    examples: [
      .bad(
        "three next hops",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes:
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.7}
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.8}
                - {destination: ⟦172.30.0.0/16⟧, zone: jp-tok-1, next_hop: 10.0.0.9}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the third is a reserve",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes:
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.7}
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.8}
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9, priority: 3}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let limit = analysis.model.provider.routing.equalRoutes
    for table in analysis.routingTables {
      for routes in table.equalRoutes where routes.count > limit { report(many(routes, table, limit)) }
    }
  }

  private static func many(_ routes: [VPCRoute], _ table: RoutingTable, _ limit: Int) -> Finding {
    let route = routes[limit]
    return finding(
      "\(table.inWords) has \(routes.count) equal routes to \(route.network)\(route.inZone)",
      table.cause(route, "equal"), at: route.destination.span, "one more than the service takes"
    )
    .labels(routes.prefix(limit) + routes.dropFirst(limit + 1)) {
      "the same destination, zone and priority: \($0.hopInWords)"
    }
    .note("the service spreads packets over \(limit) equal routes of a zone at most")
    .help("remove a route, or give it another priority as a reserve")
  }
}
