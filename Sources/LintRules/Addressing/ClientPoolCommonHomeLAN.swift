import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool on the ranges of common home routers.
enum ClientPoolCommonHomeLAN: Rule {
  static let info = RuleInfo(
    code: "VPN105", name: "client-pool-common-home-lan", severity: .warning,
    summary: "the client pool overlaps ranges that home routers commonly use",
    why: """
      Whoever connects from a home with such a LAN has the same addresses on both sides: the LAN with its printer \
      and gateway, or the tunnel, stops working for them and for nobody else.
      """,
    repair: """
      Choose a client pool that home routers do not use, such as 192.168.252.0/22. The list can be set with \
      `home_lans` in the settings.
      """,
    source: """
      IBM VPC documentation, planning a client-to-site server; the LAN of the \
      article
      """,
    examples: [
      .bad(
        "the range of many home routers",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦192.168.0.0/22⟧
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the far end of 192.168.0.0/16",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    guard let analysis = subject.analysis else { return }
    let advice = PoolAdvice(analysis, homeLANs: subject.homeLANs)
    for server in analysis.servers {
      guard let pool = server.server.clientPool else { continue }
      let lans = subject.homeLANs.filter { pool.value.overlaps($0) }
      let common = IPv4Set(lans).intersection(IPv4Set(pool.value))
      if !lans.isEmpty { report(overlap(pool, of: server, with: lans, common, advice)) }
    }
  }

  private static func overlap(
    _ pool: Field<IPv4Prefix>, of server: ServerAnalysis, with lans: [IPv4Prefix], _ common: IPv4Set,
    _ advice: PoolAdvice
  ) -> Finding {
    finding(
      "client pool of \(server.server.inWords) overlaps common home LANs",
      Cause(server.server.poolPath, "home-lan"), at: pool.span,
      "home LANs too: \(Words.ranges(common.ranges))"
    )
    .note("many home routers use \(Words.list(lans.map(\.canonical.description), limit: 12))")
    .note("a client in such a LAN loses its LAN or the tunnel")
    .help(advice.help(for: server))
  }
}
