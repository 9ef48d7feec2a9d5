import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client profile that does not take the redirect of a full tunnel.
enum ClientProfileBypassesFullTunnel: ModelRule {
  static let info = RuleInfo(
    code: "VPN307", name: "client-profile-bypasses-full-tunnel", severity: .warning,
    summary: "a line of a site's client profile keeps traffic outside the full tunnel",
    why: """
      The server is meant to take all traffic in. A client with this line stays connected and sends everything that no \
      route of its own names outside the tunnel, the internet first of all.
      """,
    repair: "Remove the line from the profile, or turn on split tunnelling on the server if that is what is wanted.",
    source: "openvpn(8) 2.6, pull-filter and route-nopull; measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "the redirect is filtered out",
        without: ["full-tunnel-without-default-route"],
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - name: home
            os: linux
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            openvpn_directives: [⟦pull-filter ignore redirect-gateway⟧]
        """),
      .good(
        "lines without effect on routes",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes: [{destination: 10.0.0.0/24}, {destination: 0.0.0.0/0, action: translate}]
        client_sites:
          - {name: home, os: linux, lan: 192.168.1.0/24, gateway: 192.168.1.1, openvpn_directives: [verb 3]}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for site in server.sites {
        guard let model = site.model(in: analysis) else { continue }
        for effect in site.profileEffects(of: server) where effect.kind == .bypassesFullTunnel {
          report(bypasses(effect, site, model, server, analysis))
        }
      }
    }
  }

  private static func bypasses(
    _ effect: ProfileEffect, _ site: SiteAnalysis, _ place: ClientSite, _ server: ServerAnalysis, _ analysis: Analysis
  ) -> Finding {
    let own = site.ownNetworksInTunnel.map { "\($0.value)" }
    return finding(
      "clients at \(place.inWords) keep their traffic outside the full tunnel of \(server.server.inWords)",
      Cause(site.path(place, server), "redirect"), at: effect.span, "keeps the redirect of the default route away"
    )
    .label(server.server.splitTunneling?.span, "full tunnel")
    .note(
      own.isEmpty
        ? "nothing but the tunnel's own network enters the tunnel"
        : "only \(Words.list(own)) and the tunnel's own network enter the tunnel"
    )
    .help("remove the line from the profile, or set `enable_split_tunneling: true` if this is wanted")
  }
}
