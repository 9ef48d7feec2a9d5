import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A default route pushed to clients in split tunnel.
enum SplitTunnelDefaultRoute: ModelRule {
  static let info = RuleInfo(
    code: "VPN205", name: "split-tunnel-default-route", severity: .error,
    summary: "a split-tunnel server has a route 0.0.0.0/0, which takes the tunnel's own packets",
    why: """
      In split tunnel every route is pushed, and nothing keeps the encrypted packets themselves outside the tunnel. \
      A pushed default route takes them into it, so the tunnel dies; systems that refuse a second default route leave \
      it out, and then the internet is not tunneled.
      """,
    repair: "Use full tunnel, or remove the route; connected clients must reconnect to lose it.",
    source: "IBM VPC documentation, client VPN planning; what clients do was measured with OpenVPN 2.6",
    examples: [
      .bad(
        "a default route beside the subnet",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: ⟦0.0.0.0/0⟧, action: translate}
        """),
      .good(
        "in full tunnel the route is right",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: false
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 0.0.0.0/0, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where server.mode == .split {
      guard let index = server.table.networks.lastIndex(where: { $0.length == 0 }) else { continue }
      report(defaultRoute(server.table.routes[index], server, analysis.model))
    }
  }

  private static func defaultRoute(_ route: ServerRoute, _ analysis: ServerAnalysis, _ model: Model) -> Finding {
    let server = analysis.server
    let missed = analysis.missed
    return finding(
      "split tunnel of \(server.inWords) pushes a default route",
      Cause(server.routesPath, route.network.description, extent: route.network.range.extent),
      at: route.destination.span, "pushed to clients, it takes the tunnel's own packets too"
    )
    .label(server.splitTunneling?.span, "split tunnel: every route is pushed")
    .note("full tunnel alone gives clients a host route that keeps the tunnel's own packets outside of it")
    .note("systems that refuse a second default route leave it out, and internet traffic stays outside the tunnel")
    .note(analysis.inWords(missed, in: model, client: "no client that takes the route"))
    .help(
      analysis.keptOutsideInWords(in: model).map { "remove the route: \($0)" }
        ?? "set `enable_split_tunneling: false` to tunnel everything, or remove the route", server.routeChangeHelp
    )
    .evidence(analysis.evidence(to: missed.witness, in: model))
  }
}
