import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A drop route that split-tunnel clients get like any other.
enum SplitDropRouteCapturesTraffic: ModelRule {
  static let info = RuleInfo(
    code: "VPN218", name: "split-drop-route-captures-traffic", severity: .info,
    summary: "a drop route of a split-tunnel server takes its addresses away from clients",
    why: """
      All routes are handed to clients in split tunnel, so packets to a drop route's destination enter the tunnel and \
      are discarded, instead of going out by the client's own network. It is a warning where the addresses are public \
      or a client site's LAN has some of them. A route that is a LAN or lies in one is told by the rules about that.
      """,
    repair: """
      Remove the route if the addresses are only meant to stay outside the tunnel; connected clients must reconnect to \
      lose it.
      """,
    source:
      "IBM VPC API, list_vpn_server_routes: all routes are handed to the client; that drop routes are among them is inferred",
    examples: [
      .bad(
        "a range that clients may use at home",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 172.16.0.0/12, action: ⟦drop⟧}
        """),
      .good(
        "in full tunnel everything enters the tunnel anyway",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 172.16.0.0/12, action: drop}
              - {destination: 0.0.0.0/0, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where server.mode == .split && server.table.actions.contains(.drop) {
      let taken = server.routesThatTakeRows(in: analysis.model)
      for index in server.table.deciding.sorted()
      where server.table.routes[index].action == .drop && !taken.contains(index) {
        report(captures(server.table.routes[index], index, server, analysis))
      }
    }
  }

  private static func captures(
    _ route: ServerRoute, _ index: Int, _ analysis: ServerAnalysis, _ whole: Analysis
  ) -> Finding {
    let server = analysis.server
    let lan = analysis.sites.lazy.compactMap(\.place.lan).first { $0.overlaps(route.network) }
    let isPublic = whole.plan.publicAddresses.overlaps(route.network.range)
    let witness = analysis.firstAddress(in: IPv4Set(route.network)) { $0.route == index }
    return finding(
      "clients lose \(route.network) while connected, by a pushed drop route",
      Cause(server.routesPath, "\(route.network)/action", extent: route.network.range.extent), at: route.actionPlace,
      "packets enter the tunnel and are discarded", severity: lan != nil || isPublic ? .warning : nil
    )
    .label(server.splitTunneling?.span, "split tunnel: every route is pushed")
    .note(lan.map { "LAN \($0) of a client site has addresses in it" })
    .note(isPublic && lan == nil ? "these are public addresses, which clients may use at home" : nil)
    .note("the API hands all routes to clients; drop routes are taken to be among them")
    .help("remove the route if these addresses are only to stay outside the tunnel", server.routeChangeHelp)
    .evidence(analysis.evidence(to: witness, in: whole.model))
  }
}
