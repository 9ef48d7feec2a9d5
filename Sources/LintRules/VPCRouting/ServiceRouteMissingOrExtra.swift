import ClientVPN
import Forwarding
import SourceText

/// More or fewer routes to clients in a routing table than the server has parts of its pool.
enum ServiceRouteMissingOrExtra: ModelRule {
  static let info = RuleInfo(
    code: "VPN405", name: "service-route-missing-or-extra", severity: .warning,
    summary: "a routing table has not the number of routes that the service writes for a VPN server",
    why: """
      The service divides the client pool among the members of a server and writes a route for each part in each \
      zone. If some are missing, answers to a part of the clients get lost.
      """,
    repair: "Take `vpn_server` out of `accept_routes_from` of the table, wait about two minutes, and put it back.",
    source: "IBM VPC documentation, client cannot access VPC resources",
    examples: [
      .bad(
        "zone 2 knows one part of the pool",
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
              ⟦routes⟧:
                - {name: ibm-vpn-server-1, destination: 192.168.252.0/23, zone: jp-tok-1, next_hop: 10.0.1.4, origin: service}
                - {name: ibm-vpn-server-2, destination: 192.168.254.0/23, zone: jp-tok-1, next_hop: 10.0.2.4, origin: service}
                - {name: ibm-vpn-server-3, destination: 192.168.252.0/23, zone: jp-tok-2, next_hop: 10.0.1.4, origin: service}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [edge-1, edge-2]
            private_ips: [10.0.1.4, 10.0.2.4]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "two parts in two zones",
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
      .good(
        "the model shows no route of the service",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge-1, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1, expect: any}
            - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: jp-tok-2, expect: any}
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server], routes: []}
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
    for routes in analysis.serviceRoutes {
      if let parts = routes.parts, !parts.deviating.isEmpty { report(deviating(routes, parts, analysis)) }
    }
  }

  private static func deviating(
    _ routes: ServiceRoutes, _ parts: ServiceRoutes.Parts, _ analysis: Analysis
  ) -> Finding {
    let (server, table) = (routes.server(in: analysis), routes.table)
    let expected = parts.members * parts.zones.count
    let zones = parts.deviating.map { "zone `\($0.name)` has \($0.count)" }
    let members = Words.count(parts.members, "member")
    return finding(
      "\(table.inWords) has \(Words.count(parts.count, "route")) to clients of \(server.inWords), not \(expected)",
      routes.cause("count", in: analysis), at: table.routesPlace,
      "\(Words.list(zones)), of \(parts.members) each"
    )
    .label(server.subnets?.key, "\(members)")
    .note("the service writes a route for each member of a server in each zone; the model knows \(zonesInWords(parts))")
    .note("without a route answers to a part of the clients get lost")
    .help(ServiceRoutes.rewriting(analysis))
  }

  private static func zonesInWords(_ parts: ServiceRoutes.Parts) -> String { Words.count(parts.zones.count, "zone") }
}
