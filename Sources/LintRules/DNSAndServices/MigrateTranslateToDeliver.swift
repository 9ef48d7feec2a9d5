import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route that translates on the way to a network that would answer to the client pool too.
enum MigrateTranslateToDeliver: ModelRule {
  static let info = RuleInfo(
    code: "VPN605", name: "migrate-translate-to-deliver", severity: .info,
    summary: "a route translates to a network to which the VPC already advertises the client pool",
    why: """
      Since 3 May 2024 the far side of a transit gateway or Direct Link can learn the client pool from an ingress routing \
      table that accepts the routes of VPN servers and advertises them. With action deliver it then sees each client by \
      its own address, in logs and in filters. Translate goes on working.
      """,
    repair: """
      Follow the documented steps to change the route to deliver: filters on the way have to let in the client pool in \
      place of the server's subnets. A route is deleted and created anew to change its action.
      """,
    source: "IBM VPC documentation, propagating VPN server routes",
    examples: [
      .bad(
        "an ingress table advertises the pool, and the route translates",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, routing_table: main}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - name: ingress
              route_transit_gateway_ingress: true
              accept_routes_from: [vpn_server]
              advertise_routes_to: [transit_gateway]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 10.50.0.0/16, action: ⟦translate⟧}]
        networks: [{name: other-vpc, cidrs: [10.50.0.0/16], via: transit_gateway}]
        """),
      .good(
        "nothing advertises the pool",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, routing_table: main}]
          routing_tables: [{name: main, is_default: true, accept_routes_from: [vpn_server]}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 10.50.0.0/16, action: translate}]
        networks: [{name: other-vpc, cidrs: [10.50.0.0/16], via: transit_gateway}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for routed in server.needlesslyTranslated(in: analysis.model) {
        let networks = routed.networks.compactMap { analysis.model.networks?.elements[$0] }
        report(translates(server.table.routes[routed.route], to: networks, server.server))
      }
    }
  }

  private static func translates(_ route: ServerRoute, to networks: [Network], _ server: VPNServer) -> Finding {
    let names = Words.list(networks.map(\.inWords))
    let narrower = networks.flatMap(\.cidrs).map(\.value.canonical).filter { $0.length > route.network.length }
    return finding(
      "\(route.inFull) hides client addresses from \(names) without need",
      Cause(server.routesPath, "\(route.network)/action", extent: route.network.range.extent), at: route.actionPlace,
      "the source becomes an address of the VPN server"
    )
    .label(networks.first?.via.span, "an ingress routing table advertises the client pool there")
    .note("deliver to such networks is supported since 3 May 2024; translate goes on working")
    .help(
      narrower.isEmpty
        ? "use action deliver for \(route.network), by the documented steps; a route is deleted and created anew"
        : "add routes with action deliver for \(Words.list(narrower.map(\.description))), by the documented steps",
      server.routeChangeHelp)
  }
}
