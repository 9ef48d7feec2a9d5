import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// An ingress routing table for a network that clients reach, without the way back to them.
enum IngressTableWithoutVPNServer: ModelRule {
  static let info = RuleInfo(
    code: "VPN415", name: "ingress-table-without-vpn-server", severity: .warning,
    summary: """
      the routing table for traffic from a network that a server delivers to does not accept the server's routes
      """,
    why: """
      Packets that are delivered to a network keep the client's address, and the answers come in by the table for \
      the traffic from there. Without the server's routes in it, and advertised by it, the network does not learn of \
      the client pool.
      """,
    repair: "Add `vpn_server` to `accept_routes_from` of the table, or use action translate.",
    source: "IBM VPC documentation, client-to-site traffic flow; propagating VPN server routes",
    examples: [
      .bad(
        "a table for the transit gateway that accepts nothing",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: incoming, route_transit_gateway_ingress: true, ⟦accept_routes_from⟧: []}
        networks: [{name: partner, cidrs: [10.20.0.0/16], via: transit_gateway, expect: any}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 10.20.0.0/16, action: deliver}]
        """),
      .good(
        "the server translates",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: incoming, route_transit_gateway_ingress: true, accept_routes_from: []}
        networks: [{name: partner, cidrs: [10.20.0.0/16], via: transit_gateway, expect: any}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 10.20.0.0/16, action: translate}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for found in analysis.ingressTablesWithoutServers {
      guard let network = analysis.model.networks?.elements[found.network] else { continue }
      report(unaware(found.table, found.source, analysis.model.servers[found.server], network))
    }
  }

  private static func unaware(
    _ table: RoutingTable, _ source: IngressSource, _ server: VPNServer, _ network: Network
  ) -> Finding {
    finding(
      "\(table.inWords) has no way back to the clients of \(server.inWords)",
      Cause(table.path, "\(source.rawValue)/accept_routes_from"), at: table.acceptRoutesFrom?.key ?? table.name.span,
      "`vpn_server` is not among these"
    )
    .label(table.flag(of: source)?.span, "routes traffic from \(source.inWords)")
    .label(network.name.span, "\(server.inWords) delivers to \(network.inWords)")
    .note("a network beyond \(source.inWords) learns of the client pool only from this table")
    .help(
      "write `vpn_server` into `accept_routes_from` and `\(source.advertisedAs ?? "")` into `advertise_routes_to`",
      "or use action translate for the routes to \(network.inWords)"
    )
    .help(server.routeChangeHelp)
  }
}
