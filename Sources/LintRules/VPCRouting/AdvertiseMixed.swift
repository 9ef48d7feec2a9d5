import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Routes to one destination of which some are advertised and others not.
enum AdvertiseMixed: ModelRule {
  static let info = RuleInfo(
    code: "VPN422", name: "advertise-mixed", severity: .error,
    summary: "of routes with the same destination and zone only some are advertised",
    why: """
      The service refuses the route: all routes of a table with the same destination and zone are advertised, or \
      none.
      """,
    repair: "Write the same `advertise` for all of them.",
    source: "IBM VPC API, RoutePatch",
    examples: [
      .bad(
        "one of two",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes:
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.8, advertise: true}
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9, priority: 3, advertise: ⟦false⟧}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "both",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes:
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.8, advertise: true}
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9, priority: 3, advertise: true}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for table in analysis.routingTables {
      for routes in table.routesOfOneDestination {
        let other = routes.first { $0.isAdvertised != routes[0].isAdvertised }
        if let other { report(mixed(routes[0], other, table)) }
      }
    }
  }

  private static func mixed(_ first: VPCRoute, _ other: VPCRoute, _ table: RoutingTable) -> Finding {
    finding(
      "only some routes of \(table.inWords) to \(first.network)\(first.inZone) are advertised",
      table.cause(other, "advertise"), at: other.advertise?.span ?? other.destination.span, other.advertisedInWords
    )
    .label(first.advertise?.span ?? first.destination.span, first.advertisedInWords)
    .note("the service takes one value for all routes of a table with the same destination and zone")
    .help("write the same `advertise` for all of them")
  }
}

extension VPCRoute {
  /// Whether it is advertised, which it is not if nothing is written.
  fileprivate var isAdvertised: Bool { advertise?.value ?? false }
  fileprivate var advertisedInWords: String { isAdvertised ? "advertised" : "not advertised" }
}
