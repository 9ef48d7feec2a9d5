import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Two equal routes, over which packets are spread.
enum ECMPAsymmetric: ModelRule {
  static let info = RuleInfo(
    code: "VPN424", name: "ecmp-asymmetric", severity: .warning,
    summary: "two equal routes spread packets over next hops that may not know the connections of each other",
    why: """
      The service spreads connections over both next hops. Answers can come back by the other one: where a security \
      group or a firewall keeps the state of connections, it drops them.
      """,
    repair: "Give one of the routes another priority, unless the next hops share the state of connections.",
    source: "IBM VPC documentation, about routing tables and routes",
    examples: [
      .bad(
        "two appliances",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes:
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.8}
                - {destination: ⟦172.30.0.0/16⟧, zone: jp-tok-1, next_hop: 10.0.0.9}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "one appliance in each zone",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes:
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.8}
                - {destination: 172.30.0.0/16, zone: jp-tok-2, next_hop: 10.0.0.9}
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
      for routes in table.equalRoutes where routes.count <= limit && routes.allSatisfy(\.delivers) {
        report(spread(routes, table))
      }
    }
  }

  private static func spread(_ routes: [VPCRoute], _ table: RoutingTable) -> Finding {
    let route = routes[routes.count - 1]
    return finding(
      "\(table.inWords) spreads packets to \(route.network)\(route.inZone) over \(routes.count) next hops",
      table.cause(route, "equal"), at: route.destination.span, route.hopInWords
    )
    .labels(routes.dropLast()) { "the same destination, zone and priority: \($0.hopInWords)" }
    .note("answers can come by the other next hop, and what keeps the state of connections drops them")
    .help("give one of the routes another `priority`, unless the next hops share the state of connections")
  }
}
