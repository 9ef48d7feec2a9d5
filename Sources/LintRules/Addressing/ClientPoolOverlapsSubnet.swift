import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool that has addresses in common with a subnet of the VPC.
enum ClientPoolOverlapsSubnet: ModelRule {
  static let info = RuleInfo(
    code: "VPN107", name: "client-pool-overlaps-subnet", severity: .error,
    summary: "the client pool overlaps a subnet of the VPC",
    why: """
      An answer to a client whose address also lies in a subnet stays in the VPC and never gets back to the \
      client. The service refuses such a pool, because a subnet always lies in an address prefix.
      """,
    repair: "Choose a client pool that meets no subnet, network or LAN.",
    source: """
      IBM VPC API, create_vpn_server; IBM VPC documentation, traffic flow of a \
      client-to-site server
      """,
    examples: [
      .bad(
        "a subnet in the middle of the pool",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.8.1.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦10.8.0.0/22⟧
            enable_split_tunneling: true
            routes: [{destination: 10.8.1.0/24}]
        """),
      .good(
        "the subnet lies beside the pool",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.8.4.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 10.8.0.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.8.4.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let advice = PoolAdvice(analysis)
    for server in analysis.servers {
      guard let pool = server.server.clientPool else { continue }
      lazy var help = advice.help(for: server)
      for subnet in analysis.model.vpc.subnets.elements {
        guard let common = pool.value.range.intersection(subnet.block.value.range) else { continue }
        report(overlap(pool, of: server.server, with: subnet, common, help))
      }
    }
  }

  private static func overlap(
    _ pool: Field<IPv4Prefix>, of server: VPNServer, with subnet: Subnet, _ common: IPv4Range, _ help: String
  ) -> Finding {
    finding(
      "client pool of \(server.inWords) overlaps \(subnet.inWords)",
      Cause(server.poolPath, subnet.block.value.canonical.description, extent: common.extent), at: pool.span,
      "addresses of the subnet too: \(Words.ranges([common]))"
    )
    .label(subnet.block.span, "\(subnet.inWords), \(subnet.block.value.canonical)")
    .note("an answer to a client address that lies in a subnet stays in the VPC")
    .help(help)
  }
}
