import ClientVPN
import Forwarding
import SourceText

/// A port range that is none.
enum PortMinMaxOrder: ModelRule {
  static let info = RuleInfo(
    code: "VPN527", name: "port-min-max-order", severity: .error,
    summary: "a port range of a rule is upside down, out of range or has only one end",
    why: "The service refuses the rule. A range that is upside down contains no port.",
    repair: "Write the lower port first, both from 1 to 65535. For a single port write it twice.",
    source: "IBM VPC API, NetworkACLRule and SecurityGroupRule; Terraform provider",
    examples: [
      .bad(
        "upside down",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: app
              rules: [{direction: inbound, protocol: tcp, remote: 192.168.252.0/22, port_min: ⟦8443⟧, port_max: 443}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "only one end",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: app
              rules: [{direction: inbound, protocol: tcp, remote: 192.168.252.0/22, port_min: ⟦443⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "no such port",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - name: main
              rules:
                - {direction: inbound, action: allow, protocol: udp, destination_ports: ⟦1024-65536⟧}
                - {direction: outbound, action: allow, protocol: icmp_tcp_udp}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a range and a single port",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: app
              rules:
                - {direction: inbound, protocol: tcp, remote: 192.168.252.0/22, port_min: 8000, port_max: 8999}
                - {direction: inbound, protocol: tcp, remote: 192.168.252.0/22, ports: 443}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let known = analysis.model.provider.filters.ports
    analysis.model.vpc.forEachFilterRule { rule in
      guard ["tcp", "udp"].contains(rule.transport.value) else { return }
      for (bounds, what) in rule.ports {
        if let flaw = Flaw(bounds, known) {
          report(
            wrong(flaw, bounds, what, rule, known).note(analysis.lostInWords(by: bounds.min?.span ?? bounds.max?.span)))
        }
      }
    }
  }

  /// What is wrong with a range.
  private enum Flaw {
    case upsideDown(Field<Int>, Field<Int>)
    case outOfRange(Field<Int>)
    case oneEnd(Field<Int>, isLower: Bool)

    init?(_ bounds: PortBounds, _ known: ClosedRange<Int>) {
      if let outside = [bounds.min, bounds.max].compactMap(\.self).first(where: { !known.contains($0.value) }) {
        self = .outOfRange(outside)
        return
      }
      switch (bounds.min, bounds.max) {
      case (let low?, let high?):
        if low.value <= high.value { return nil }
        self = .upsideDown(low, high)
      case (let low?, nil): self = .oneEnd(low, isLower: true)
      case (nil, let high?): self = .oneEnd(high, isLower: false)
      case (nil, nil): return nil
      }
    }
  }

  private static func wrong(
    _ flaw: Flaw, _ bounds: PortBounds, _ what: String, _ rule: WrittenFilterRule, _ known: ClosedRange<Int>
  ) -> Finding {
    let cause = rule.cause(what)
    switch flaw {
    case .upsideDown(let low, let high):
      return finding(
        "the \(what) of \(rule.inWords) go from \(low.value) down to \(high.value)", cause, at: low.span,
        "the lower end is above the upper one"
      )
      .label(high.span == low.span ? nil : high.span, "the upper end")
      .help("write \(high.value) as the lower end and \(low.value) as the upper one")
    case .outOfRange(let port):
      return finding(
        "the \(what) of \(rule.inWords) name port \(port.value), which does not exist", cause, at: port.span,
        "ports are \(known.lowerBound) to \(known.upperBound)"
      )
      .help("write ports from \(known.lowerBound) to \(known.upperBound), or none for all of them")
    case .oneEnd(let port, let isLower):
      return finding(
        "the \(what) of \(rule.inWords) have only \(isLower ? "a lower" : "an upper") end", cause, at: port.span,
        "the \(isLower ? "upper" : "lower") end is missing"
      )
      .note("the service takes both ends or none")
      .help("add the \(isLower ? "upper" : "lower") end: \(port.value) again for a single port")
    }
  }
}
