import ClientVPN
import Forwarding
import SourceText

/// A split-tunnel server that pushes nothing.
enum SplitTunnelWithoutServerRoutes: ModelRule {
  static let info = RuleInfo(
    code: "VPN203", name: "split-tunnel-without-server-routes", severity: .error,
    summary: "a split-tunnel server has no routes, so clients connect and reach nothing",
    why: """
      In split tunnel a client sends into the tunnel only what the server's routes name. Without routes the tunnel \
      comes up and stays empty: packets to the VPC leave by the client's own default gateway.
      """,
    repair: """
      Add a route for each subnet and network that clients are to reach; connected clients must reconnect to get the \
      routes.
      """,
    source: "the article in the README's reading list; IBM VPC API, VPN server routes",
    examples: [
      .bad(
        "the tunnel comes up, and nothing enters it",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.1.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦routes⟧: []
        """),
      .bad(
        "a key without a list",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦routes⟧:
        """),
      .good(
        "a route for each subnet",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.1.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 10.1.0.0/24, action: deliver}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where server.mode == .split && !server.server.hasUnreadRoutes {
      if server.table.routes.isEmpty { report(nothingPushed(by: server, analysis.model)) }
    }
  }

  private static func nothingPushed(by analysis: ServerAnalysis, _ model: Model) -> Finding {
    let server = analysis.server
    let missed = analysis.missed
    return finding(
      "\(server.inWords) has no routes, so its clients reach nothing", Cause(server.routesPath),
      at: server.routesPlace, "no routes here"
    )
    .label(server.splitTunneling?.span, "split tunnel: a client tunnels only what a route names")
    .note("the tunnel comes up, but packets to the VPC leave by the client's own default gateway")
    .note(analysis.inWords(missed, in: model))
    .note(analysis.unansweredDNSInWords)
    .help("add a route with action deliver for each subnet that clients are to reach", server.routeChangeHelp)
    .repair(RouteAddition.repair(analysis.missingRoutes(for: missed, in: model), to: server))
    .evidence(analysis.evidence(to: missed.witness, in: model))
  }
}
