import ClientVPN
import Forwarding
import SourceText

/// More VPN servers than a security group may have.
enum QuotaSecurityGroupServers: ModelRule {
  static let info = RuleInfo(
    code: "VPN535", name: "quota-security-group-servers", severity: .error,
    summary: "a security group has more VPN servers than its quota",
    why: """
      The service does not attach the group to VPN servers beyond the quota. A server without a group of its own has \
      the default group, which lets no client in.
      """,
    repair: """
      Remove VPN servers that nobody needs, or ask for a higher quota and write it under `quotas` as \
      `security_group_servers`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: ⟦vpn⟧
              targets: [client-vpn, guest-vpn]
              rules: [{direction: inbound, protocol: udp, ports: 443}, {direction: outbound, protocol: any}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
          - name: guest-vpn
            client_ip_pool: 192.168.248.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        quotas: {security_group_servers: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: vpn
              targets: [client-vpn, guest-vpn]
              rules: [{direction: inbound, protocol: udp, ports: 443}, {direction: outbound, protocol: any}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
          - name: guest-vpn
            client_ip_pool: 192.168.248.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        quotas: {security_group_servers: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let quota = analysis.model.quota(.securityGroupServers)
    let groups = analysis.model.vpc.securityGroups?.elements ?? []
    for (index, use) in analysis.securityGroupUses.enumerated() {
      let exceeded = ExceededQuota(groups[index].inWords, use.servers.count, "VPN server", quota: quota)
      if let exceeded {
        report(
          finding(
            exceeded, of: .securityGroupServers, Cause(groups[index].path, "servers-quota"),
            at: groups[index].name.span))
      }
    }
  }
}
