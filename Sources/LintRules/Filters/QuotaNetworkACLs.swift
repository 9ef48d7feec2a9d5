import ClientVPN
import Forwarding
import SourceText

/// More network ACLs than a VPC may have.
enum QuotaNetworkACLs: ModelRule {
  static let info = RuleInfo(
    code: "VPN529", name: "quota-network-acls", severity: .error,
    summary: "the VPC has more network ACLs than its quota",
    why: """
      The service refuses network ACLs beyond the quota. Subnets that were to have them keep another one, which can \
      stop clients, or let in more than is meant.
      """,
    repair: """
      Remove network ACLs that nobody needs, or ask for a higher quota and write it under `quotas` as `network_acls`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, network_acl: open}]
          ⟦network_acls⟧:
            - {name: standard, is_default: true}
            - {name: open}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {network_acls: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, network_acl: open}]
          network_acls:
            - {name: standard, is_default: true}
            - {name: open}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {network_acls: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let model = analysis.model
    guard let list = model.vpc.networkACLs else { return }
    let exceeded = ExceededQuota("the VPC", list.elements.count, "network ACL", quota: model.quota(.networkACLs))
    if let exceeded { report(finding(exceeded, of: .networkACLs, Cause("vpc/network_acls", "quota"), at: list.key)) }
  }
}
