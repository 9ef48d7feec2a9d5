import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// The provider's DNS servers for private zones, pushed to clients that do not reach them.
enum PrivateDNSWithoutServiceRoute: ModelRule {
  static let info = RuleInfo(
    code: "VPN601", name: "private-dns-without-service-route", severity: .error,
    summary: "clients get the DNS servers of private zones, and no route translates on the way there",
    why: """
      161.26.0.7 and 161.26.0.8 answer for private zones. They are services of the provider: the documentation asks for \
      a route 161.26.0.0/16 with action translate. Without one, names of private zones do not resolve, and clients that \
      send all their queries to the pushed servers resolve nothing at all.
      """,
    repair: """
      Add a route 161.26.0.0/16 with action translate. In split tunnel connected clients must reconnect to get it; in \
      full tunnel nothing is pushed, but the server needs the route to forward.
      """,
    source: "IBM VPC documentation, client VPN planning; troubleshooting traffic flow",
    examples: [
      .bad(
        "no route to the DNS servers",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [161.26.0.7, 161.26.0.8]
            ⟦routes⟧: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "a route that delivers",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [161.26.0.7, 161.26.0.8]
            routes: [{destination: 10.0.0.0/24}, {destination: 161.26.0.0/16, action: ⟦deliver⟧}]
        """),
      .good(
        "a route that translates",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [161.26.0.7, 161.26.0.8]
            routes: [{destination: 10.0.0.0/24}, {destination: 161.26.0.0/16, action: translate}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let provider = analysis.model.provider
    for server in analysis.servers where !server.server.hasUnreadRoutes {
      for dns in analysis.unreachedDNS(of: server) {
        let isPrivate = dns.addresses.contains { provider.dns.names(answeredBy: $0) == .privateZones }
        if isPrivate { report(unreached(dns, server, analysis.model)) }
      }
    }
  }

  private static func unreached(_ dns: UnreachedDNS, _ server: ServerAnalysis, _ model: Model) -> Finding {
    let answering = dns.addresses.filter { model.provider.dns.names(answeredBy: $0) == .privateZones }
    let isAll = answering.count == dns.addresses.count
    let lost = "names of private zones do not resolve"
    return dns.finding(
      by: Self.self, isAll ? "private " : "",
      isAll ? lost : "\(lost): only \(Words.list(answering.map(\.description))) can answer for them", server, model)
  }
}
