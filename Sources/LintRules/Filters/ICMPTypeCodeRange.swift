import ClientVPN
import Forwarding
import SourceText

/// A type or code that no ICMP message has, or that stands where none can.
enum ICMPTypeCodeRange: ModelRule {
  static let info = RuleInfo(
    code: "VPN528", name: "icmp-type-code-range", severity: .error,
    summary: "the ICMP type or code of a rule is out of range, or stands where it has no meaning",
    why: "The service refuses the rule.",
    repair: """
      Write a type from 0 to 254 and a code from 0 to 255, in rules for `icmp` alone; a code needs a type. An echo request is \
      type 8, code 0.
      """,
    source: "IBM VPC API, NetworkACLRule and SecurityGroupRule; Terraform provider",
    examples: [
      .bad(
        "no such type",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: app
              rules: [{direction: inbound, protocol: icmp, remote: 192.168.252.0/22, type: ⟦255⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "a code without a type",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: app
              rules: [{direction: inbound, protocol: icmp, remote: 192.168.252.0/22, code: ⟦0⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
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
    let (types, codes) = (analysis.model.provider.filters.icmpTypes, analysis.model.provider.filters.icmpCodes)
    analysis.model.vpc.forEachFilterRule { rule in
      guard let first = rule.icmpType ?? rule.icmpCode else { return }
      if rule.transport.value != "icmp" { return report(withoutICMP(first, rule)) }
      let lost = analysis.lostInWords(by: first.span)
      if let type = rule.icmpType, !types.contains(type.value) {
        report(outOfRange(type, "type", types, rule).note(lost))
      } else if let code = rule.icmpCode, !codes.contains(code.value) {
        report(outOfRange(code, "code", codes, rule).note(lost))
      } else if let code = rule.icmpCode, rule.icmpType == nil {
        report(withoutType(code, rule).note(lost))
      }
    }
  }

  private static func outOfRange(
    _ number: Field<Int>, _ what: String, _ range: ClosedRange<Int>, _ rule: WrittenFilterRule
  ) -> Finding {
    finding(
      "\(rule.inWords) has ICMP \(what) \(number.value), which the service refuses", rule.cause("icmp"),
      at: number.span,
      "not \(range.lowerBound) to \(range.upperBound)"
    )
    .help("write a \(what) from \(range.lowerBound) to \(range.upperBound), or none for all of them")
  }

  private static func withoutType(_ code: Field<Int>, _ rule: WrittenFilterRule) -> Finding {
    finding("\(rule.inWords) has an ICMP code and no type", rule.cause("icmp"), at: code.span, "a code of which type?")
      .help("add the type that the code belongs to, or remove the code")
  }

  private static func withoutICMP(_ number: Field<Int>, _ rule: WrittenFilterRule) -> Finding {
    finding(
      "\(rule.inWords) has an ICMP type or code for protocol `\(rule.transport.value)`", rule.cause("icmp"),
      at: number.span, "only rules for `icmp` have types and codes"
    )
    .label(rule.transport.span, "not `icmp`")
    .help("remove it, or write `icmp` as the protocol")
  }
}
