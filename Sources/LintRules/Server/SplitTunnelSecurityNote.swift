import ClientVPN
import Forwarding
import SourceText

/// A split tunnel, for those who want every packet in the tunnel.
enum SplitTunnelSecurityNote: ModelRule {
  static let info = RuleInfo(
    code: "VPN707", name: "split-tunnel-security-note", severity: .info, isOffByDefault: true,
    summary: "clients of a split tunnel are on their local network and on the internet at the same time",
    why: """
      In split tunnel only what a route names enters the tunnel. On networks that nobody trusts, the rest of a client's \
      traffic is as exposed as without the VPN. Off by default: it is for those whose policy asks for full tunnel.
      """,
    repair:
      "Set `enable_split_tunneling: false` and add a route 0.0.0.0/0 with action translate, or accept the exposure.",
    source: "IBM VPC documentation, securing the client VPN environment",
    examples: [
      .bad(
        "split tunnel",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: ⟦true⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "full tunnel",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes: [{destination: 10.0.0.0/24}, {destination: 0.0.0.0/0, action: translate}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      if let flag = server.splitTunneling, flag.value { report(isSplit(flag, server)) }
    }
  }

  private static func isSplit(_ flag: Field<Bool>, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) leaves traffic of clients to other networks outside the tunnel",
      Cause(server.path, "enable_split_tunneling"), at: flag.span, "split tunnel"
    )
    .note("on networks that nobody trusts this traffic is as exposed as without the VPN")
    .help(
      "set `enable_split_tunneling: false` and add a route 0.0.0.0/0 with action translate", VPNServer.modeChangeHelp)
  }
}
