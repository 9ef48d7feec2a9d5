import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A destination of a VPC route that is not the first address of its network.
enum RouteTableHostBits: ModelRule {
  static let info = RuleInfo(
    code: "VPN417", name: "route-table-host-bits", severity: .error,
    summary: "the destination of a VPC route has bits set after the prefix length",
    why: "The service refuses to create the route. All other rules take the network that is meant.",
    repair: "Write the first address of the network.",
    source: "IBM VPC API, RoutePrototype",
    examples: [
      .bad(
        "the address of a host with the length of its network",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes: [{destination: ⟦172.30.5.9/16⟧, zone: jp-tok-1, next_hop: 10.0.0.9}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the network",
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
      for route in table.routes?.elements ?? [] where route.destination.value.hasHostBits {
        report(hostBits(route, table))
      }
    }
  }

  private static func hostBits(_ route: VPCRoute, _ table: RoutingTable) -> Finding {
    let written = route.destination.value
    return finding(
      "route destination \(written) of \(table.inWords) has host bits", table.cause(route, "host-bits"),
      at: route.destination.span, "the network is \(written.canonical)"
    )
    .note("the service refuses the destination of a VPC route with bits set after its length")
    .help("write \(written.canonical), or \(written.address)/32 for the one address")
    .repair(
      Repair(
        "write \(written.canonical)", .keepsReachability,
        [.rewrite(route.destination.span, written.canonical.description)]))
  }
}
