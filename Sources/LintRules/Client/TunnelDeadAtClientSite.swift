import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client site from which the tunnel's own packets do not reach the server.
enum TunnelDeadAtClientSite: ModelRule {
  static let info = RuleInfo(
    code: "VPN306", name: "tunnel-dead-at-client-site", severity: .error,
    summary: "at a client site the tunnel's own packets do not reach the server",
    why: """
      Once connected, the client's table leads packets to the server's public address into the tunnel, or to a router \
      that does not exist. The client says that it is connected, and nothing is answered; after a minute or more it \
      starts again, in the same way.
      """,
    repair: "Look at the site's routes and at the lines of its client profile that change routes.",
    source: "measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "the profile takes everything in and leaves out the host route to the server",
        without: ["client-profile-changes-routes"],
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            public_ips: [203.0.113.10]
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - name: ⟦home⟧
            os: linux
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            openvpn_directives: ["redirect-gateway local def1"]
        """),
      .good(
        "the tunnel works",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            public_ips: [203.0.113.10]
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - {name: home, os: linux, lan: 192.168.1.0/24, gateway: 192.168.1.1}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    // A loop that every client has, or that the pool and the LAN make, is told by the rules about these.
    for server in analysis.servers where !server.carrier.isLooped {
      for site in server.sites where site.poolConflict(of: server) == nil {
        guard case .dead(let row, let address) = site.carrier, let model = site.model(in: analysis) else { continue }
        report(dead(row, address, site, model, server, analysis.model))
      }
    }
  }

  private static func dead(
    _ row: ClientRow?, _ address: IPv4Address?, _ site: SiteAnalysis, _ place: ClientSite, _ server: ServerAnalysis,
    _ model: Model
  ) -> Finding {
    let missed = server.missed.witness
    return finding(
      "the tunnel of \(server.server.inWords) is dead at \(place.inWords)",
      Cause(site.path(place, server), "carrier"), at: place.name.span, "clients here say they are connected"
    )
    .label(row?.span, "leads packets to the server\(row?.isTunnel == true ? " into the tunnel" : " astray")")
    .note(reason(row, address))
    .help("change the site's routes, or the lines of its client profile that change routes")
    .evidence(server.evidence(to: missed, in: model, from: site))
  }

  private static func reason(_ row: ClientRow?, _ address: IPv4Address?) -> String {
    let target = address.map { "packets to the server at \($0)" } ?? "packets to the server"
    guard let row else { return "no row of the client's table leads \(target)" }
    let name = row.destination.map { "row \($0)" } ?? "the host route to the server"
    if row.isTunnel { return "\(name) leads \(target) into the tunnel, where they are dropped" }
    return "\(name) leads \(target) to \(row.nextHop.map { "\($0), where no router is known" } ?? "nobody")"
  }
}
