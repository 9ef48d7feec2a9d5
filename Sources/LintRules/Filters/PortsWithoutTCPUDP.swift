import ClientVPN
import Forwarding
import SourceText

/// A rule with ports for a protocol that has none.
enum PortsWithoutTCPUDP: ModelRule {
  static let info = RuleInfo(
    code: "VPN526", name: "ports-without-tcp-udp", severity: .error,
    summary: "a rule has ports, and its protocol is neither `tcp` nor `udp`",
    why: "The service refuses the rule: ports belong to rules for one of these two protocols.",
    repair: "Write `tcp` or `udp`, in two rules if both are meant, or remove the ports.",
    source: "IBM VPC API, NetworkACLRule and SecurityGroupRule; Terraform provider",
    examples: [
      .bad(
        "ports for several protocols at once",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - name: main
              rules:
                - {direction: inbound, action: allow, protocol: icmp_tcp_udp, destination_ports: ⟦443⟧}
                - {direction: outbound, action: allow, protocol: icmp_tcp_udp}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "ports for TCP",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - name: main
              rules:
                - {direction: inbound, action: allow, protocol: tcp, destination_ports: 443}
                - {direction: outbound, action: allow, protocol: icmp_tcp_udp}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    analysis.model.vpc.forEachFilterRule { rule in
      guard !["tcp", "udp", "icmp"].contains(rule.transport.value), let (port, what) = rule.firstPort else { return }
      report(hasPorts(rule, port, what))
    }
  }

  private static func hasPorts(_ rule: WrittenFilterRule, _ port: Field<Int>, _ what: String) -> Finding {
    finding(
      "\(rule.inWords) has \(what) for protocol `\(rule.transport.value)`", rule.cause("ports"), at: port.span,
      "only rules for `tcp` or `udp` have ports"
    )
    .label(rule.transport.span, "neither `tcp` nor `udp`")
    .help("write `tcp` or `udp`, in two rules if both are meant, or remove the \(what)")
  }
}
