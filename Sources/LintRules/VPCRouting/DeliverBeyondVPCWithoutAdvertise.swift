import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Delivered packets to a network that does not know the client pool.
enum DeliverBeyondVPCWithoutAdvertise: ModelRule {
  static let info = RuleInfo(
    code: "VPN403", name: "deliver-beyond-vpc-without-advertise", severity: .error,
    summary: "a route delivers to a network beyond the VPC that never learns of the client pool",
    why: """
      The far side of a transit gateway or Direct Link answers to the client pool only if an ingress routing table of the \
      VPC accepts the server's routes and advertises them there. Classic infrastructure does not learn them at all. \
      Packets arrive, and the answers go nowhere.
      """,
    repair: """
      Use action translate; or give the VPC an ingress routing table for that source with `vpn_server` in \
      `accept_routes_from` and the source in `advertise_routes_to`.
      """,
    source: "IBM VPC documentation, propagating VPN server routes; FAQ for client-to-site VPN servers",
    examples: [
      .bad(
        "the ingress table accepts the routes and advertises nothing",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}]
          routing_tables:
            - {name: standard, is_default: true, accept_routes_from: [vpn_server]}
            - {name: ingress, route_transit_gateway_ingress: true, accept_routes_from: [vpn_server], advertise_routes_to: []}
        networks: [{name: other-vpc, cidrs: [10.20.0.0/16], via: transit_gateway}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 10.20.0.0/16, action: ⟦deliver⟧}]
        """),
      .good(
        "translated",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}]
          routing_tables: [{name: standard, is_default: true, accept_routes_from: [vpn_server]}]
        networks: [{name: other-vpc, cidrs: [10.20.0.0/16], via: transit_gateway}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 10.20.0.0/16, action: translate}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for verdict in server.networks where server.lacksAdvertisement(verdict, in: analysis.model) {
        guard let network = analysis.model.networks?.elements[verdict.network], let witness = verdict.firstUnreached,
          let route = server.fates[witness].route.map({ server.table.routes[$0] })
        else { continue }
        report(unknown(network, route, witness, server, analysis.model))
      }
    }
  }

  private static func unknown(
    _ network: Network, _ route: ServerRoute, _ witness: IPv4Address, _ server: ServerAnalysis, _ model: Model
  ) -> Finding {
    let pool = server.server.clientPool.map { "client pool \($0.value.canonical)" } ?? "the client pool"
    let isClassic = network.via.value == .classic
    return finding(
      "\(network.inWords) does not learn of \(pool), so no answer comes back",
      Cause(server.server.routesPath, route.network.description, extent: route.network.range.extent),
      at: route.actionPlace, "delivers with the client's address as source"
    )
    .label(network.via.span, isClassic ? "classic infrastructure" : "reached by \(network.via.value.inWords)")
    .note(
      isClassic
        ? nil
        : "no ingress routing table for this source both accepts the routes of VPN servers and advertises them there"
    )
    .help(
      "give the route action translate",
      isClassic
        ? nil
        : "or set up an ingress routing table with `vpn_server` in `accept_routes_from` and the source in `advertise_routes_to`"
    )
    .help(server.server.routeChangeHelp)
    .evidence(server.evidence(to: witness, in: model))
  }
}
