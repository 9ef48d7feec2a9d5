import ClientVPN
import Forwarding
import SourceText

/// More VPN servers than a region may have.
enum RegionServerCount: ModelRule {
  static let info = RuleInfo(
    code: "VPN727", name: "region-server-count", severity: .warning,
    summary: "the model has more VPN servers than the quota of a region",
    why: """
      The service refuses VPN servers beyond the quota. Servers of other VPCs in the region count too, and a model \
      does not show them.
      """,
    repair: "Put servers together, or ask for a higher quota and write it under `quotas` as `servers`.",
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: staff
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
          - name: ⟦guests⟧
            client_ip_pool: 192.168.248.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/25}]
        quotas: {servers: 1}
        """),
      .good(
        "within the quota",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: staff
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        quotas: {servers: 1}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let (servers, quota) = (analysis.model.servers, analysis.model.quota(.servers))
    guard let exceeded = ExceededQuota("the region", servers.count, "VPN server", quota: quota) else { return }
    report(finding(exceeded, of: .servers, Cause("vpn_servers", "quota"), at: servers[quota].name.span))
  }
}
