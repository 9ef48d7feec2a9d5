import ClientVPN
import Forwarding
import SourceText

/// A network ACL without rules: it denies everything.
enum ACLWithoutRules: ModelRule {
  static let info = RuleInfo(
    code: "VPN520", name: "acl-without-rules", severity: .error,
    summary: "a network ACL has no rules, so it denies all traffic of its subnets",
    why: """
      An ACL denies what none of its rules allows, in both directions. Nothing enters or leaves a subnet with an ACL that has \
      no rules; on a subnet of the VPN server no client can connect.
      """,
    repair: "Add a rule for each direction, or attach the subnets to another ACL.",
    source: "IBM VPC API, NetworkACL; IBM VPC documentation, about network ACLs",
    examples: [
      .bad(
        "a new ACL by the API",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - {name: ⟦closed⟧, rules: [], subnets: [app]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a rule each way",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - name: open
              subnets: [app]
              rules:
                - {direction: inbound, action: allow, protocol: icmp_tcp_udp}
                - {direction: outbound, action: allow, protocol: icmp_tcp_udp}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for (index, acl) in (analysis.model.vpc.networkACLs?.elements ?? []).enumerated() {
      guard let rules = acl.rules, rules.elements.isEmpty, !rules.isIncomplete else { continue }
      let subnets = analysis.model.vpc.subnets.elements.indices.filter {
        analysis.attachments.networkACL(ofSubnet: $0) == .known(index)
      }
      report(empty(acl, subnets.map { analysis.model.vpc.subnets.elements[$0] }))
    }
  }

  private static func empty(_ acl: NetworkACL, _ subnets: [Subnet]) -> Finding {
    let names = Words.list(subnets.map { "`\($0.name.value)`" }, limit: 2)
    return finding(
      subnets.isEmpty
        ? "\(acl.inWords) has no rules, so it denies everything"
        : "\(acl.inWords) has no rules, so nothing enters or leaves subnet\(subnets.count == 1 ? "" : "s") \(names)",
      Cause(acl.path), at: acl.name.span, "no rules"
    )
    .note("an ACL denies what none of its rules allows, in both directions")
    .help("add a rule that allows for each direction, or attach the subnets to another ACL")
  }
}
