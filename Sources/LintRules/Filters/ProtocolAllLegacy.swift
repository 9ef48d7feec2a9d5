import ClientVPN
import Forwarding
import SourceText

/// A protocol of older versions of the API.
enum ProtocolAllLegacy: ModelRule {
  static let info = RuleInfo(
    code: "VPN524", name: "protocol-all-legacy", severity: .info,
    summary: "rules of a filter have the protocol `all`, whose meaning depends on the version of the API",
    why: """
      Versions of the API up to 2025-12-08 write `all` where newer ones write `icmp_tcp_udp`; a rule of an ACL that denies \
      `all` reads back as `any`. Newer versions do not take `all`.
      """,
    repair: "Write `icmp_tcp_udp`; in rules of an ACL that deny, write `any`.",
    source: "IBM VPC documentation, migrating to the protocol any in rules of security groups and network ACLs",
    examples: [
      .bad(
        "a group read by an older version",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: app
              rules:
                - {direction: inbound, protocol: ⟦all⟧, remote: 192.168.252.0/22}
                - {direction: outbound, protocol: all}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the newer name",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: app
              rules:
                - {direction: inbound, protocol: icmp_tcp_udp, remote: 192.168.252.0/22}
                - {direction: outbound, protocol: icmp_tcp_udp}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for acl in analysis.model.vpc.networkACLs?.elements ?? [] {
      let legacy = (acl.rules?.elements ?? []).filter { $0.transport.value == "all" }
      let denials = legacy.filter { !$0.allows.value }.count
      if let first = legacy.first?.transport { report(old(first, legacy.count, denials, acl.inWords, acl.path)) }
    }
    for group in analysis.model.vpc.securityGroups?.elements ?? [] {
      let legacy = (group.rules?.elements ?? []).filter { $0.transport.value == "all" }
      if let first = legacy.first?.transport { report(old(first, legacy.count, 0, group.inWords, group.path)) }
    }
  }

  /// One finding for everything that an older version of the API wrote into one filter.
  private static func old(
    _ first: Field<String>, _ count: Int, _ denials: Int, _ holder: String, _ path: String
  ) -> Finding {
    finding(
      "\(Words.count(count, "rule")) of \(holder) \(count == 1 ? "has" : "have") the old protocol `all`",
      Cause(path, "protocol/all"), at: first.span, "its meaning depends on the version of the API"
    )
    .note(
      "here it is taken for \(denials == count ? "" : "`icmp_tcp_udp`")\(denials == 0 ? "" : denials == count ? "`any`" : ", and for `any` in rules that deny")"
    )
    .help(
      denials == 0
        ? "write `icmp_tcp_udp`"
        : denials == count ? "write `any`" : "write `icmp_tcp_udp`, and `any` in rules that deny")
  }
}
