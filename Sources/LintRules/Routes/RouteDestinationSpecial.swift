import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route to addresses that no network behind a server can have.
enum RouteDestinationSpecial: ModelRule {
  static let info = RuleInfo(
    code: "VPN224", name: "route-destination-special", severity: .error,
    summary: "a route leads to loopback, link-local, multicast or reserved addresses",
    why: """
      No host behind the server can have such an address. Clients take the route without a word, and in split tunnel \
      it takes link-local and multicast traffic, such as printers that announce themselves, away from their own network.
      """,
    repair: "Remove the route.",
    source: "RFC 6890; that OpenVPN takes such routes is measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "loopback, link-local and multicast",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24}
              - {destination: ⟦127.0.0.0/8⟧}
              - {destination: ⟦169.254.169.254/32⟧, action: translate}
              - {destination: ⟦224.0.0.0/3⟧, action: drop}
        """),
      .good(
        "the VPC alone",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for index in server.table.inForce {
        guard let kind = AddressPlan.specialKind(of: server.table.networks[index]) else { continue }
        report(leads(server.table.routes[index], to: kind, server.server))
      }
    }
  }

  private static func leads(_ route: ServerRoute, to kind: AddressPlan.SpecialKind, _ server: VPNServer) -> Finding {
    finding(
      "\(route.inWords) of \(server.inWords) leads to \(kind.rawValue) addresses",
      Cause(server.routesPath, route.network.description, extent: route.network.range.extent),
      at: route.destination.span, "no host behind the server can have an address of \(route.network)"
    )
    .help("remove the route", server.routeChangeHelp)
  }
}
