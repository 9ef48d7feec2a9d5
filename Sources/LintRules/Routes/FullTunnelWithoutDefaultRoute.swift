import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A full-tunnel server that has routes, but none to the internet.
enum FullTunnelWithoutDefaultRoute: ModelRule {
  static let info = RuleInfo(
    code: "VPN204", name: "full-tunnel-without-default-route", severity: .warning,
    summary: "a full-tunnel server has no route to the internet, so browsing stops while connected",
    why: """
      In full tunnel the client sends its internet traffic into the tunnel too, and the server drops what no route \
      matches. An error if the model says that clients are to reach a network on the internet.
      """,
    repair: """
      Add a route 0.0.0.0/0 with action translate, or use split tunnel. If clients are not to reach the internet, \
      declare it: a network 0.0.0.0/0, `via: internet`, `expect: unreachable`. In full tunnel nothing is pushed, but \
      the server needs the route to forward.
      """,
    source: "IBM VPC documentation, client VPN planning; troubleshooting traffic flow",
    examples: [
      .bad(
        "the VPC is reached, the internet is lost",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.1.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            ⟦routes⟧:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 10.1.0.0/24, action: deliver}
        """),
      .bad(
        "one half of the default route is missing",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            ⟦routes⟧:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 0.0.0.0/1, action: translate}
        """),
      .good(
        "the model says that clients do not need the internet",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        networks:
          - {name: internet, cidrs: [0.0.0.0/0], via: internet, expect: unreachable}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where server.mode == .full && !server.server.splitTunnelingMisspelt {
      guard !server.server.hasUnreadRoutes, server.table.routes.contains(where: { $0.action != .drop }),
        let gap = analysis.internetGap(of: server)
      else { continue }
      report(noInternet(gap, server, analysis.model))
    }
  }

  private static func noInternet(_ gap: InternetGap, _ analysis: ServerAnalysis, _ model: Model) -> Finding {
    let server = analysis.server
    let keptOutside = analysis.keptOutsideInWords(in: model)
    let wanted = gap.wanted.flatMap { model.networks?.elements[$0] }
    return finding(
      "clients of \(server.inWords) lose the internet while connected",
      Cause(server.routesPath, "0.0.0.0/0", extent: gap.example.extent), at: server.routesPlace,
      gap.isWhole ? "no route here forwards to the internet" : "no route here forwards to part of the internet",
      severity: wanted == nil ? .warning : .error
    )
    .label(server.splitTunneling?.span, "full tunnel: internet traffic enters the tunnel too")
    .label((wanted?.expect ?? nil)?.span, "clients are to reach \(wanted?.inWords ?? "")")
    .note("in full tunnel internet traffic enters the tunnel too, and the server drops what no route matches")
    .note(analysis.dnsInWords(in: gap.addresses, "lies there: names do not resolve either"))
    .note(gap.isWhole ? nil : "in no destination: \(Words.ranges(gap.addresses.ranges))")
    .help(
      keptOutside.map { "set `enable_split_tunneling: true`: \($0)" }
        ?? "add a route with destination 0.0.0.0/0 and action translate, or set `enable_split_tunneling: true`",
      keptOutside == nil ? server.routeChangeHelp : VPNServer.modeChangeHelp,
      "if this is meant, declare a network 0.0.0.0/0 `via: internet` with `expect: unreachable`"
    )
    .repair(keptOutside == nil ? RouteAddition.repair(.everything, .translate, to: server) : nil)
    .evidence(analysis.evidence(to: gap.witness, in: model))
  }
}
