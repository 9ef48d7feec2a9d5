import ClientVPN
import SourceText

/// An ACL whose rules are all rewritten.
enum TerraformACLFullRewrite: PlanRule {
  static let info = RuleInfo(
    code: "VPN948", name: "terraform-acl-full-rewrite", severity: .warning,
    summary: "a plan deletes all rules of a network ACL and creates them anew",
    why: """
      Without `incremental_rule_update` the Terraform provider deletes every rule of an ACL before it creates the new \
      ones. Until the last one is back, the ACL lets only some of the traffic through, or none.
      """,
    repair: "Set `incremental_rule_update` to true on the ACL.",
    source: "Terraform provider IBM-Cloud/ibm 2.5.0, documentation of ibm_is_network_acl",
    examples: [
      .bad(
        "another source", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_network_acl.main", "mode": "managed", "type": "ibm_is_network_acl", "name": "main",
           "values": {"name": "main", "rules": []}}]}},
         "resource_changes": [
          {"address": "ibm_is_network_acl.main", "mode": "managed", "type": "ibm_is_network_acl", "name": "main",
           "change": {"actions": ["update"],
            "before": {"name": "main", "rules": [
             {"name": "in", "action": "allow", "direction": "inbound", "source": "10.0.0.0/8", "destination": "0.0.0.0/0"}]},
            "after": {"name": "main", ⟦"rules"⟧: [
             {"name": "in", "action": "allow", "direction": "inbound", "source": "10.0.0.0/16", "destination": "0.0.0.0/0"}]}}}]}
        """),
      .good(
        "rule by rule", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_network_acl.main", "mode": "managed", "type": "ibm_is_network_acl", "name": "main",
           "values": {"name": "main", "rules": []}}]}},
         "resource_changes": [
          {"address": "ibm_is_network_acl.main", "mode": "managed", "type": "ibm_is_network_acl", "name": "main",
           "change": {"actions": ["update"],
            "before": {"name": "main", "incremental_rule_update": true, "rules": [
             {"name": "in", "action": "allow", "direction": "inbound", "source": "10.0.0.0/8", "destination": "0.0.0.0/0"}]},
            "after": {"name": "main", "incremental_rule_update": true, "rules": [
             {"name": "in", "action": "allow", "direction": "inbound", "source": "10.0.0.0/16", "destination": "0.0.0.0/0"}]}}}]}
        """),
    ])

  static func check(_ change: PlannedChange, _ report: (Finding) -> Void) {
    for (trap, span) in change.traps where trap == .rulesRewritten { report(rewritten(change, span)) }
  }

  private static func rewritten(_ change: PlannedChange, _ span: Span) -> Finding {
    finding(
      "all rules of \(change.inWords) are deleted and made anew", change, "rules", at: span,
      "a change here rewrites the whole list"
    )
    .note("until the last rule is back, the ACL lets only some of the traffic of its subnets through, or none")
    .help("set `incremental_rule_update = true` on the ACL")
  }
}
