import ClientVPN
import Forwarding
import SourceText

/// Something that an imported text does not tell, so that a verdict is undetermined.
enum InputIncomplete: ModelRule {
  static let info = RuleInfo(
    code: "VPN019", name: "input-incomplete", severity: .info,
    summary: "the input does not tell something that decides what clients reach",
    why: """
      A plan of Terraform leaves out what is not known until apply, and an answer of the API holds one kind of resource \
      alone. Where references of the configuration and other files do not help, what depends on it is undetermined: it \
      is neither taken for granted nor called a fault. A model file says the same by `not_known`, with the names of keys.
      """,
    repair: "Add the output that is named, or judge the plan again after apply from the state.",
    source: "README, \"Importing\"",
    examples: [
      .bad(
        "a server whose routes are in another file", json: true,
        """
        [{"resource_type": "vpn_server", "id": "r022-1", "name": ⟦"team-vpn"⟧, "client_ip_pool": "192.168.252.0/22",
          "enable_split_tunneling": true, "href": "https://jp-tok.iaas.cloud.ibm.com/v1/vpn_servers/r022-1"},
         {"resource_type": "subnet", "name": "app", "ipv4_cidr_block": "10.0.0.0/24"}]
        """),
      .good(
        "a server with its routes", json: true,
        """
        {"vpn_servers": [{"resource_type": "vpn_server", "id": "r022-1", "name": "team-vpn",
           "client_ip_pool": "192.168.252.0/22", "enable_split_tunneling": true}],
         "routes": [{"resource_type": "vpn_server_route", "destination": "10.0.0.0/24", "action": "deliver",
           "href": "https://jp-tok.iaas.cloud.ibm.com/v1/vpn_servers/r022-1/routes/r022-2"}],
         "subnets": [{"resource_type": "subnet", "name": "app", "ipv4_cidr_block": "10.0.0.0/24"}]}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    // Where nobody connects nothing is judged that could be undetermined, unless a server itself is what is missing.
    let hasServers = !analysis.model.servers.isEmpty
    for gap in analysis.model.gaps where hasServers || gap.isAboutServers {
      report(
        finding(gap.fact, Cause(gap.resource, "\(gap.field)/gap"), at: gap.span, "the input says no more than this")
          .note(gap.consequence))
    }
  }
}
