import ClientVPN
import Forwarding
import SourceText

/// A route of a user whose next hop is a member of a VPN server.
enum RouteNextHopIsVPNServer: ModelRule {
  static let info = RuleInfo(
    code: "VPN409", name: "route-next-hop-is-vpn-server", severity: .error,
    summary: "the next hop of a VPC route is an address of a VPN server",
    why: """
      The addresses of a server's members can change at any time, at maintenance for example. The route then leads \
      nowhere.
      """,
    repair: "Remove the route. The way back to clients comes from `accept_routes_from`.",
    source: "IBM VPC documentation, FAQ for client-to-site VPN servers; managing VPN routes",
    examples: [
      .bad(
        "a network is sent to a member of the server",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes: [{destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: ⟦10.0.0.4⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            private_ips: [10.0.0.4]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "an appliance in the same subnet",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes: [{destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            private_ips: [10.0.0.4]
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for found in analysis.routesToServers { report(toServer(found, analysis.model)) }
  }

  private static func toServer(_ found: UserRoutes, _ model: Model) -> Finding {
    let (server, route) = (model.servers[found.server], found.routes.first)
    let address = server.privateIPs?.elements.first { $0.value == route.nextHop?.value }
    return finding(
      "\(found.routes.inWords) of \(found.table.inWords) leads to an address of \(server.inWords)",
      found.table.cause(of: found.routes), at: route.nextHop?.span ?? route.destination.span,
      "a member of the server has it today"
    )
    .labels(found.routes.routes.dropFirst()) { "the same destination\($0.inZone)" }
    .label(address?.span, "address of \(server.inWords)")
    .note("the addresses of a server's members can change at any time")
    .help("\(found.routes.removing); for the way back to clients write `vpn_server` into `accept_routes_from`")
  }
}
