import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool with too few addresses for the clients that are expected.
enum ClientPoolTooSmall: ModelRule {
  static let info = RuleInfo(
    code: "VPN110", name: "client-pool-too-small", severity: .warning,
    summary: "the client pool has fewer than two addresses for each expected client",
    why: """
      The last clients to connect get no address. The service asks for twice as many addresses as clients, \
      because a member of the server hands out only its own part of the pool and takes all clients when the other \
      one fails.
      """,
    repair: "Choose a larger client pool: 2000 clients need 4000 addresses, a /20.",
    source: """
      IBM VPC API, create_vpn_server; IBM VPC documentation, planning a \
      client-to-site server
      """,
    examples: [
      .bad(
        "2000 clients on 1024 addresses",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦192.168.252.0/22⟧
            expected_clients: 2000
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a /20 has room for 2048 clients",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.240.0/20
            expected_clients: 2000
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let advice = PoolAdvice(analysis)
    for server in analysis.servers {
      guard let pool = server.server.clientPool, let demand = server.server.poolDemand(analysis.model.provider),
        pool.value.count < demand.addresses
      else { continue }
      report(tooSmall(pool, of: server, for: demand, advice))
    }
  }

  private static func tooSmall(
    _ pool: Field<IPv4Prefix>, of server: ServerAnalysis, for demand: PoolDemand, _ advice: PoolAdvice
  ) -> Finding {
    let clients = Words.count(demand.clients.value, "client")
    return finding(
      "client pool of \(server.server.inWords) is too small for \(clients)",
      Cause(server.server.poolPath, "expected_clients"), at: pool.span,
      "\(Words.ranges([pool.value.range])) for \(clients)"
    )
    .label(demand.clients.span, "these need \(Words.count(demand.addresses, "address", "addresses"))")
    .note(
      "the service asks for \(advice.analysis.model.provider.poolAddressesPerClient) pool addresses for each client"
    )
    .help(largerPool(demand, server, advice))
  }

  private static func largerPool(_ demand: PoolDemand, _ server: ServerAnalysis, _ advice: PoolAdvice) -> String {
    let widest = advice.analysis.model.provider.clientPoolLengths.lowerBound
    guard let length = demand.prefixLength, length >= widest else {
      return "not even a /\(widest), the largest pool there is, suffices: share the clients among several servers"
    }
    return "a /\(length) suffices: \(advice.help(for: server))"
  }
}
