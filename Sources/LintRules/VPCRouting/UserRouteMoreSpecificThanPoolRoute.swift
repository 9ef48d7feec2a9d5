import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route of a user inside a route that the service wrote to clients, leading elsewhere.
enum UserRouteMoreSpecificThanPoolRoute: ModelRule {
  static let info = RuleInfo(
    code: "VPN410", name: "user-route-more-specific-than-pool-route", severity: .error,
    summary: "a route of a user diverts answers from a route that the service wrote to clients",
    why: """
      The longest prefix decides in a routing table. Answers to a part of the clients follow the route of the user \
      and not that of the service, so these clients wait for them in vain.
      """,
    repair: "Remove the route.",
    source: "IBM VPC documentation, about routing tables and routes; health of a client-to-site server",
    examples: [
      .bad(
        "a few clients are dropped",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge-1, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1, expect: any}
            - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: jp-tok-2, expect: any}
          routing_tables:
            - name: custom
              routes:
                - {name: ibm-vpn-server-1, destination: 192.168.252.0/23, zone: jp-tok-1, next_hop: 10.0.1.4, origin: service}
                - {name: block, destination: ⟦192.168.252.64/26⟧, zone: jp-tok-1, action: drop, origin: user}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [edge-1, edge-2]
            private_ips: [10.0.1.4, 10.0.2.4]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the route leads to other addresses",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge-1, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1, expect: any}
            - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: jp-tok-2, expect: any}
          routing_tables:
            - name: custom
              routes:
                - {name: ibm-vpn-server-1, destination: 192.168.252.0/23, zone: jp-tok-1, next_hop: 10.0.1.4, origin: service}
                - {name: block, destination: 192.168.250.64/26, zone: jp-tok-1, action: drop, origin: user}
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
    for found in analysis.routesInServiceRoutes { report(diverting(found.table, found.routes, found.service)) }
  }

  private static func diverting(_ table: RoutingTable, _ routes: RouteGroup, _ service: VPCRoute) -> Finding {
    finding(
      "\(routes.inWords) of \(table.inWords) takes answers to clients away", table.cause(of: routes),
      at: routes.first.destination.span,
      "\(routes.first.drops ? "drops" : "leads away") what goes to \(Words.ranges([routes.network.range]))"
    )
    .labels(routes.routes.dropFirst()) { "the same destination\($0.inZone)" }
    .label(service.destination.span, "\(service.inWords) of the service, to clients: \(service.hopInWords)")
    .note("the longest prefix decides; of equal ones the smaller priority number")
    .help(routes.removing)
  }
}
