import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route inside another with the same action.
enum RouteRedundant: ModelRule {
  static let info = RuleInfo(
    code: "VPN215", name: "route-redundant", severity: .info,
    summary: "a route lies inside another one with the same action",
    why: """
      The server forwards the same packets without it. Each route counts towards the quota, and in split tunnel it is \
      a row on every client.
      """,
    repair: """
      Remove the narrower route. In split tunnel connected clients keep the row until they reconnect; in full tunnel \
      nothing is pushed.
      """,
    source: "IBM VPC documentation, VPN server routes: number of routes",
    examples: [
      .bad(
        "half of a network beside the whole",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {name: to-app, destination: 10.0.0.0/24, action: deliver}
              - {name: to-app-low, destination: ⟦10.0.0.0/25⟧, action: deliver}
        """),
      .good(
        "beside a default route with another action",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 0.0.0.0/0, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      let table = server.table
      for index in table.inForce where table.duplicateOf[index] == nil {
        guard let parent = table.parents[index].map({ table.routes[$0] }) else { continue }
        let route = table.routes[index]
        if parent.action == route.action, route.action != .unknown {
          report(redundant(route, in: parent, of: server.server))
        }
      }
    }
  }

  private static func redundant(_ route: ServerRoute, in wider: ServerRoute, of server: VPNServer) -> Finding {
    finding(
      "\(route.inWords) adds nothing to \(wider.inWords)",
      Cause(server.routesPath, "\(route.network)/redundant", extent: route.network.range.extent),
      at: route.destination.span, "lies in \(wider.network), which has action \(route.action.rawValue) too"
    )
    .label(wider.destination.span, "contains \(route.network)")
    .note(
      server.mode == .split
        ? "on clients a narrower row still wins over a network of their own inside \(wider.network)" : nil
    )
    .help("remove \(route.inWords)", server.routeChangeHelp)
    .repair(route.removal)
  }
}
