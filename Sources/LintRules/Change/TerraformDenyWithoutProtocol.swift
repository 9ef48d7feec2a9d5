import ClientVPN
import SourceText

/// A rule that denies without a protocol.
enum TerraformDenyWithoutProtocol: PlanRule {
  static let info = RuleInfo(
    code: "VPN947", name: "terraform-deny-without-protocol", severity: .info,
    summary: "a rule of a network ACL denies and names no protocol",
    why: """
      For want of a protocol the Terraform provider sends `any` with a rule that denies, and `icmp_tcp_udp` with one that \
      allows: two rules that look like opposites are about different traffic.
      """,
    repair: "Write the protocol of each rule.",
    source: "Terraform provider IBM-Cloud/ibm 2.5.0, ibm_is_network_acl: protocol of a rule",
    examples: [
      .bad(
        "no protocol", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_network_acl.main", "mode": "managed", "type": "ibm_is_network_acl", "name": "main",
           "values": {"name": "main", "rules": []}}]}},
         "resource_changes": [
          {"address": "ibm_is_network_acl.main", "mode": "managed", "type": "ibm_is_network_acl", "name": "main",
           "change": {"actions": ["create"],
            "before": null,
            "after": {"name": "main", "rules": [
             {"name": ⟦"deny-all"⟧, "action": "deny", "direction": "inbound", "source": "0.0.0.0/0",
              "destination": "0.0.0.0/0"}]}}}]}
        """),
      .good(
        "a protocol", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_network_acl.main", "mode": "managed", "type": "ibm_is_network_acl", "name": "main",
           "values": {"name": "main", "rules": []}}]}},
         "resource_changes": [
          {"address": "ibm_is_network_acl.main", "mode": "managed", "type": "ibm_is_network_acl", "name": "main",
           "change": {"actions": ["create"],
            "before": null,
            "after": {"name": "main", "rules": [
             {"name": "deny-all", "action": "deny", "direction": "inbound", "source": "0.0.0.0/0",
              "destination": "0.0.0.0/0", "protocol": "any"}]}}}]}
        """),
    ])

  static func check(_ change: PlannedChange, _ report: (Finding) -> Void) {
    for (trap, span) in change.traps {
      if case .denyWithoutProtocol(let rule) = trap { report(unclear(change, rule, span)) }
    }
  }

  private static func unclear(_ change: PlannedChange, _ rule: String, _ span: Span) -> Finding {
    finding(
      "rule `\(rule)` of \(change.inWords) denies every protocol, because it names none", change,
      "rules/\(rule)/protocol", at: span, "no `protocol` here"
    )
    .note("the provider sends `any` with a rule that denies, but `icmp_tcp_udp` with one that allows")
    .help("write `protocol` into the rule")
  }
}
