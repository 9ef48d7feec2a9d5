import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A pushed route for a destination that the client has a row for.
enum RouteEqualsExistingClientRoute: ModelRule {
  static let info = RuleInfo(
    code: "VPN304", name: "route-equals-existing-client-route", severity: .error,
    summary: "a pushed route has the destination of a row that clients at a site have already",
    why: """
      The same configuration has two outcomes. Clients on macOS and Windows refuse a row they have: the pushed route is \
      missing, and its traffic never reaches the server. Linux puts the pushed row in front: the client's own network \
      or route is lost while connected.
      """,
    repair: "Use a narrower or wider destination, or remove the client's own route.",
    source: "IBM VPC documentation, planning for client VPN; measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "a static route to the same network",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        networks: [{name: plant, cidrs: [10.9.0.0/16], via: vpn_gateway, expect: any}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24}
              - {destination: ⟦10.9.0.0/16⟧}
        client_sites:
          - name: office
            os: windows
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            routes: [{destination: 10.9.0.0/16, gateway: 192.168.1.254}]
        """),
      .good(
        "a narrower route wins everywhere",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - name: office
            os: windows
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            routes: [{destination: 10.0.0.0/8, gateway: 192.168.1.254}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for site in server.sites {
        guard let model = site.model(in: analysis) else { continue }
        for shadow in site.shadows(of: server, in: analysis.model) {
          if case .equal(let route) = shadow.relation { report(equal(shadow, route, site, model, server)) }
        }
      }
    }
  }

  private static func equal(
    _ shadow: LANShadow, _ position: Int, _ site: SiteAnalysis, _ place: ClientSite, _ server: ServerAnalysis
  ) -> Finding {
    let route = server.table.routes[position]
    return finding(
      "\(route.inWords) has the destination of \(shadow.row.owner(at: place))",
      Cause(site.path(place, server), "\(route.network)", extent: route.network.range.extent),
      at: route.destination.span, "clients at \(place.inWords) have this row already"
    )
    .label(shadow.row.span, shadow.row.owner(at: place))
    .note(shadow.equalRowInWords(at: place))
    .note(
      route.action == .drop ? "the server drops these packets: a route with action `drop` is pushed as any other" : nil
    )
    .help("use a narrower destination, or remove the client's own route", server.server.routeChangeHelp)
  }
}
