import ClientVPN
import Forwarding
import SourceText

/// A full tunnel whose clients keep their own DNS server.
enum FullTunnelWithoutDNS: ModelRule {
  static let info = RuleInfo(
    code: "VPN613", name: "full-tunnel-without-dns", severity: .info,
    summary: "a full-tunnel server pushes no DNS server, so clients keep the one they have",
    why: """
      A client's own DNS server is usually its home router, which it asks outside the tunnel: private names do not \
      resolve, and the names that people look up are seen outside. A DNS server elsewhere is asked through the tunnel, \
      and answers only if a route leads there. Silent where the model does not tell which DNS servers clients get.
      """,
    repair: "Push DNS servers that clients reach through the tunnel. The change disconnects all clients.",
    source: "IBM VPC documentation, troubleshooting DNS of a client VPN; the client's own resolver is a conclusion",
    examples: [
      .bad(
        "no DNS server",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            ⟦client_dns_server_ips⟧: []
            routes: [{destination: 10.0.0.0/24}, {destination: 0.0.0.0/0, action: translate}]
        """),
      .good(
        "a DNS server in the VPC",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            client_dns_server_ips: [10.0.0.53]
            routes: [{destination: 10.0.0.0/24}, {destination: 0.0.0.0/0, action: translate}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers where server.mode == .full && !server.splitTunnelingMisspelt {
      guard let pushed = server.dnsServers, pushed.elements.isEmpty, !pushed.isIncomplete else { continue }
      report(pushesNone(pushed.key, server))
    }
  }

  private static func pushesNone(_ key: Span, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) pushes no DNS server, so clients keep their own", Cause(server.path, "client_dns_server_ips"),
      at: key, "no DNS server here"
    )
    .label(server.splitTunneling?.span, "full tunnel: all traffic of a client enters the tunnel")
    .note("a client's own DNS server is usually in its LAN, and is then asked outside the tunnel")
    .help("push DNS servers that clients reach through the tunnel; the change disconnects all clients")
  }
}
