import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool among addresses of classic infrastructure.
enum ClientPoolOverlapsClassic: ModelRule {
  static let info = RuleInfo(
    code: "VPN122", name: "client-pool-overlaps-classic", severity: .warning,
    summary: "the client pool overlaps addresses of classic infrastructure",
    why: """
      Hosts of classic infrastructure live in 10.0.0.0/8 and do not answer to clients that have such addresses. In \
      the ranges that classic infrastructure keeps for its own services this is an error.
      """,
    repair: "Choose a client pool outside 10.0.0.0/8.",
    source: "IBM VPC documentation, planning a client-to-site server; clients cannot access a classic virtual server",
    examples: [
      .bad(
        "the pool lies among the services",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦10.1.4.0/22⟧
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        networks: [{name: classic, cidrs: [10.130.0.0/16], via: classic, expect: any}]
        """),
      .good(
        "the pool lies elsewhere",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.21.4.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        networks: [{name: classic, cidrs: [10.130.0.0/16], via: classic, expect: any}]
        """),
      .good(
        "classic infrastructure is not reached",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 10.1.4.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        networks: [{name: office, cidrs: [172.20.0.0/16], via: vpn_gateway, expect: any}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let advice = PoolAdvice(analysis)
    for server in analysis.servers {
      guard let pool = server.server.clientPool, let found = analysis.poolInClassic(of: server.server) else { continue }
      report(
        overlap(pool, server.server, found.common, found.isInServices, analysis.model).help(advice.help(for: server)))
    }
  }

  private static func overlap(
    _ pool: Field<IPv4Prefix>, _ server: VPNServer, _ common: [IPv4Range], _ isInServices: Bool, _ model: Model
  ) -> Finding {
    let profile = model.provider.routing
    let ranges = (isInServices ? profile.classicServiceRanges : [profile.classicRange]).map(\.description)
    return finding(
      "client pool of \(server.inWords) overlaps addresses of classic infrastructure",
      Cause(server.poolPath, "classic", extent: common[0].first.bits...common[common.count - 1].last.bits),
      at: pool.span,
      "\(isInServices ? "in ranges of its services" : "in its range"): \(Words.ranges(common))",
      severity: isInServices ? .error : nil
    )
    .label(model.classicNetwork?.name.span ?? model.vpc.classicAccess?.span, "classic infrastructure is reached")
    .note(
      isInServices ? "its services have \(Words.list(ranges))" : "its hosts have addresses in \(Words.list(ranges))"
    )
    .note("hosts there cannot answer to clients with such addresses")
  }
}
