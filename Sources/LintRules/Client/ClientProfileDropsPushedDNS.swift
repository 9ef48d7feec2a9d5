import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client profile that does not take the DNS servers which the server pushes.
enum ClientProfileDropsPushedDNS: ModelRule {
  static let info = RuleInfo(
    code: "VPN309", name: "client-profile-drops-pushed-dns", severity: .warning,
    summary: "a line of a site's client profile keeps the pushed DNS servers away",
    why: "Clients with this line keep their own resolver, which does not know private names.",
    repair: "Remove the line from the profile, or enter the DNS servers on the client by hand.",
    source: "openvpn(8) 2.6, pull-filter and route-nopull; measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "the DNS servers are filtered out",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [10.0.0.53]
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - name: home
            os: windows
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            openvpn_directives: [⟦pull-filter ignore dhcp-option⟧]
        """),
      .good(
        "the server pushes none",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - name: home
            os: windows
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            openvpn_directives: [pull-filter ignore dhcp-option]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      guard let pushed = server.server.dnsServers, !pushed.elements.isEmpty else { continue }
      for site in server.sites {
        guard let model = site.model(in: analysis), let line = site.place.profile.refusalOfDNS else { continue }
        report(drops(line, pushed, site, model, server))
      }
    }
  }

  private static func drops(
    _ line: Span, _ pushed: ListField<Field<IPv4Address>>, _ site: SiteAnalysis, _ place: ClientSite,
    _ server: ServerAnalysis
  ) -> Finding {
    finding(
      "clients at \(place.inWords) do not use the DNS servers of \(server.server.inWords)",
      Cause(site.path(place, server), "dns"), at: line,
      "keeps \(Words.list(pushed.elements.map { "\($0.value)" })) away"
    )
    .label(pushed.key, "pushed to clients")
    .help("remove the line from the profile, or enter the DNS servers on the client by hand")
  }
}
