import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A full-tunnel server that forwards nothing.
enum FullTunnelWithoutServerRoutes: ModelRule {
  static let info = RuleInfo(
    code: "VPN202", name: "full-tunnel-without-server-routes", severity: .error,
    summary: "a full-tunnel server has no route that forwards, so it drops everything clients send",
    why: """
      In full tunnel all traffic of a client enters the tunnel, but the server forwards only what a route of its own \
      matches. Without routes the client reaches neither the VPC nor the internet while it is connected.
      """,
    repair: """
      Add a route for each subnet and network that clients are to reach, and 0.0.0.0/0 with action translate for the \
      internet. In full tunnel nothing is pushed, but the server needs the routes to forward.
      """,
    source: "the article in the README's reading list; IBM VPC documentation, client VPN planning",
    examples: [
      .bad(
        "full tunnel is the default, and there are no routes",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.1.0.0/24}
        vpn_servers:
          - name: ⟦client-vpn⟧
            client_ip_pool: 192.168.252.0/22
        """),
      .bad(
        "every route drops",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: false
            ⟦routes⟧:
              - {destination: 172.16.0.0/12, action: drop}
        """),
      .bad(
        "the route to the subnet drops",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            ⟦routes⟧:
              - {destination: 10.0.0.0/24, action: drop}
        """),
      .good(
        "routes to the subnets and to the internet",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.1.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 10.1.0.0/24, action: deliver}
              - {destination: 0.0.0.0/0, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where server.mode == .full && !server.server.hasUnreadRoutes {
      if server.table.routes.allSatisfy({ $0.action == .drop }) { report(nothingForwarded(by: server, analysis.model)) }
    }
  }

  private static func nothingForwarded(by analysis: ServerAnalysis, _ model: Model) -> Finding {
    let server = analysis.server
    let missed = analysis.missed
    let keptOutside = analysis.keptOutsideInWords(in: model)
    let dropping = analysis.routesDropping(missed)
    var result = finding(
      "\(server.inWords) forwards nothing, so clients lose all their traffic", Cause(server.routesPath),
      at: server.routesPlace, analysis.table.routes.isEmpty ? "no routes here" : "every route here drops"
    )
    .label(server.splitTunneling?.span, "full tunnel: all traffic of a client enters the tunnel")
    .note("in full tunnel no route is pushed, and the server drops what none of its routes matches")
    .note(analysis.inWords(missed, in: model))
    .note(analysis.unansweredDNSInWords)
    .help(
      dropping.isEmpty ? nil : "remove \(Words.list(dropping.map(\.inWords))), or use action deliver there",
      "add a route with action deliver for each subnet",
      keptOutside.map { "set `enable_split_tunneling: true` for the internet: \($0)" }
        ?? "for the internet, add 0.0.0.0/0 with action translate",
      keptOutside == nil ? server.routeChangeHelp : VPNServer.modeChangeHelp
    )
    .repair(dropping.isEmpty ? repair(analysis, missed, model, toInternet: keptOutside == nil) : nil)
    .evidence(analysis.evidence(to: missed.witness, in: model))
    for route in dropping.prefix(labelsAtMost) {
      result = result.label(route.actionPlace, "drops what clients are to reach")
    }
    return result
  }

  private static func repair(
    _ analysis: ServerAnalysis, _ missed: Missed, _ model: Model, toInternet: Bool
  ) -> Repair? {
    let routes = analysis.missingRoutes(for: missed, in: model)
    return RouteAddition.repair(
      routes + (toInternet ? [(.everything, .translate)] : []), to: analysis.server)
  }

  private static let labelsAtMost = 4
}

extension ServerAnalysis {
  /// The routes that drop packets to what clients are to reach, in the order of the model; of a subnet the first.
  fileprivate func routesDropping(_ missed: Missed) -> [ServerRoute] {
    let deciding = missed.subnets.compactMap(\.usable).compactMap { range in
      fates.stretches(in: range, limit: 1) { $0.outcome == .serverDrop }.first?.fate.route
    }
    return Set(deciding).sorted().map { table.routes[$0] }
  }
}

extension VPNServer {
  /// Whether routes are written that could not be read, so that what is missing has a cause of its own.
  var hasUnreadRoutes: Bool { routesMisspelt || routesAreIncomplete }
}
