import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool whose address is not the first of its network.
enum ClientPoolHostBits: ModelRule {
  static let info = RuleInfo(
    code: "VPN109", name: "client-pool-host-bits", severity: .warning,
    summary: "the client pool has bits set after its prefix length",
    why: """
      The pool begins before the address that is written, so people misjudge which addresses clients get and what \
      the pool overlaps.
      """,
    repair: "Write the first address of the network. The pool stays the same.",
    source: "IBM VPC documentation, creating a VPN server",
    examples: [
      .bad(
        "a /22 does not begin at 192.168.50.0",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦192.168.50.0/22⟧
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the first address of the network",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.48.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      if let pool = server.clientPool, pool.value.hasHostBits { report(hostBits(pool, of: server)) }
    }
  }

  private static func hostBits(_ pool: Field<IPv4Prefix>, of server: VPNServer) -> Finding {
    let network = pool.value.canonical
    return finding(
      "client pool of \(server.inWords) begins before the address written",
      Cause(server.poolPath, "host-bits"), at: pool.span,
      "`\(pool.value)` means \(network): \(Words.ranges([network.range]))"
    )
    .help("write \(network), the pool stays the same")
    .repair(Repair("write \(network)", .keepsReachability, [.rewrite(pool.span, network.description)]))
  }
}
