import ClientVPN
import Forwarding
import SourceText

/// More targets than a security group may have.
enum QuotaSecurityGroupTargets: ModelRule {
  static let info = RuleInfo(
    code: "VPN533", name: "quota-security-group-targets", severity: .error,
    summary: "a security group has more targets than its quota",
    why: """
      The service refuses targets beyond the quota. What is refused stays in the groups that it is in, and those may \
      not let clients in. The quota does not hold for the default group of a VPC.
      """,
    repair: """
      Remove targets that nobody needs, or ask for a higher quota and write it under `quotas` as \
      `security_group_targets`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: ⟦web⟧
              rules: [{direction: inbound, protocol: tcp, ports: 443}]
          workloads:
            - {name: shop, subnet: app, address: 10.0.0.10, security_groups: [web]}
            - {name: blog, subnet: app, address: 10.0.0.11, security_groups: [web]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {security_group_targets: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: web
              rules: [{direction: inbound, protocol: tcp, ports: 443}]
          workloads:
            - {name: shop, subnet: app, address: 10.0.0.10, security_groups: [web]}
            - {name: blog, subnet: app, address: 10.0.0.11, security_groups: [web]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {security_group_targets: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let quota = analysis.model.quota(.securityGroupTargets)
    let groups = analysis.model.vpc.securityGroups?.elements ?? []
    for (index, use) in analysis.securityGroupUses.enumerated() where !analysis.isDefault(securityGroup: index) {
      let exceeded = ExceededQuota(groups[index].inWords, use.count, "target", quota: quota)
      if let exceeded {
        report(
          finding(
            exceeded, of: .securityGroupTargets, Cause(groups[index].path, "targets-quota"), at: groups[index].name.span
          ))
      }
    }
  }
}
