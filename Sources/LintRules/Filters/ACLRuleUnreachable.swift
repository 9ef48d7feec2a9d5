import ClientVPN
import Forwarding
import SourceText

/// A rule of an ACL that never decides.
enum ACLRuleUnreachable: ModelRule {
  static let info = RuleInfo(
    code: "VPN522", name: "acl-rule-unreachable", severity: .warning,
    summary: "a rule of a network ACL never applies, because earlier rules match all that it matches",
    why: """
      The first rule of a direction that matches a packet decides about it. What a later rule says about the same \
      packets has no effect: an exception that stands after the rule it is an exception from does nothing.
      """,
    repair: "Move the rule before the ones that match its packets, narrow these, or remove it.",
    source: "IBM VPC documentation, setting up network ACLs",
    examples: [
      .bad(
        "an exception that comes too late",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - name: main
              rules:
                - {name: all, direction: inbound, action: allow, protocol: any}
                - {name: ⟦not-these⟧, direction: inbound, action: deny, protocol: any, source: 192.168.253.0/24}
                - {name: out, direction: outbound, action: allow, protocol: any}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "two halves cover a whole",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - name: main
              rules:
                - {name: low, direction: inbound, action: allow, protocol: tcp, destination_ports: 1-1023}
                - {name: high, direction: inbound, action: allow, protocol: tcp, destination_ports: 1024-65535}
                - {name: ⟦web⟧, direction: inbound, action: allow, protocol: tcp, destination_ports: 443-8443}
                - {name: out, direction: outbound, action: allow, protocol: any}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the exception comes first",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - name: main
              rules:
                - {name: not-these, direction: inbound, action: deny, protocol: any, source: 192.168.253.0/24}
                - {name: all, direction: inbound, action: allow, protocol: any}
                - {name: out, direction: outbound, action: allow, protocol: any}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for acl in analysis.model.vpc.networkACLs?.elements ?? [] {
      guard let rules = acl.rules else { continue }
      // A rule that could not be read takes nothing away from what the others match before.
      for covered in acl.coveredRules {
        report(never(rules.elements[covered.rule], covered, covered.coveredBy.map { rules.elements[$0] }, acl))
      }
    }
  }

  private static func never(
    _ rule: ACLRule, _ covered: CoveredACLRule, _ earlier: [ACLRule], _ acl: NetworkACL
  ) -> Finding {
    let written = WrittenFilterRule(rule, of: .init(acl))
    let effect = rule.allows.value ? "allows" : "denies"
    let changes = earlier.contains { $0.allows.value != rule.allows.value }
    var result = finding(
      "\(written.inWords) never applies", written.cause("order"), at: rule.name?.span ?? rule.span,
      "all that it \(effect) is decided before"
    )
    for other in earlier.prefix(labelsAtMost) {
      result = result.label(
        other.name?.span ?? other.span,
        "\(other.allows.value ? "allows" : "denies") \(earlier.count == 1 ? "all" : "part") of it first")
    }
    return
      result
      .note("of the rules of one direction, the first that matches a packet decides")
      .help(
        changes
          ? "move the rule before those that decide its packets, or remove it"
          : "remove the rule: what it \(effect), earlier rules \(rule.allows.value ? "allow" : "deny") already")
  }

  private static let labelsAtMost = 4
}
