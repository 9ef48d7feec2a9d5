import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Routes of a split-tunnel server that together are a default route.
enum SplitTunnelDef1Routes: ModelRule {
  static let info = RuleInfo(
    code: "VPN206", name: "split-tunnel-def1-routes", severity: .error,
    summary: "the routes of a split-tunnel server together cover every address, the server's own included",
    why: """
      0.0.0.0/1 and 128.0.0.0/1 imitate full tunnel, but without the host route to the server that full tunnel adds. \
      The encrypted packets themselves go into the tunnel, and the tunnel dies.
      """,
    repair: """
      Use full tunnel, or name only the networks that clients are to reach; connected clients must reconnect to get \
      the change.
      """,
    source: "the article's tables; IBM VPC documentation, troubleshooting traffic flow",
    examples: [
      .bad(
        "both halves of the address space",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: ⟦0.0.0.0/1⟧, action: translate}
              - {destination: 128.0.0.0/1, action: translate}
        """),
      .good(
        "only what clients are to reach",
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
    for server in analysis.servers where server.carrier == .loopedByAll {
      let outermost = server.table.inForce.filter { server.table.parents[$0] == nil }
      let widest = outermost.sorted { left, right in
        let (one, other) = (server.table.routes[left].network.length, server.table.routes[right].network.length)
        return (one, left) < (other, right)
      }
      if let decisive = server.routeOfCarrier ?? widest.first {
        report(everything(decisive, widest.filter { $0 != decisive }, server, analysis.model))
      }
    }
  }

  private static func everything(
    _ decisive: Int, _ others: [Int], _ analysis: ServerAnalysis, _ model: Model
  ) -> Finding {
    let server = analysis.server
    let missed = analysis.missed
    var result = finding(
      "routes of \(server.inWords) together cover every address",
      Cause(server.routesPath, "all-addresses", extent: IPv4Range.everything.extent),
      at: analysis.table.routes[decisive].destination.span,
      "pushed with the others, it takes the tunnel's own packets too"
    )
    .label(server.splitTunneling?.span, "split tunnel: every route is pushed")
    .note("full tunnel alone gives clients a host route that keeps the tunnel's own packets outside of it")
    .note(analysis.inWords(missed, in: model))
    .note(others.count > labelsAtMost ? "\(others.count - labelsAtMost) more routes take part" : nil)
    .help(
      analysis.keptOutsideInWords(in: model).map { "name only what is to be reached: \($0)" }
        ?? "set `enable_split_tunneling: false` to tunnel everything, or name only what is to be reached"
    )
    .help(server.routeChangeHelp)
    .evidence(analysis.evidence(to: missed.witness, in: model))
    for other in others.prefix(labelsAtMost) {
      result = result.label(analysis.table.routes[other].destination.span, "takes part in covering every address")
    }
    return result
  }
}

extension ServerAnalysis {
  /// The route that takes the tunnel's own packets, where the server's public address is known.
  fileprivate var routeOfCarrier: Int? {
    server.publicIPs?.elements.lazy.map { [table] in Int(table.longestMatch[$0.value]) }.first { $0 >= 0 }
  }
}
