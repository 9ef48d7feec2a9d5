import ClientVPN
import Forwarding
import SourceText

/// More floating IP addresses in a zone than an account may have.
enum QuotaFloatingIPs: ModelRule {
  static let info = RuleInfo(
    code: "VPN430", name: "quota-floating-ips", severity: .error,
    summary: "workloads of one zone have more floating IP addresses than the quota",
    why: """
      The service refuses floating IP addresses beyond the quota, so workloads that were to have one are not reached \
      from the internet.
      """,
    repair: """
      Remove floating IP addresses that nobody needs, or ask for a higher quota and write it under `quotas` as \
      `floating_ips`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          workloads:
            - {name: shop, subnet: app, address: 10.0.0.10, floating_ip: 203.0.113.10}
            - {name: blog, subnet: app, address: 10.0.0.11, floating_ip: ⟦203.0.113.11⟧}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {floating_ips: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          workloads:
            - {name: shop, subnet: app, address: 10.0.0.10, floating_ip: 203.0.113.10}
            - {name: blog, subnet: app, address: 10.0.0.11}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {floating_ips: 1}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let quota = analysis.model.quota(.floatingIPs)
    for (zone, addresses) in analysis.floatingIPsByZone {
      let owner = "zone `\(zone)` of the VPC"
      guard
        let exceeded = ExceededQuota(
          owner, addresses.count, "floating IP address", "floating IP addresses", quota: quota)
      else { continue }
      report(
        finding(exceeded, of: .floatingIPs, Cause("vpc", "floating-ips/\(zone)"), at: addresses[quota].span))
    }
  }
}
