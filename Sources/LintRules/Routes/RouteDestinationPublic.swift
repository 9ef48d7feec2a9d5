import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A pushed route to public addresses.
enum RouteDestinationPublic: ModelRule {
  static let info = RuleInfo(
    code: "VPN213", name: "route-destination-public", severity: .warning,
    summary: "a split-tunnel server pushes a route to public addresses",
    why: """
      The service's planning guide names private destinations only. If a public address of the server lies in the \
      destination, now or after a change of its addresses, the tunnel takes its own packets and dies.
      """,
    repair: "Narrow the route to the hosts that are needed, or use full tunnel; connected clients must reconnect.",
    source: "IBM VPC documentation, client VPN planning",
    examples: [
      .bad(
        "a public network through a split tunnel",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: ⟦203.0.113.0/24⟧, action: translate}
        """),
      .good(
        "the provider's service ranges are not public",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 161.26.0.0/16, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where server.mode == .split {
      // What a drop route takes away is told by the rule about that.
      for index in server.table.inForce where server.table.routes[index].action != .drop {
        guard analysis.plan.publicAddresses.overlaps(server.table.networks[index].range) else { continue }
        report(isPublic(server.table.routes[index], server, analysis.model))
      }
    }
  }

  private static func isPublic(_ route: ServerRoute, _ analysis: ServerAnalysis, _ model: Model) -> Finding {
    let server = analysis.server
    return finding(
      "split tunnel pushes \(route.inWords) to public addresses",
      Cause(server.routesPath, route.network.description, extent: route.network.range.extent),
      at: route.destination.span, "\(route.network) is public, or holds public addresses"
    )
    .note(
      server.publicIPs == nil
        ? "`public_ips` of the server are not modelled: if one lies in \(route.network), the tunnel is dead" : nil
    )
    .note("the service's planning guide names private destinations only")
    .help(
      analysis.keptOutsideInWords(in: model).map { "narrow the route to the hosts that are needed: \($0)" }
        ?? "narrow the route to the hosts that are needed, or set `enable_split_tunneling: false`",
      server.routeChangeHelp)
  }
}
