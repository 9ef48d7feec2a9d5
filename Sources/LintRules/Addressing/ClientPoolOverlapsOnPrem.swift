import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool that has addresses in common with an on-premises network.
enum ClientPoolOverlapsOnPrem: ModelRule {
  static let info = RuleInfo(
    code: "VPN121", name: "client-pool-overlaps-on-prem", severity: .error,
    summary: "the client pool overlaps an on-premises network",
    why: """
      An answer to a client whose address also lies in the network has two ways to go. It stays there, and the \
      client waits for it in vain.
      """,
    repair: "Choose a client pool that meets no network behind a VPN gateway or Direct Link.",
    source: "IBM VPC documentation, client-to-site traffic flow",
    examples: [
      .bad(
        "the pool lies in a branch office",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦172.20.4.0/22⟧
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        networks: [{name: office, cidrs: [172.20.0.0/16], via: vpn_gateway, expect: any}]
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
        networks: [{name: office, cidrs: [172.20.0.0/16], via: vpn_gateway, expect: any}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let found = analysis.poolsInNetworks(by: [.vpnGateway, .directLink])
    if found.isEmpty { return }
    let advice = PoolAdvice(analysis)
    var help: (server: Int, text: String)?
    for overlap in found {
      let server = analysis.servers[overlap.server]
      guard let pool = server.server.clientPool, let network = analysis.model.networks?.elements[overlap.network] else {
        continue
      }
      if help?.server != server.index { help = (server.index, advice.help(for: server)) }
      report(overlapping(pool, of: server, with: network, overlap, help?.text))
    }
  }

  private static func overlapping(
    _ pool: Field<IPv4Prefix>, of analysis: ServerAnalysis, with network: Network, _ overlap: PoolInNetwork,
    _ help: String?
  ) -> Finding {
    let server = analysis.server
    let verdict = analysis.networks[overlap.network]
    let isMissed = verdict.isServed && verdict.intent == .reachable && verdict.verdict != .reachable
    let cidr = overlap.cidr.value.canonical
    return finding(
      "client pool of \(server.inWords) overlaps \(network.inWords)",
      Cause(server.poolPath, cidr.description, extent: overlap.common.extent), at: pool.span,
      "addresses of the network too: \(Words.ranges([overlap.common]))"
    )
    .label(overlap.cidr.span, "\(network.inWords), reached by \(network.via.value.inWords)")
    .note("answers to these clients have two ways to go, and stay in the network")
    .note(isMissed ? "clients do not reach these addresses either: they are their own" : nil)
    .help(help)
  }
}
