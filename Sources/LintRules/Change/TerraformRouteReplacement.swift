import ClientVPN
import SourceText

/// A VPN server route that is replaced.
enum TerraformRouteReplacement: PlanRule {
  static let info = RuleInfo(
    code: "VPN942", name: "terraform-route-replacement", severity: .info,
    summary: "a plan deletes a VPN server route and creates it anew",
    why: """
      A route of a VPN server has no destination and no action that could be changed. Between its deletion and its \
      creation the server drops what it forwarded, and in split tunnel connected clients have to reconnect.
      """,
    repair:
      "Create the new route as a resource of its own first, and remove the old one when clients have reconnected.",
    source: "Terraform provider IBM-Cloud/ibm 2.5.0, ibm_is_vpn_server_route: destination and action force replacement",
    examples: [
      .bad(
        "another destination", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "values": {"name": "team-vpn", "client_ip_pool": "192.168.252.0/22"}}]}},
         "resource_changes": [
          {"address": "ibm_is_vpn_server_route.app", "mode": "managed", "type": "ibm_is_vpn_server_route", "name": "app",
           "change": {"actions": ["delete", "create"], "replace_paths": [["destination"]],
            "before": {"name": "app", "destination": "10.0.0.0/24"},
            "after": {"name": "app", ⟦"destination"⟧: "10.0.0.0/16"}}}]}
        """),
      .good(
        "another name", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "values": {"name": "team-vpn", "client_ip_pool": "192.168.252.0/22"}}]}},
         "resource_changes": [
          {"address": "ibm_is_vpn_server_route.app", "mode": "managed", "type": "ibm_is_vpn_server_route", "name": "app",
           "change": {"actions": ["update"],
            "before": {"name": "app", "destination": "10.0.0.0/24"},
            "after": {"name": "to-app", "destination": "10.0.0.0/24"}}}]}
        """),
    ])

  static func check(_ change: PlannedChange, _ report: (Finding) -> Void) {
    guard change.resource == .serverRoute,
      let attribute = change.replacement(by: "destination", "action", "vpn_server")
    else { return }
    report(replaced(change, attribute))
  }

  private static func replaced(_ change: PlannedChange, _ attribute: PlannedChange.Attribute) -> Finding {
    let (name, isDestination) = (attribute.name, attribute.name == "destination")
    return finding(
      "\(change.inWords) is deleted and created anew, because its `\(name)` changes", change, name, at: attribute.span,
      "the service cannot change this in place"
    )
    .note("between the two the server drops what the route forwarded; in split tunnel clients must reconnect")
    .help(
      isDestination
        ? "create a route to the new destination first, and remove this one when clients have reconnected"
        : "plan the apply for a time when few clients are connected")
  }
}
