import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool that has addresses in common with an address prefix of the VPC.
enum ClientPoolOverlapsAddressPrefix: ModelRule {
  static let info = RuleInfo(
    code: "VPN101", name: "client-pool-overlaps-address-prefix", severity: .error,
    summary: "the client pool overlaps an address prefix of the VPC",
    why: """
      The service refuses to create the server. If the prefix came after the server, answers to clients have two \
      ways to go: to the server, or to a subnet that is cut from the prefix.
      """,
    repair: "Choose a client pool that meets no address prefix, network or LAN.",
    source: """
      IBM VPC API, create_vpn_server: client_ip_pool; IBM VPC documentation, planning a \
      client-to-site server
      """,
    examples: [
      .bad(
        "the pool lies inside a prefix",
        """
        vpc:
          address_prefixes: [{name: tokyo-1, cidr: 10.240.0.0/18}]
          subnets: [{name: app, ipv4_cidr_block: 10.240.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦10.240.56.0/21⟧
            enable_split_tunneling: true
            routes: [{destination: 10.240.0.0/24}]
        """),
      .good(
        "the pool lies beside the prefix",
        """
        vpc:
          address_prefixes: [{name: tokyo-1, cidr: 10.240.0.0/18}]
          subnets: [{name: app, ipv4_cidr_block: 10.240.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/21
            enable_split_tunneling: true
            routes: [{destination: 10.240.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let prefixes = analysis.model.vpc.addressPrefixes?.elements ?? []
    let advice = PoolAdvice(analysis)
    for server in analysis.servers {
      guard let pool = server.server.clientPool else { continue }
      lazy var help = advice.help(for: server)
      for prefix in prefixes {
        guard let common = pool.value.range.intersection(prefix.cidr.value.range) else { continue }
        report(overlap(pool, of: server.server, with: prefix, common, help))
      }
    }
  }

  private static func overlap(
    _ pool: Field<IPv4Prefix>, of server: VPNServer, with prefix: AddressPrefix, _ common: IPv4Range, _ help: String
  ) -> Finding {
    finding(
      "client pool of \(server.inWords) overlaps \(prefix.named)",
      Cause(server.poolPath, prefix.cidr.value.canonical.description, extent: common.extent), at: pool.span,
      "addresses of the VPC too: \(Words.ranges([common]))"
    )
    .label(prefix.cidr.span, prefix.inWords)
    .note("the service refuses a client pool that overlaps an address prefix")
    .note("where the prefix came later, it is open whether answers go to the VPN server or to a subnet")
    .help(help)
  }
}
