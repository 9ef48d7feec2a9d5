import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Routes to clients by an address that no member of the server has.
enum ServiceRouteNextHopStale: ModelRule {
  static let info = RuleInfo(
    code: "VPN406", name: "service-route-next-hop-stale", severity: .error,
    summary: "a route that the service wrote for a VPN server leads to an address that the server no longer has",
    why: "Clients are connected, and answers to them get lost on the way to an address that nobody has.",
    repair: "Take `vpn_server` out of `accept_routes_from` of the table, wait about two minutes, and put it back.",
    source: "IBM VPC documentation, fixing bad service routes of a VPN server",
    examples: [
      .bad(
        "a member got another address",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge-1, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1, expect: any}
            - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: jp-tok-2, expect: any}
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes:
                - {name: ibm-vpn-server-1, destination: 192.168.252.0/23, zone: jp-tok-1, next_hop: 10.0.1.4, origin: service}
                - {name: ibm-vpn-server-2, destination: 192.168.254.0/23, zone: jp-tok-1, next_hop: ⟦10.0.2.9⟧, origin: service}
                - {name: ibm-vpn-server-3, destination: 192.168.252.0/23, zone: jp-tok-2, next_hop: 10.0.1.4, origin: service}
                - {name: ibm-vpn-server-4, destination: 192.168.254.0/23, zone: jp-tok-2, next_hop: 10.0.2.9, origin: service}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [edge-1, edge-2]
            private_ips: [10.0.1.4, 10.0.2.4]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "both members have their addresses",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge-1, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1, expect: any}
            - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: jp-tok-2, expect: any}
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes:
                - {name: ibm-vpn-server-1, destination: 192.168.252.0/23, zone: jp-tok-1, next_hop: 10.0.1.4, origin: service}
                - {name: ibm-vpn-server-2, destination: 192.168.254.0/23, zone: jp-tok-1, next_hop: 10.0.2.4, origin: service}
                - {name: ibm-vpn-server-3, destination: 192.168.252.0/23, zone: jp-tok-2, next_hop: 10.0.1.4, origin: service}
                - {name: ibm-vpn-server-4, destination: 192.168.254.0/23, zone: jp-tok-2, next_hop: 10.0.2.4, origin: service}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [edge-1, edge-2]
            private_ips: [10.0.1.4, 10.0.2.4]
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for routes in analysis.serviceRoutes where !routes.stale.isEmpty { report(stale(routes, analysis)) }
  }

  private static func stale(_ routes: ServiceRoutes, _ analysis: Analysis) -> Finding {
    let (server, route) = (routes.server(in: analysis), routes.stale[0])
    let addresses = Words.list((server.privateIPs?.elements ?? []).map(\.value.description))
    let found = Words.count(routes.stale.count, "route")
    return finding(
      "\(found) of \(routes.table.inWords) for \(server.inWords) \(routes.stale.count == 1 ? "misses" : "miss") its addresses",
      routes.cause("next-hop", in: analysis), at: route.nextHop?.span ?? route.destination.span,
      "no address of the server"
    )
    .labels(routes.stale.dropFirst()) { "\($0.hopInWords)\($0.inZone)" }
    .label(server.privateIPs?.key, "its addresses are \(addresses)")
    .note("answers to clients in \(Words.list(Set(routes.stale.map(\.network)).map(\.description).sorted())) get lost")
    .help(ServiceRoutes.rewriting(analysis))
  }
}
