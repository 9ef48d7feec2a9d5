import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool that has addresses in common with a network on the transit gateway.
enum ClientPoolOverlapsOtherVPC: ModelRule {
  static let info = RuleInfo(
    code: "VPN120", name: "client-pool-overlaps-other-vpc", severity: .error,
    summary: "the client pool overlaps a network on the transit gateway",
    why: """
      The networks on a transit gateway are told where the client pool is. One that has these addresses itself keeps \
      its answers, and clients wait for them in vain.
      """,
    repair: "Choose a client pool that meets no network on the transit gateway.",
    source: "IBM VPC documentation, clients cannot connect to a virtual server",
    examples: [
      .bad(
        "the pool lies in another VPC",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦172.20.4.0/22⟧
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        networks: [{name: partner, cidrs: [172.20.0.0/16], via: transit_gateway, expect: any}]
        """),
      .good(
        "the pool lies beside it",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.21.4.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        networks: [{name: partner, cidrs: [172.20.0.0/16], via: transit_gateway, expect: any}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let found = analysis.poolsInNetworks(by: [.transitGateway])
    if found.isEmpty { return }
    let advice = PoolAdvice(analysis)
    var help: (server: Int, text: String)?
    for overlap in found {
      let server = analysis.servers[overlap.server]
      guard let pool = server.server.clientPool, let network = analysis.model.networks?.elements[overlap.network] else {
        continue
      }
      if help?.server != server.index { help = (server.index, advice.help(for: server)) }
      report(overlapping(pool, of: server.server, with: network, overlap, help?.text))
    }
  }

  private static func overlapping(
    _ pool: Field<IPv4Prefix>, of server: VPNServer, with network: Network, _ overlap: PoolInNetwork, _ help: String?
  ) -> Finding {
    let cidr = overlap.cidr.value.canonical
    return finding(
      "client pool of \(server.inWords) overlaps \(network.inWords)",
      Cause(server.poolPath, cidr.description, extent: overlap.common.extent), at: pool.span,
      "addresses of the network too: \(Words.ranges([overlap.common]))"
    )
    .label(overlap.cidr.span, "\(network.inWords), reached by transit gateway")
    .note("answers to these clients stay in a network that has the same addresses")
    .help(help)
  }
}
