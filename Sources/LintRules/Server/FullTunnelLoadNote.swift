import ClientVPN
import Forwarding
import SourceText

/// A full tunnel, for those who watch the load of the server.
enum FullTunnelLoadNote: ModelRule {
  static let info = RuleInfo(
    code: "VPN708", name: "full-tunnel-load-note", severity: .info, isOffByDefault: true,
    summary: "all traffic of clients passes the VPN server, also that to the internet",
    why: """
      A member of a server carries 600 Mbit/s and one client 150 Mbit/s. In full tunnel video calls and downloads share \
      this with the traffic to the VPC, and add to its cost. Off by default: full tunnel is a good choice where it is \
      meant.
      """,
    repair: "Use split tunnel if clients may reach the internet by their own networks.",
    source: "IBM VPC documentation, client VPN planning; questions about client VPN",
    examples: [
      .bad(
        "full tunnel by default",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: ⟦client-vpn⟧
            client_ip_pool: 192.168.252.0/22
            routes: [{destination: 10.0.0.0/24}, {destination: 0.0.0.0/0, action: translate}]
        """),
      .good(
        "split tunnel",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers where server.mode == .full && !server.splitTunnelingMisspelt {
      report(carriesAll(server, analysis.model.provider))
    }
  }

  private static func carriesAll(_ server: VPNServer, _ provider: ProviderProfile) -> Finding {
    let members = server.subnets?.elements.count ?? 0
    let capacity = provider.memberThroughput * max(members, 1)
    return finding(
      "\(server.inWords) carries all traffic of its clients, also that to the internet",
      Cause(server.path, "enable_split_tunneling"), at: server.splitTunneling?.span ?? server.name.span, "full tunnel"
    )
    .note(
      members == 0
        ? "a member of a server carries \(provider.memberThroughput) Mbit/s, a client \(provider.clientThroughput) Mbit/s"
        : "the server carries \(capacity) Mbit/s, a client \(provider.clientThroughput) Mbit/s"
    )
    .help("set `enable_split_tunneling: true` if clients may reach the internet by their own networks")
    .help(VPNServer.modeChangeHelp)
  }
}
