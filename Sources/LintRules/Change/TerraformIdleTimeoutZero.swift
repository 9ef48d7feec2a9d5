import ClientVPN
import SourceText

/// A VPN server that is created with an idle timeout of 0.
enum TerraformIdleTimeoutZero: PlanRule {
  static let info = RuleInfo(
    code: "VPN944", name: "terraform-idle-timeout-zero", severity: .warning,
    summary: "a plan creates a VPN server with an idle timeout of 0, which the provider does not send",
    why: """
      The Terraform provider leaves a timeout of 0 out when it creates a server, and the service takes its default of 600 \
      seconds. The next apply sets 0, and disconnects all clients.
      """,
    repair: "Apply twice before people connect, or set a timeout above 0.",
    source: "Terraform provider IBM-Cloud/ibm 2.5.0, ibm_is_vpn_server: creation leaves out values of 0",
    examples: [
      .bad(
        "a timeout of 0", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "values": {"name": "team-vpn", "client_ip_pool": "192.168.252.0/22"}}]}},
         "resource_changes": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "change": {"actions": ["create"],
            "before": null,
            "after": {"name": "team-vpn", "client_idle_timeout": ⟦0⟧}}}]}
        """),
      .good(
        "a timeout of 8 hours", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "values": {"name": "team-vpn", "client_ip_pool": "192.168.252.0/22"}}]}},
         "resource_changes": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "change": {"actions": ["create"],
            "before": null,
            "after": {"name": "team-vpn", "client_idle_timeout": 28800}}}]}
        """),
    ])

  static func check(_ change: PlannedChange, _ report: (Finding) -> Void) {
    for (trap, span) in change.traps where trap == .idleTimeoutZero { report(left(change, span)) }
  }

  private static func left(_ change: PlannedChange, _ span: Span) -> Finding {
    finding(
      "\(change.inWords) will disconnect idle clients after 600 seconds, not never", change, "client_idle_timeout",
      at: span, "the provider does not send 0 when it creates a server"
    )
    .note("the next apply sets 0 and disconnects all clients")
    .help("apply twice before people connect, or set a timeout above 0")
  }
}
