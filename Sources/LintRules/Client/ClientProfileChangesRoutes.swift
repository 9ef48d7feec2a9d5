import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client profile that changes which routes of the server a client takes.
enum ClientProfileChangesRoutes: ModelRule {
  static let info = RuleInfo(
    code: "VPN308", name: "client-profile-changes-routes", severity: .warning,
    summary: "a line of a site's client profile changes the routes that the server pushes",
    why: """
      Clients with this line have another routing table than all others: pushed routes are missing, more enters the \
      tunnel than the server asks for, or pushed rows lose against others of the same destination. A directive that is \
      one slip away from such a line is told too: OpenVPN does not start with a line that it does not know.
      """,
    repair: "Remove the line from the profile unless it is wanted; change the server's routes for all clients instead.",
    source: "openvpn(8) 2.6; measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "no pushed route is taken",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - name: home
            os: linux
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            openvpn_directives: [⟦route-nopull⟧]
        """),
      .bad(
        "everything is taken in, and pushed rows get a metric",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            public_ips: [203.0.113.10]
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - name: home
            os: linux
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            openvpn_directives: [⟦redirect-gateway def1⟧, ⟦route-metric 50⟧]
        """),
      .bad(
        "a directive with a slip of the pen",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - name: home
            os: linux
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            openvpn_directives: [⟦route-nopul⟧]
        """),
      .good(
        "lines without effect on routes",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - {name: home, os: linux, lan: 192.168.1.0/24, gateway: 192.168.1.1, openvpn_directives: [tun-mtu 1320]}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for site in server.sites {
        guard let model = site.model(in: analysis) else { continue }
        for effect in site.profileEffects(of: server) {
          guard let words = ProfileChange(effect.kind) else { continue }
          report(changes(words, effect, site, model, server))
        }
      }
    }
  }

  private static func changes(
    _ change: ProfileChange, _ effect: ProfileEffect, _ site: SiteAnalysis, _ place: ClientSite,
    _ server: ServerAnalysis
  ) -> Finding {
    finding(
      change.isMistake
        ? "the client profile at \(place.inWords) has a line that OpenVPN does not know"
        : "the client profile at \(place.inWords) changes the routes of \(server.server.inWords)",
      Cause(site.path(place, server), change.aspect), at: effect.span, change.label
    )
    .note(change.note)
    .help(
      change.isMistake
        ? "correct the line, or remove it"
        : "remove the line unless it is wanted; `vpnlint routes` shows the table that clients here get")
  }
}
