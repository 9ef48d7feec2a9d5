import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A Linux client without a script that would apply pushed DNS servers.
enum LinuxCLIIgnoresPushedDNS: ModelRule {
  static let info = RuleInfo(
    code: "VPN310", name: "linux-cli-ignores-pushed-dns", severity: .info, isOffByDefault: true,
    summary: "the OpenVPN command on Linux does not apply pushed DNS servers without a script",
    why: """
      OpenVPN for the command line hands pushed DNS servers to an `up` script and does nothing else with them. Without \
      one, private names are not resolved. Graphical clients and NetworkManager apply them by themselves, which is why \
      the rule is off by default.
      """,
    repair: "Add an `up` script that sets the resolver, or use a client that does so.",
    source: "IBM VPC documentation, troubleshooting DNS of a client VPN; openvpn(8) 2.6, dhcp-option",
    examples: [
      .bad(
        "no script in the profile",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [10.0.0.53]
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - {name: ⟦workstation⟧, os: linux, lan: 192.168.1.0/24, gateway: 192.168.1.1}
        """),
      .good(
        "a script sets the resolver",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [10.0.0.53]
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - name: workstation
            os: linux
            lan: 192.168.1.0/24
            gateway: 192.168.1.1
            openvpn_directives: [up /etc/openvpn/update-resolv-conf]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      guard let pushed = server.server.dnsServers, !pushed.elements.isEmpty else { continue }
      for site in server.sites where site.place.system == .linux && !site.place.profile.hasUpScript {
        guard let model = site.model(in: analysis), model.os != nil, site.place.profile.refusalOfDNS == nil else {
          continue
        }
        report(ignores(pushed, site, model, server))
      }
    }
  }

  private static func ignores(
    _ pushed: ListField<Field<IPv4Address>>, _ site: SiteAnalysis, _ place: ClientSite, _ server: ServerAnalysis
  ) -> Finding {
    finding(
      "the OpenVPN command at \(place.inWords) does not apply the DNS servers of \(server.server.inWords)",
      Cause(site.path(place, server), "dns"), at: place.name.span, "Linux, and no `up` script in the profile"
    )
    .label(pushed.key, "\(Words.list(pushed.elements.map { "\($0.value)" })), pushed to clients")
    .help("add an `up` script that sets the resolver, or use a client that applies pushed DNS servers itself")
  }
}
