import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A VPC route with a next hop that its action does not use.
enum NextHopNotAllowed: ModelRule {
  static let info = RuleInfo(
    code: "VPN421", name: "next-hop-not-allowed", severity: .error,
    summary: "a VPC route that does not deliver has a next hop",
    why: """
      The service refuses to create the route: only with action deliver packets are sent to a next hop. 0.0.0.0 \
      stands for none.
      """,
    repair: "Remove the next hop, or write action deliver.",
    source: "IBM VPC API, RoutePrototype",
    examples: [
      .bad(
        "a route that drops",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes: [{destination: 172.30.0.0/16, zone: jp-tok-1, action: drop, next_hop: ⟦10.0.0.9⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "0.0.0.0 stands for none",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes: [{destination: 172.30.0.0/16, zone: jp-tok-1, action: drop, next_hop: 0.0.0.0}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for table in analysis.routingTables {
      for route in table.routes?.elements ?? [] where route.hasUselessNextHop { report(useless(route, table)) }
    }
  }

  private static func useless(_ route: VPCRoute, _ table: RoutingTable) -> Finding {
    let action = route.action?.value ?? ""
    return finding(
      "\(route.inFull) of \(table.inWords) has action \(action) and a next hop", table.cause(route, "next-hop"),
      at: route.nextHopPlace ?? route.destination.span, "not used"
    )
    .label(route.action?.span, "only action deliver sends packets to a next hop")
    .help("remove `next_hop`, or write action deliver if packets are to be sent there")
  }
}

extension VPCRoute {
  /// Whether it has a next hop but 0.0.0.0, and another action than deliver.
  fileprivate var hasUselessNextHop: Bool {
    guard action != nil, !delivers, nextHopPlace != nil else { return false }
    return nextHop.map { $0.value.bits != 0 } ?? true
  }
}
