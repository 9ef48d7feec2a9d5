import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A server whose client pool has addresses in common with that of another server of its VPC; told once for a server.
enum ClientPoolsOverlap: ModelRule {
  static let info = RuleInfo(
    code: "VPN106", name: "client-pools-overlap", severity: .error,
    summary: "the client pools of two servers of one VPC overlap",
    why: """
      Each server writes its pool into the routing tables of the VPC. An address that is in two pools has one \
      route there, so answers reach the clients of one server only, and the other server is degraded.
      """,
    repair: "Give each server a client pool of its own.",
    source: "IBM VPC documentation, health of a client-to-site server",
    examples: [
      .bad(
        "the second pool lies in the first",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: staff
            client_ip_pool: 192.168.240.0/20
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
          - name: guests
            client_ip_pool: ⟦192.168.252.0/22⟧
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "two pools side by side",
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
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let advice = PoolAdvice(analysis)
    for overlap in analysis.poolOverlaps {
      let (earlier, later) = (analysis.model.servers[overlap.earlier], analysis.servers[overlap.later])
      guard let pool = later.server.clientPool else { continue }
      report(overlapping(pool, of: later.server, with: earlier, overlap.common, advice.help(for: later)))
    }
  }

  private static func overlapping(
    _ pool: Field<IPv4Prefix>, of later: VPNServer, with earlier: VPNServer, _ common: IPv4Range, _ help: String
  ) -> Finding {
    finding(
      "client pools of VPN servers `\(earlier.name.value)` and `\(later.name.value)` overlap",
      Cause(later.poolPath, earlier.path, extent: common.extent), at: pool.span,
      "in both pools: \(Words.ranges([common]))"
    )
    .label(earlier.clientPool?.span, "client pool of \(earlier.inWords)")
    .note("the VPC routes a client address to one server, so answers miss the clients of the other")
    .help(help)
  }
}
