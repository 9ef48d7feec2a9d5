import ClientVPN
import Forwarding
import SourceText

/// A client site whose profile does not limit the size of packets.
enum VPNMTUHint: ModelRule {
  static let info = RuleInfo(
    code: "VPN311", name: "vpn-mtu-hint", severity: .info, isOffByDefault: true,
    summary: "the client profile of a site does not limit the size of packets",
    why: """
      Where a network on the way takes smaller packets than usual, such as DSL or a tunnel around the tunnel, large \
      packets are lost and connections stall after they begin well. The VPC drops what arrives in fragments. Off by \
      default: most networks are not like that.
      """,
    repair: "If transfers stall there, add `tun-mtu 1320`, or `mssfix 1360`, to the profile.",
    source: "IBM VPC documentation, troubleshooting: client VPN does not connect from an office network",
    examples: [
      .bad(
        "a profile as it was downloaded",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - {name: ⟦office⟧, os: macos, lan: 192.168.1.0/24, gateway: 192.168.1.1}
        """),
      .good(
        "smaller segments",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - {name: office, os: macos, lan: 192.168.1.0/24, gateway: 192.168.1.1, openvpn_directives: [mssfix 1360]}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for site in server.sites where !site.place.profile.limitsPacketSize {
        if let place = site.model(in: analysis) { report(unlimited(place, site, server)) }
      }
    }
  }

  private static func unlimited(_ place: ClientSite, _ site: SiteAnalysis, _ server: ServerAnalysis) -> Finding {
    finding(
      "packets of clients at \(place.inWords) to \(server.server.inWords) are not kept below a size",
      Cause(site.path(place, server), "mtu"), at: place.name.span,
      "no line `tun-mtu`, `mssfix` or `fragment` in the profile"
    )
    .note("connections stall where a network on the way takes smaller packets than usual")
    .help("if transfers stall there, add `tun-mtu 1320`, or `mssfix 1360`, to the profile")
  }
}
