import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool that has addresses in common with a range that the service keeps for itself.
enum ClientPoolOverlapsReservedRange: ModelRule {
  static let info = RuleInfo(
    code: "VPN102", name: "client-pool-overlaps-reserved-range", severity: .error,
    summary: "the client pool overlaps a range that no pool can have",
    why: """
      The service refuses to create the server. The ranges are loopback, link-local and multicast addresses, and \
      those of the services of the provider.
      """,
    repair: "Choose a client pool from the private ranges, such as a block of 192.168.0.0/16 that nobody uses.",
    source: "IBM VPC API, create_vpn_server: client_ip_pool",
    examples: [
      .bad(
        "a pool among the services of the provider",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦166.9.0.0/22⟧
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a private pool",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let advice = PoolAdvice(analysis)
    for server in analysis.servers {
      guard let pool = server.server.clientPool else { continue }
      for reserved in analysis.model.provider.reservedRanges {
        guard let common = pool.value.range.intersection(reserved.range) else { continue }
        report(overlap(pool, of: server, with: reserved, common, advice))
      }
    }
  }

  private static func overlap(
    _ pool: Field<IPv4Prefix>, of server: ServerAnalysis, with reserved: IPv4Prefix, _ common: IPv4Range,
    _ advice: PoolAdvice
  ) -> Finding {
    finding(
      "client pool of \(server.server.inWords) overlaps reserved range \(reserved)",
      Cause(server.server.poolPath, "reserved/\(reserved)", extent: common.extent), at: pool.span,
      "reserved: \(Words.ranges([common]))"
    )
    .note(
      "the service refuses pools in \(Words.list(advice.analysis.model.provider.reservedRanges.map(\.description)))"
    )
    .help(advice.help(for: server))
  }
}
