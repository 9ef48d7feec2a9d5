import ClientVPN
import Forwarding
import SourceText

/// More subnets than a VPC may have.
enum QuotaSubnets: ModelRule {
  static let info = RuleInfo(
    code: "VPN127", name: "quota-subnets", severity: .error,
    summary: "the VPC has more subnets than its quota",
    why: """
      The service refuses subnets beyond the quota, so clients reach nothing that is planned in them.
      """,
    repair: """
      Remove subnets that nobody needs, or ask for a higher quota and write it under `quotas` as `subnets`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          ⟦subnets⟧:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.0.1.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {subnets: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.0.1.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {subnets: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let subnets = analysis.model.vpc.subnets
    let exceeded = ExceededQuota(
      "the VPC", subnets.elements.count, "subnet", quota: analysis.model.quota(.subnets))
    if let exceeded { report(finding(exceeded, of: .subnets, Cause("vpc/subnets", "quota"), at: subnets.key)) }
  }
}
