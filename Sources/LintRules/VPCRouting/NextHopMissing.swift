import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A VPC route that delivers to nowhere.
enum NextHopMissing: ModelRule {
  static let info = RuleInfo(
    code: "VPN420", name: "next-hop-missing", severity: .error,
    summary: "a VPC route with action deliver has no next hop",
    why: """
      The service refuses to create the route: with action deliver, which is the one that holds if none is written, \
      packets are sent to a next hop.
      """,
    repair: "Write the address of the next hop, or the action that is meant.",
    source: "IBM VPC API, RoutePrototype",
    examples: [
      .bad(
        "neither action nor next hop",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes: [{destination: ⟦172.30.0.0/16⟧, zone: jp-tok-1}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a next hop",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes: [{destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for table in analysis.routingTables {
      for route in table.routes?.elements ?? [] where route.lacksNextHop { report(missing(route, table)) }
    }
  }

  private static func missing(_ route: VPCRoute, _ table: RoutingTable) -> Finding {
    finding(
      "\(route.inFull) of \(table.inWords) delivers without a next hop", table.cause(route, "next-hop"),
      at: route.nextHop?.span ?? route.destination.span, route.nextHop == nil ? "no `next_hop` here" : "no next hop"
    )
    .label(route.action?.span, "packets are sent to a next hop")
    .note(route.action == nil ? "a route without `action` delivers" : nil)
    .help("write `next_hop`, or the action that is meant: drop, delegate or delegate_vpc")
  }
}

extension VPCRoute {
  /// Whether a user wrote it to deliver, and no next hop or 0.0.0.0.
  fileprivate var lacksNextHop: Bool {
    guard delivers, !isFromService else { return false }
    return nextHop.map { $0.value.bits == 0 } ?? (nextHopPlace == nil)
  }
}
