import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A pushed route inside the LAN of a client site.
enum RouteCapturesClientLAN: ModelRule {
  static let info = RuleInfo(
    code: "VPN303", name: "route-captures-client-lan", severity: .warning,
    summary: "a pushed route lies inside the LAN of a client site and takes that part of it away",
    why: """
      The pushed row is narrower than the LAN's, so a printer or a file server with such an address goes into the \
      tunnel while connected. It is an error if the LAN's own gateway, often the resolver too, is among the addresses.
      """,
    repair: "Choose a destination outside the LANs of client sites, or renumber the subnet behind it.",
    source: "measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "half of a home LAN",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 192.168.1.128/25}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.30.0.0/22
            enable_split_tunneling: true
            routes: [{destination: ⟦192.168.1.128/25⟧}]
        client_sites:
          - {name: home, os: linux, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1}
        """),
      .good(
        "a route elsewhere",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.30.0.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - {name: home, os: linux, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for site in server.sites {
        guard let model = site.model(in: analysis) else { continue }
        for capture in site.captures(of: server) { report(captured(capture, site, model, server)) }
      }
    }
  }

  private static func captured(
    _ capture: LANCapture, _ site: SiteAnalysis, _ place: ClientSite, _ server: ServerAnalysis
  ) -> Finding {
    let route = server.table.routes[capture.route]
    let lan = capture.lan.destination.map { "\($0)" } ?? ""
    return finding(
      "\(route.inWords) takes part of the LAN of \(place.inWords) into the tunnel",
      Cause(site.path(place, server), "\(route.network)", extent: route.network.range.extent),
      at: route.destination.span, "lies inside LAN \(lan)", severity: capture.holdsGateway ? .error : nil
    )
    .label(place.lan?.span, "the LAN of \(place.inWords)")
    .label(capture.holdsGateway ? place.gateway?.span : nil, "the LAN's gateway, which goes into the tunnel too")
    .note(
      "while connected, clients there cannot reach the \(Words.count(route.network.count, "address", "addresses")) of their LAN in it"
    )
    .note(
      route.action == .drop ? "the server drops these packets: a route with action `drop` is pushed as any other" : nil
    )
    .help("choose a destination outside the LAN, or renumber what lies behind it", server.server.routeChangeHelp)
  }
}
