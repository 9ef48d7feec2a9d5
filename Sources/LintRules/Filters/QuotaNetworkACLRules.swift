import ClientVPN
import Forwarding
import SourceText

/// More rules than a network ACL may have.
enum QuotaNetworkACLRules: ModelRule {
  static let info = RuleInfo(
    code: "VPN530", name: "quota-network-acl-rules", severity: .error,
    summary: "a network ACL has more rules than its quota",
    why: """
      The service refuses rules beyond the quota. What no rule allows is denied, so packets of clients or the answers \
      to them can be lost.
      """,
    repair: """
      Remove rules that nobody needs, or ask for a higher quota and write it under `quotas` as `network_acl_rules`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, network_acl: open}]
          network_acls:
            - name: open
              ⟦rules⟧:
                - {direction: inbound, action: allow, protocol: any}
                - {direction: outbound, action: allow, protocol: any}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {network_acl_rules: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, network_acl: open}]
          network_acls:
            - name: open
              rules:
                - {direction: inbound, action: allow, protocol: any}
                - {direction: outbound, action: allow, protocol: any}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {network_acl_rules: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let quota = analysis.model.quota(.networkACLRules)
    for acl in analysis.model.vpc.networkACLs?.elements ?? [] {
      guard let rules = acl.rules else { continue }
      let exceeded = ExceededQuota(acl.inWords, rules.elements.count, "rule", quota: quota)
      if let exceeded { report(finding(exceeded, of: .networkACLRules, Cause(acl.path, "rules-quota"), at: rules.key)) }
    }
  }
}
