import ClientVPN
import SourceText

/// A change of the authentication that may drop a revocation list.
enum TerraformCRLUnsupported: PlanRule {
  static let info = RuleInfo(
    code: "VPN946", name: "terraform-crl-unsupported", severity: .warning,
    summary: "a plan changes the authentication of a VPN server, which may drop its revocation list",
    why: """
      The Terraform provider has no argument for a revocation list. When it changes the authentication of a server it sends \
      the ways of authentication without one, so a list that was uploaded otherwise is lost, and revoked certificates \
      are likely to work again.
      """,
    repair: "Upload the revocation list again, with the API or the command line, after the apply.",
    source: "Terraform provider IBM-Cloud/ibm 2.5.0, ibm_is_vpn_server: client_authentication has no crl",
    examples: [
      .bad(
        "another client CA", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "values": {"name": "team-vpn", "client_ip_pool": "192.168.252.0/22"}}]}},
         "resource_changes": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "change": {"actions": ["update"],
            "before": {"name": "team-vpn", "client_authentication": [{"method": "certificate", "client_ca_crn": "crn:a"}]},
            "after": {"name": "team-vpn",
             ⟦"client_authentication"⟧: [{"method": "certificate", "client_ca_crn": "crn:b"}]}}}]}
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
            "before": {"name": "vpn", "client_authentication": [{"method": "certificate", "client_ca_crn": "crn:a"}]},
            "after": {"name": "team-vpn", "client_authentication": [{"method": "certificate", "client_ca_crn": "crn:a"}]}}}]}
        """),
    ])

  static func check(_ change: PlannedChange, _ report: (Finding) -> Void) {
    for (trap, span) in change.traps where trap == .certificateAuthentication { report(dropping(change, span)) }
  }

  private static func dropping(_ change: PlannedChange, _ span: Span) -> Finding {
    finding(
      "\(change.inWords) loses its revocation list with this change, if one was uploaded", change, "crl", at: span,
      "sent without a revocation list"
    )
    .note("the provider has no argument for it; without the list revoked certificates are likely to work again")
    .help("upload the list again with the API or the command line after the apply")
  }
}
