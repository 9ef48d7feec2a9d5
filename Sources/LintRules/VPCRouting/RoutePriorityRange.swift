import ClientVPN
import Forwarding
import SourceText

/// A priority that no VPC route can have.
enum RoutePriorityRange: ModelRule {
  static let info = RuleInfo(
    code: "VPN418", name: "route-priority-range", severity: .error,
    summary: "the priority of a VPC route is out of range",
    why: """
      The service refuses to create the route. Of routes to one destination in a zone that with the smallest number \
      wins.
      """,
    repair: "Write a priority from 0 to 4, or leave it out for 2.",
    source: "IBM VPC documentation, creating a route",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes: [{destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9, priority: ⟦5⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the highest number",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes: [{destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9, priority: 4}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let range = analysis.model.provider.routing.priorities
    for table in analysis.routingTables {
      for route in table.routes?.elements ?? [] {
        if let priority = route.priority, !range.contains(priority.value) {
          report(outOfRange(priority, route, table, range))
        }
      }
    }
  }

  private static func outOfRange(
    _ priority: Field<Int>, _ route: VPCRoute, _ table: RoutingTable, _ range: ClosedRange<Int>
  ) -> Finding {
    finding(
      "\(route.inFull) of \(table.inWords) has priority \(priority.value)", table.cause(route, "priority"),
      at: priority.span, "not from \(range.lowerBound) to \(range.upperBound)"
    )
    .note("the smallest number wins among routes to one destination in a zone")
    .help("write a priority from \(range.lowerBound) to \(range.upperBound)")
  }
}
