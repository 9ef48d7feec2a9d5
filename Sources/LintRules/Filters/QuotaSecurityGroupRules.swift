import ClientVPN
import Forwarding
import SourceText

/// More rules than a security group may have.
enum QuotaSecurityGroupRules: ModelRule {
  static let info = RuleInfo(
    code: "VPN532", name: "quota-security-group-rules", severity: .error,
    summary: "a security group has more rules than its quota",
    why: """
      The service refuses rules beyond the quota, and a group allows nothing that no rule of it names.
      """,
    repair: """
      Remove rules that nobody needs, or ask for a higher quota and write it under `quotas` as `security_group_rules`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: web
              ⟦rules⟧:
                - {direction: inbound, protocol: tcp, ports: 443}
                - {direction: inbound, protocol: tcp, ports: 80}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {security_group_rules: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: web
              rules:
                - {direction: inbound, protocol: tcp, ports: 443}
                - {direction: inbound, protocol: tcp, ports: 80}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {security_group_rules: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let quota = analysis.model.quota(.securityGroupRules)
    for group in analysis.model.vpc.securityGroups?.elements ?? [] {
      guard let rules = group.rules else { continue }
      let exceeded = ExceededQuota(group.inWords, rules.elements.count, "rule", quota: quota)
      if let exceeded {
        report(finding(exceeded, of: .securityGroupRules, Cause(group.path, "rules-quota"), at: rules.key))
      }
    }
  }
}
