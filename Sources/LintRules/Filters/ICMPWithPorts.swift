import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A rule for ICMP with ports.
enum ICMPWithPorts: ModelRule {
  static let info = RuleInfo(
    code: "VPN525", name: "icmp-with-ports", severity: .error,
    summary: "a rule or an expectation for ICMP has ports, which ICMP does not know",
    why: """
      The service refuses the rule. The ports probably belong to TCP or UDP, whose traffic the rule does not let through.
      Of an expectation that asks for a port of ICMP nothing can be judged.
      """,
    repair: """
      Remove the ports, or write `tcp` or `udp`. Messages of ICMP are told apart by `type` and `code`.
      """,
    source: "IBM VPC API, NetworkACLRule and SecurityGroupRule; Terraform provider",
    examples: [
      .bad(
        "a ping to a port",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: app
              rules: [{direction: inbound, protocol: icmp, remote: 192.168.252.0/22, port_min: ⟦443⟧, port_max: 443}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "an expectation",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        expectations: [{to: app, protocol: icmp, port: ⟦22⟧, expect: reachable}]
        """),
      .good(
        "an echo request",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: app
              rules: [{direction: inbound, protocol: icmp, remote: 192.168.252.0/22, type: 8, code: 0}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    analysis.model.vpc.forEachFilterRule { rule in
      guard rule.transport.value == "icmp", let (port, what) = rule.firstPort else { return }
      report(hasPorts(rule, port, what))
    }
    for expectation in analysis.model.expectations?.elements ?? [] {
      if expectation.transport?.value == .icmp, let port = expectation.port { report(hasPort(expectation, port)) }
    }
  }

  private static func hasPort(_ expectation: Expectation, _ port: Field<Int>) -> Finding {
    let to = expectation.to.value
    return finding(
      "expectation `\(to)` has a port for ICMP", Cause("expectations/\(to)", "port"), at: port.span, "ICMP has no ports"
    )
    .label(expectation.transport?.span, "this protocol has no ports")
    .note("nothing is judged for this entry")
    .help("remove the port, or write `tcp` or `udp` as the protocol")
  }

  private static func hasPorts(_ rule: WrittenFilterRule, _ port: Field<Int>, _ what: String) -> Finding {
    finding("\(rule.inWords) has \(what) for ICMP", rule.cause("ports"), at: port.span, "ICMP has no ports")
      .label(rule.transport.span, "this protocol has types and codes in place of ports")
      .help("remove the \(what), or write `tcp` or `udp` as the protocol")
  }
}
