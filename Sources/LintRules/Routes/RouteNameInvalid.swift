import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A name of a server route that the service refuses.
enum RouteNameInvalid: ModelRule {
  static let info = RuleInfo(
    code: "VPN221", name: "route-name-invalid", severity: .error,
    summary: "the service does not take the name of a server route",
    why: "The service refuses to create the route, so what it names is not reached.",
    repair: """
      Use lower-case letters, digits and hyphens, at most 63 characters, a letter first and no hyphen last.
      """,
    source: "IBM VPC API, names; validators of the Terraform provider",
    examples: [
      .bad(
        "capitals and an underscore",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{name: ⟦To_App⟧, destination: 10.0.0.0/24, action: deliver}]
        """),
      .good(
        "a name that the service takes",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{name: to-app, destination: 10.0.0.0/24, action: deliver}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let provider = analysis.model.provider
    for server in analysis.model.servers {
      let routes = server.routes?.elements ?? []
      for index in routes.indices {
        guard let name = routes[index].name, !provider.isValidName(name.value) else { continue }
        report(refused(name, routes[index], of: server, provider))
      }
    }
  }

  private static func refused(
    _ name: Field<String>, _ route: ServerRoute, of server: VPNServer, _ provider: ProviderProfile
  ) -> Finding {
    finding(
      "the service refuses the route name `\(name.value)`",
      Cause(server.routesPath, "\(name.value)/name", extent: route.network.range.extent), at: name.span,
      "not a name of a VPN server route"
    )
    .note(
      """
      names have lower-case letters, digits and hyphens, a letter first, no hyphen last, at most \
      \(provider.longestName) characters
      """
    )
    .help("rename the route; of a route the name alone can be changed in place")
  }
}
