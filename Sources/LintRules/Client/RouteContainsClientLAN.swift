import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A pushed route around the LAN of a client site.
enum RouteContainsClientLAN: ModelRule {
  static let info = RuleInfo(
    code: "VPN305", name: "route-contains-client-lan", severity: .info,
    summary: "a pushed route contains the LAN of a client site, which stays outside the tunnel",
    why: """
      The LAN's row is narrower and wins, so the client keeps its LAN, and addresses of that range beyond the tunnel \
      cannot be reached from there. Nothing that the model declares lies in it today.
      """,
    repair: "Nothing has to be done; keep subnets out of this range, or narrow the destination.",
    source: "measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "all of 192.168.0.0/16",
        without: ["route-wider-than-vpc", "client-pool-overlaps-route-destination"],
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 192.168.9.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.30.0.0/22
            enable_split_tunneling: true
            routes: [{destination: ⟦192.168.0.0/16⟧}]
        client_sites:
          - {name: home, os: linux, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1}
        """),
      .good(
        "the subnet alone",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 192.168.9.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.30.0.0/22
            enable_split_tunneling: true
            routes: [{destination: 192.168.9.0/24}]
        client_sites:
          - {name: home, os: linux, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for site in server.sites {
        guard let model = site.model(in: analysis) else { continue }
        for around in site.routesAroundLAN(of: server, in: analysis.model) {
          report(contains(around, site, model, server))
        }
      }
    }
  }

  private static func contains(
    _ around: LANCapture, _ site: SiteAnalysis, _ place: ClientSite, _ server: ServerAnalysis
  ) -> Finding {
    let route = server.table.routes[around.route]
    return finding(
      "\(route.inWords) contains the LAN of \(place.inWords)",
      Cause(site.path(place, server), "\(route.network)", extent: route.network.range.extent),
      at: route.destination.span, "contains LAN \(around.lan.destination.map { "\($0)" } ?? "")"
    )
    .label(place.lan?.span, "the LAN of \(place.inWords)")
    .note("the LAN's row is narrower and wins: clients there keep their LAN, and reach none of its range in the VPC")
  }
}
