import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Two servers whose clients get the same routes.
enum ParallelVPNServersSameDestination: ModelRule {
  static let info = RuleInfo(
    code: "VPN225", name: "parallel-vpn-servers-same-destination", severity: .info,
    summary: "two split-tunnel servers push routes to the same destinations",
    why: """
      Each server by itself is fine. A client that is connected to both has two routes to one destination: one of the \
      tunnels carries its packets, which one is not told, and the other row is refused or unused.
      """,
    repair: "Tell users to connect to one of the servers at a time, or push different destinations.",
    source: "IBM VPC documentation, about client VPN: several servers",
    examples: [
      .bad(
        "the same subnet for two groups of users",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: staff
            client_ip_pool: 192.168.240.0/21
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
          - name: guests
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: ⟦10.0.0.0/24⟧}]
        """),
      .good(
        "a subnet each",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.0.1.0/24}]
        vpn_servers:
          - name: staff
            client_ip_pool: 192.168.240.0/21
            enable_split_tunneling: true
            serves: [app]
            routes: [{destination: 10.0.0.0/24}]
          - name: guests
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            serves: [db]
            routes: [{destination: 10.0.1.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for pair in analysis.parallelRoutes {
      report(parallel(pair, analysis.servers[pair.earlier], analysis.servers[pair.later]))
    }
  }

  private static func parallel(
    _ pair: ParallelRoutes, _ earlier: ServerAnalysis, _ later: ServerAnalysis
  ) -> Finding {
    let first = pair.common[0]
    let networks = pair.common.prefix(6).map { "\($0.network)" }
    return finding(
      """
      VPN servers `\(earlier.server.name.value)` and `\(later.server.name.value)` push \
      \(Words.count(pair.common.count, "equal route"))
      """,
      Cause(later.server.routesPath, "parallel/\(earlier.server.name.value)"),
      at: later.table.routes[first.later].destination.span,
      "both push \(Words.list(networks, of: pair.common.count))"
    )
    .label(earlier.table.routes[first.earlier].destination.span, "pushed by \(earlier.server.inWords)")
    .note("a client that is connected to both has two routes to one destination, of which one is used")
    .help("tell users to connect to one of the servers at a time, or push different destinations")
  }
}
