import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool outside the private ranges.
enum ClientPoolNotPrivate: ModelRule {
  static let info = RuleInfo(
    code: "VPN108", name: "client-pool-not-private", severity: .warning,
    summary: "the client pool is not private address space",
    why: """
      Packets to the addresses of the pool go into the tunnel, so connected clients lose whatever has these \
      addresses elsewhere, mostly hosts on the internet. Some published examples do this by a slip of one digit, \
      such as 198.168 for 192.168.
      """,
    repair: "Choose a client pool from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
    source: "IBM VPC documentation, creating a VPN server; RFC 1918",
    examples: [
      .bad(
        "198.168 instead of 192.168",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦198.168.0.0/22⟧
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
      let outside = IPv4Set(pool.value).subtracting(AddressPlan.rfc1918)
      guard let first = outside.ranges.first, let last = outside.ranges.last else { continue }
      report(notPrivate(pool, of: server, outside, IPv4Range(first.first, last.last), advice))
    }
  }

  private static func notPrivate(
    _ pool: Field<IPv4Prefix>, of server: ServerAnalysis, _ outside: IPv4Set, _ hull: IPv4Range, _ advice: PoolAdvice
  ) -> Finding {
    let isInternet = !outside.intersection(advice.analysis.plan.internet).isEmpty
    return finding(
      "client pool of \(server.server.inWords) is not private address space",
      Cause(server.server.poolPath, "not-private", extent: hull.extent), at: pool.span,
      "not private: \(Words.ranges(outside.ranges))"
    )
    .note(isInternet ? "connected clients cannot reach the hosts on the internet that have these addresses" : nil)
    .note("private are \(Words.list(AddressPlan.rfc1918.ranges.map(\.description)))")
    .help(advice.help(for: server))
  }
}
