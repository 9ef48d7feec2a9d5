import ClientVPN
import Forwarding
import SourceText

/// A route of a user that stands for one that the service writes.
enum ServiceRouteHandWritten: ModelRule {
  static let info = RuleInfo(
    code: "VPN408", name: "service-route-hand-written", severity: .error,
    summary: "a route of a user imitates those that the service writes for a VPN server",
    why: """
      Names beginning with `ibm-` belong to the service, which refuses such a route. A route of a user from the \
      client pool to a member of the server breaks as soon as the member gets another address, which can happen at \
      any time.
      """,
    repair: "Remove the route, and add `vpn_server` to `accept_routes_from` of the table.",
    source: "IBM VPC documentation, client-to-site traffic flow; IBM VPC API, create_vpc_routing_table_route",
    examples: [
      .bad(
        "a copy of a route of the service",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: custom
              routes:
                - {name: ibm-vpn-server-1, destination: ⟦192.168.252.0/22⟧, zone: jp-tok-1, next_hop: 10.0.0.4, origin: user}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "the way back to the pool by the address of a member",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: custom
              accept_routes_from: []
              routes: [{destination: ⟦192.168.252.0/22⟧, zone: jp-tok-1, next_hop: 10.0.0.4}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            private_ips: [10.0.0.4]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the service wrote it",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: custom
              accept_routes_from: [vpn_server]
              routes:
                - name: ibm-vpn-server-1
                  destination: 192.168.252.0/22
                  zone: jp-tok-1
                  next_hop: 10.0.0.4
                  origin: service
                  creator: client-vpn
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for found in analysis.handWrittenServiceRoutes {
      let server = found.server.map { analysis.model.servers[$0] }
      report(handWritten(found.table, found.routes, server, analysis.model.provider.routing))
    }
  }

  private static func handWritten(
    _ table: RoutingTable, _ routes: RouteGroup, _ server: VPNServer?, _ profile: RoutingProfile
  ) -> Finding {
    let isNamed = routes.first.name?.value.hasPrefix(profile.serverRouteNames) ?? false
    return finding(
      "\(routes.first.inWords) of \(table.inWords) imitates a route of the service", table.cause(of: routes),
      at: routes.first.destination.span,
      isNamed ? "not written by the service" : "to clients, by \(routes.first.hopInWords)"
    )
    .labels(routes.routes.dropFirst()) { "the same destination\($0.inZone)" }
    .label(server?.clientPool?.span, "client pool of \(server?.inWords ?? "")")
    .note(isNamed ? "the service refuses names of users that begin with `\(profile.reservedNames)`" : nil)
    .note("the addresses of a server's members can change at any time, and then answers to clients get lost")
    .help("\(routes.removing), and write `vpn_server` into `accept_routes_from` of the table")
    .help(isNamed ? "if the service wrote it, the model says so with `origin: service`" : nil)
  }
}
