import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool of a size that the service refuses.
enum ClientPoolPrefixLength: ModelRule {
  static let info = RuleInfo(
    code: "VPN103", name: "client-pool-prefix-length", severity: .error,
    summary: "the client pool is larger or smaller than the service accepts",
    why: "The service refuses to create the server, so nobody can connect.",
    repair: "Choose a pool with a prefix length from /9 to /22.",
    source: "IBM VPC API, create_vpn_server: client_ip_pool",
    examples: [
      .bad(
        "a /24 has room for 256 clients, the service wants 1024",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦192.168.252.0/24⟧
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a /22 is the smallest pool",
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
    let lengths = analysis.model.provider.clientPoolLengths
    let advice = PoolAdvice(analysis)
    for server in analysis.servers {
      guard let pool = server.server.clientPool, !lengths.contains(pool.value.length) else { continue }
      report(outOfRange(pool, of: server, lengths, advice))
    }
  }

  private static func outOfRange(
    _ pool: Field<IPv4Prefix>, of server: ServerAnalysis, _ lengths: ClosedRange<UInt8>, _ advice: PoolAdvice
  ) -> Finding {
    let size = pool.value.length > lengths.upperBound ? "small" : "large"
    // A pool that is too small for the clients as well is too small once.
    let demand = server.server.poolDemand(advice.analysis.model.provider).flatMap {
      $0.addresses > pool.value.count ? $0 : nil
    }
    return finding(
      "client pool of \(server.server.inWords) is too \(size)", Cause(server.server.poolPath, "prefix-length"),
      at: pool.span, "a /\(pool.value.length), \(Words.count(pool.value.count, "address", "addresses"))"
    )
    .label(demand?.clients.span, "these need \(Words.count(demand?.addresses ?? 0, "address", "addresses"))")
    .note("the service accepts client pools from /\(lengths.lowerBound) to /\(lengths.upperBound)")
    .help(advice.help(for: server))
  }
}
