import ClientVPN
import Forwarding
import SourceText

/// More security groups than a VPC may have.
enum QuotaSecurityGroups: ModelRule {
  static let info = RuleInfo(
    code: "VPN531", name: "quota-security-groups", severity: .error,
    summary: "the VPC has more security groups than its quota",
    why: """
      The service refuses security groups beyond the quota. Targets that were to have them get the default group, \
      which lets no client in.
      """,
    repair: """
      Remove security groups that nobody needs, or ask for a higher quota and write it under `quotas` as \
      `security_groups`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          ⟦security_groups⟧:
            - {name: standard, is_default: true}
            - {name: web}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {security_groups: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - {name: standard, is_default: true}
            - {name: web}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {security_groups: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let model = analysis.model
    guard let list = model.vpc.securityGroups else { return }
    let exceeded = ExceededQuota("the VPC", list.elements.count, "security group", quota: model.quota(.securityGroups))
    if let exceeded {
      report(finding(exceeded, of: .securityGroups, Cause("vpc/security_groups", "quota"), at: list.key))
    }
  }
}
