import ClientVPN
import Forwarding
import SourceText

/// A DNS server that is pushed to clients which do not reach it.
enum DNSServerUnreachable: ModelRule {
  static let info = RuleInfo(
    code: "VPN602", name: "dns-server-unreachable", severity: .error,
    summary: "clients get a DNS server to which no route of the VPN server forwards",
    why: """
      Windows and graphical clients send their queries to the pushed DNS servers. In split tunnel a query without a \
      route leaves outside the tunnel, in full tunnel the server drops it; to the provider's own DNS servers the \
      documentation asks for action translate. Without an answer clients lose all name resolution, also of public names. \
      A public DNS server outside a split tunnel is reached there.
      """,
    repair: """
      Add a route that contains the DNS server: action deliver for one in the VPC, translate for one of the provider. In \
      split tunnel connected clients must reconnect to get it; in full tunnel nothing is pushed, but the server needs \
      the route to forward.
      """,
    source: "IBM VPC documentation, client VPN planning; measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "a DNS server in the data center, and no route there",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [172.16.0.53]
            ⟦routes⟧: [{destination: 10.0.0.0/24}]
        networks: [{name: datacenter, cidrs: [172.16.0.0/12], via: vpn_gateway, expect: any}]
        """),
      .bad(
        "in full tunnel the VPC's own routes do not help",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            client_dns_server_ips: [161.26.0.10, 161.26.0.11]
            ⟦routes⟧: [{destination: 10.0.0.0/24}]
        networks: [{name: internet, cidrs: [0.0.0.0/0], via: internet, expect: unreachable}]
        """),
      .good(
        "a public DNS server stays outside a split tunnel",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [8.8.8.8, 10.0.0.53]
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where !server.server.hasUnreadRoutes {
      let unreached = analysis.unreachedDNS(of: server)
      let lost = Set(unreached.flatMap(\.addresses))
      let isEvery = server.server.dnsServers?.elements.allSatisfy { lost.contains($0.value) } ?? false
      for dns in unreached { report(notReached(dns, isEvery, server, analysis.model)) }
    }
  }

  private static func notReached(
    _ dns: UnreachedDNS, _ isEvery: Bool, _ server: ServerAnalysis, _ model: Model
  ) -> Finding {
    dns.finding(
      by: Self.self, "",
      isEvery
        ? "clients that use the pushed DNS servers lose all name resolution"
        : "names fail, or resolve late, whenever a client asks this DNS server", server, model)
  }
}
