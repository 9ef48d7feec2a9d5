import ClientVPN
import Forwarding
import SourceText

/// A target in more security groups than it may be in.
enum QuotaSecurityGroupsPerTarget: ModelRule {
  static let info = RuleInfo(
    code: "VPN534", name: "quota-security-groups-per-target", severity: .error,
    summary: "a VPN server or workload is in more security groups than the limit",
    why: """
      The service refuses to attach groups beyond the limit, and what only they allow is stopped. Support does not \
      raise this limit.
      """,
    repair: "Put rules of several groups together in one.",
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "six groups",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - {name: a, rules: [{direction: inbound, protocol: tcp, ports: 1}]}
            - {name: b, rules: [{direction: inbound, protocol: tcp, ports: 2}]}
            - {name: c, rules: [{direction: inbound, protocol: tcp, ports: 3}]}
            - {name: d, rules: [{direction: inbound, protocol: tcp, ports: 4}]}
            - {name: e, rules: [{direction: inbound, protocol: tcp, ports: 5}]}
            - {name: f, rules: [{direction: inbound, protocol: tcp, ports: 6}]}
          workloads:
            - {name: shop, subnet: app, address: 10.0.0.10, ⟦security_groups⟧: [a, b, c, d, e, f]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
      .good(
        "five groups",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - {name: a, rules: [{direction: inbound, protocol: tcp, ports: 1}]}
            - {name: b, rules: [{direction: inbound, protocol: tcp, ports: 2}]}
            - {name: c, rules: [{direction: inbound, protocol: tcp, ports: 3}]}
            - {name: d, rules: [{direction: inbound, protocol: tcp, ports: 4}]}
            - {name: e, rules: [{direction: inbound, protocol: tcp, ports: 5}]}
          workloads:
            - {name: shop, subnet: app, address: 10.0.0.10, security_groups: [a, b, c, d, e]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let limit = analysis.model.provider.groupsPerTarget
    for (index, server) in analysis.model.servers.enumerated() {
      let count = analysis.countOfSecurityGroups(ofServer: index)
      if let exceeded = ExceededQuota(server.inWords, count, "security group", quota: limit) {
        report(tooMany(exceeded, server.path, server.securityGroups?.key ?? server.name.span))
      }
    }
    for (index, workload) in (analysis.model.vpc.workloads?.elements ?? []).enumerated() {
      let (count, name) = (analysis.countOfSecurityGroups(ofWorkload: index), workload.name)
      if let exceeded = ExceededQuota("workload `\(name.value)`", count, "security group", quota: limit) {
        report(tooMany(exceeded, "vpc/workloads/\(name.value)", workload.securityGroups?.key ?? name.span))
      }
    }
  }

  private static func tooMany(_ exceeded: ExceededQuota, _ path: String, _ place: Span) -> Finding {
    finding(exceeded, Cause(path, "security-groups"), at: place)
      .help("put rules of several groups together in one; this limit cannot be raised")
  }
}
