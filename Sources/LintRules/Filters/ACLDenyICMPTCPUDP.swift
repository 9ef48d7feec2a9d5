import ClientVPN
import Forwarding
import SourceText

/// A rule of an ACL that denies a protocol which rules can only allow.
enum ACLDenyICMPTCPUDP: ModelRule {
  static let info = RuleInfo(
    code: "VPN523", name: "acl-deny-icmp-tcp-udp", severity: .error,
    summary: "a rule of a network ACL denies `icmp_tcp_udp`, which the service only takes in rules that allow",
    why: "The service refuses the rule, or the whole ACL if it is created with it.",
    repair: "Deny `any`, or write three rules that deny `icmp`, `tcp` and `udp`.",
    source: "IBM VPC API, NetworkACLRulePrototype",
    examples: [
      .bad(
        "a last rule that denies the rest",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - name: main
              rules:
                - {direction: inbound, action: allow, protocol: icmp_tcp_udp, source: 192.168.252.0/22}
                - {name: rest, direction: inbound, action: deny, protocol: ⟦icmp_tcp_udp⟧}
                - {direction: outbound, action: allow, protocol: icmp_tcp_udp}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "any is denied",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - name: main
              rules:
                - {direction: inbound, action: allow, protocol: icmp_tcp_udp, source: 192.168.252.0/22}
                - {name: rest, direction: inbound, action: deny, protocol: any}
                - {direction: outbound, action: allow, protocol: icmp_tcp_udp}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for acl in analysis.model.vpc.networkACLs?.elements ?? [] {
      for rule in acl.rules?.elements ?? []
      where !rule.allows.value && rule.transport.value == "icmp_tcp_udp" {
        report(denies(rule, WrittenFilterRule(rule, of: .init(acl))))
      }
    }
  }

  private static func denies(_ rule: ACLRule, _ written: WrittenFilterRule) -> Finding {
    finding(
      "\(written.inWords) denies `icmp_tcp_udp`, which the service refuses", written.cause("protocol"),
      at: rule.transport.span, "only rules that allow take this protocol"
    )
    .label(rule.allows.span, "denies")
    .help("write `any`, or three rules that deny `icmp`, `tcp` and `udp`")
  }
}
