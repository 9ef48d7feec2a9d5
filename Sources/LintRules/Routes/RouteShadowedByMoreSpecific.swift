import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route of which narrower ones take every address.
enum RouteShadowedByMoreSpecific: ModelRule {
  static let info = RuleInfo(
    code: "VPN216", name: "route-shadowed-by-more-specific", severity: .warning,
    summary: "narrower routes with another action take every address of a route",
    why: """
      Of the routes that match, the longest prefix decides. The wider route never does, so its action has no effect.
      """,
    repair: """
      Remove the route, or the narrower ones. In split tunnel connected clients must reconnect to get the change; in \
      full tunnel nothing is pushed, but the server needs the routes to forward.
      """,
    source: "longest prefix match, which is inferred for VPN routes: no IBM document states their order",
    examples: [
      .bad(
        "both halves have routes of their own",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: ⟦10.0.0.0/24⟧, action: translate}
              - {destination: 10.0.0.0/25, action: deliver}
              - {destination: 10.0.0.128/25, action: deliver}
        """),
      .good(
        "one route",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
    ])

  private static let labelsAtMost = 4

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where server.table.parents.contains(where: { $0 != nil }) {
      let table = server.table
      let (deciding, children) = (table.deciding, table.children)
      for index in table.inForce where table.duplicateOf[index] == nil && !deciding.contains(index) {
        let takers = children[index].map { table.routes[$0] }
        guard takers.contains(where: { $0.action != table.routes[index].action && $0.action != .unknown }),
          table.routes[index].action != .unknown
        else { continue }
        report(shadowed(table.routes[index], by: takers, of: server.server))
      }
    }
  }

  private static func shadowed(_ route: ServerRoute, by takers: [ServerRoute], of server: VPNServer) -> Finding {
    var result = finding(
      "\(route.inWords) decides for no address",
      Cause(server.routesPath, "\(route.network)/shadowed", extent: route.network.range.extent),
      at: route.destination.span, "narrower routes take every address, so \(route.action.rawValue) has no effect"
    )
    .note("of the routes that match, the longest prefix decides")
    .note(takers.count > labelsAtMost ? "\(takers.count - labelsAtMost) more routes take part" : nil)
    .help("remove \(route.inWords), or the narrower routes", server.routeChangeHelp)
    .repair(route.removal)
    for taker in takers.prefix(labelsAtMost) {
      result = result.label(taker.destination.span, "takes a part of it, action \(taker.action.rawValue)")
    }
    return result
  }
}
