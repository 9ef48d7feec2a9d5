import ClientVPN
import SourceText

/// A VPN server without a name.
enum TerraformServerNameUnset: PlanRule {
  static let info = RuleInfo(
    code: "VPN945", name: "terraform-server-name-unset", severity: .warning,
    summary: "a VPN server has no name in the configuration",
    why: """
      The service invents a name for such a server. The Terraform provider does not take that for its own, so every later \
      plan is likely to show a change.
      """,
    repair: "Set `name` on the server.",
    source: "Terraform provider IBM-Cloud/ibm 2.5.0, ibm_is_vpn_server: name is optional and not computed",
    examples: [
      .bad(
        "no name", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "values": {"client_ip_pool": "192.168.252.0/22"}}]}},
         "resource_changes": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "change": {"actions": ["create"],
            "before": null,
            "after": ⟦{⟧"client_ip_pool": "192.168.252.0/22"}}}]}
        """),
      .good(
        "a name", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "values": {"name": "team-vpn", "client_ip_pool": "192.168.252.0/22"}}]}},
         "resource_changes": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "change": {"actions": ["create"],
            "before": null,
            "after": {"name": "team-vpn", "client_idle_timeout": 0}}}]}
        """),
    ])

  static func check(_ change: PlannedChange, _ report: (Finding) -> Void) {
    for (trap, span) in change.traps where trap == .nameUnset { report(nameless(change, span)) }
  }

  private static func nameless(_ change: PlannedChange, _ span: Span) -> Finding {
    finding("VPN server `\(change.address)` has no name", change, "name", at: span, "no `name` here")
      .note("the service invents one, which every later plan is likely to show as a change")
      .help("set `name` on the server; a change of the name disconnects nobody")
  }
}
