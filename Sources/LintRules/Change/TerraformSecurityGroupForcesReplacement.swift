import ClientVPN
import SourceText

/// A VPN server that is replaced for the sake of a security group.
enum TerraformSecurityGroupForcesReplacement: PlanRule {
  static let info = RuleInfo(
    code: "VPN941", name: "terraform-security-group-forces-replacement", severity: .error,
    summary: "a plan destroys a VPN server because its security groups change",
    why: """
      The Terraform provider cannot change the security groups of a VPN server: it destroys the server and makes another \
      one. All clients are disconnected, and the new server has another hostname, so that every client needs a new profile.
      """,
    repair: "Leave `security_groups` out of the server, and attach groups with `ibm_is_security_group_target`.",
    source: "Terraform provider IBM-Cloud/ibm 2.5.0, ibm_is_vpn_server: security_groups forces replacement",
    examples: [
      .bad(
        "another security group", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "values": {"name": "team-vpn", "client_ip_pool": "192.168.252.0/22"}}]}},
         "resource_changes": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "change": {"actions": ["delete", "create"], "replace_paths": [["security_groups"]],
            "before": {"name": "team-vpn", "security_groups": ["r022-a"]},
            "after": {"name": "team-vpn", ⟦"security_groups"⟧: ["r022-b"]}}}]}
        """),
      .good(
        "another name", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "values": {"name": "team-vpn", "client_ip_pool": "192.168.252.0/22"}}]}},
         "resource_changes": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "change": {"actions": ["update"],
            "before": {"name": "vpn", "security_groups": ["r022-a"]},
            "after": {"name": "team-vpn", "security_groups": ["r022-a"]}}}]}
        """),
    ])

  static func check(_ change: PlannedChange, _ report: (Finding) -> Void) {
    guard change.resource == .vpnServer, let attribute = change.replacement(by: "security_groups") else { return }
    report(replaced(change, attribute))
  }

  private static func replaced(_ change: PlannedChange, _ attribute: PlannedChange.Attribute) -> Finding {
    finding(
      "\(change.inWords) is destroyed and made anew, because its security groups change", change, "security_groups",
      at: attribute.span, "the provider cannot change this in place"
    )
    .note("all clients are disconnected, and with the new hostname every client needs a new profile")
    .help(
      "leave `security_groups` out of the server, and attach groups with `ibm_is_security_group_target`",
      "the API attaches a group without disconnecting anybody")
  }
}
