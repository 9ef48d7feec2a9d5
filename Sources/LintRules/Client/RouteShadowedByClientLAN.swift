import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client's own row that takes addresses of the VPC.
enum RouteShadowedByClientLAN: ModelRule {
  static let info = RuleInfo(
    code: "VPN302", name: "route-shadowed-by-client-lan", severity: .error,
    summary: "a client site's LAN or own route takes addresses that clients should reach through the tunnel",
    why: """
      The longest prefix decides on the client. Its LAN and its static routes are narrower than the two halves of full \
      tunnel and than any pushed route around them, so those addresses stay outside the tunnel, without a message. \
      Where a pushed route equals such a row there are two outcomes: macOS and Windows refuse the push, so the VPC's \
      addresses are not reached; Linux puts the pushed row in front, so the LAN is lost.
      """,
    repair: "Renumber the subnet or the site, or remove the site's route; a narrower VPN server route wins over a LAN.",
    source: "IBM VPC documentation, planning for client VPN; measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "a subnet with the range of a home LAN, in full tunnel",
        without: ["full-tunnel-without-default-route"],
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: ⟦192.168.1.0/24⟧}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.30.0.0/22
            routes: [{destination: 192.168.1.0/24}]
        client_sites:
          - {name: home, os: macos, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1}
        """),
      .bad(
        "a pushed route that equals the LAN",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 192.168.1.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.30.0.0/22
            enable_split_tunneling: true
            routes: [{destination: ⟦192.168.1.0/24⟧}]
        client_sites:
          - {name: home, os: macos, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1}
        """),
      .bad(
        "a static route of the client inside a pushed one",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.1.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: ⟦10.1.0.0/24⟧}]
        client_sites:
          - name: office
            os: linux
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            routes: [{destination: 10.1.0.128/25, gateway: 192.168.1.254}]
        """),
      .good(
        "the subnet lies elsewhere",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.1.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.1.0.0/24}]
        client_sites:
          - {name: home, os: macos, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for site in server.sites {
        guard let model = site.model(in: analysis) else { continue }
        for shadow in site.shadows(of: server, in: analysis.model) where shadow.witness != nil {
          report(shadowed(shadow, site, model, server, analysis.model))
        }
      }
    }
  }

  private static func shadowed(
    _ shadow: LANShadow, _ site: SiteAnalysis, _ place: ClientSite, _ server: ServerAnalysis, _ model: Model
  ) -> Finding {
    let range = shadow.row.destination.map { "\($0)" } ?? ""
    let subnets = shadow.subnets.map { model.vpc.subnets.elements[$0] }
    let networks = shadow.networks.compactMap { model.networks?.elements[$0] }
    let what = Words.list(subnets.map(\.inWords) + networks.map(\.inWords))
    let route = shadow.relation.route.map { server.table.routes[$0] }
    let block = subnets.first?.block.span ?? networks.first?.cidrs.first?.span
    var finding = finding(
      headline(shadow, route, place, what),
      Cause(site.path(place, server), range, extent: shadow.row.destination?.range.extent),
      at: route?.destination.span ?? block ?? server.server.name.span, label(shadow, range))
    finding = finding.label(shadow.row.span, shadow.row.owner(at: place))
    if route != nil { finding = finding.label(block, what) }
    return finding.note(outcome(shadow, place))
      .help(help(shadow), server.server.mode == .split ? server.server.routeChangeHelp : nil)
      .evidence(server.evidence(to: shadow.witness, in: model, from: site))
  }

  /// On Linux the pushed one of two equal rows wins; a site without `os` may be of any system.
  private static func headline(
    _ shadow: LANShadow, _ route: ServerRoute?, _ site: ClientSite, _ what: String
  ) -> String {
    let own = shadow.row.owner(at: site)
    guard let route, shadow.equalRow == .pushed else { return "\(own) takes addresses of \(what)" }
    return site.system == nil ? "\(route.inWords) has the destination of \(own)" : "\(route.inWords) takes over \(own)"
  }

  private static func label(_ shadow: LANShadow, _ range: String) -> String {
    switch shadow.relation {
    case .fullTunnel: "has addresses in \(range)"
    case .inside: "contains \(range), which is narrower and wins on the client"
    case .equal: "is the same network"
    }
  }

  private static func outcome(_ shadow: LANShadow, _ site: ClientSite) -> String {
    switch shadow.relation {
    case .fullTunnel:
      "the row is narrower than 0.0.0.0/1 and 128.0.0.0/1: clients at \(site.inWords) send these packets outside the tunnel"
    case .inside: "clients at \(site.inWords) send these packets outside the tunnel, and no message says so"
    case .equal: shadow.equalRowInWords(at: site)
    }
  }

  private static func help(_ shadow: LANShadow) -> String {
    switch shadow.relation {
    case .fullTunnel: "renumber the subnet or the site, or remove the site's route"
    case .inside, .equal:
      "renumber the subnet or the site; routes narrower than the site's row, such as single hosts, are taken everywhere"
    }
  }
}
