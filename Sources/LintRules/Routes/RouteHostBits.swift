import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route whose destination is not the first address of its network.
enum RouteHostBits: ModelRule {
  static let info = RuleInfo(
    code: "VPN214", name: "route-host-bits", severity: .error,
    summary: "the destination of a route has bits set after the prefix length",
    why: """
      In split tunnel the route is pushed as written, and real clients refuse such a row: everything it names stays \
      outside the tunnel. In full tunnel it only misleads readers, and is a warning. All other rules take the network \
      that is meant.
      """,
    repair: "Write the first address of the network; in split tunnel connected clients must reconnect to get it.",
    source: "IBM VPC API, VPN server route; what clients do was measured with OpenVPN 2.6",
    examples: [
      .bad(
        "the address of a host with the length of its network",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: ⟦10.0.0.5/24⟧, action: deliver}]
        """),
      .good(
        "the network",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      for route in server.routes?.elements ?? [] where route.destination.value.hasHostBits {
        report(hostBits(route, of: server))
      }
    }
  }

  private static func hostBits(_ route: ServerRoute, of server: VPNServer) -> Finding {
    let written = route.destination.value
    let isSplit = server.mode == .split
    return finding(
      "route destination \(written) of \(server.inWords) has host bits",
      Cause(server.routesPath, "\(written)/host-bits", extent: written.range.extent), at: route.destination.span,
      "the network is \(written.canonical)", severity: isSplit ? .error : .warning
    )
    .note(
      isSplit
        ? "clients refuse the pushed row, so packets to \(written.canonical) stay outside the tunnel"
        : "in full tunnel the row is not pushed, and the server takes it for \(written.canonical)"
    )
    .help("write \(written.canonical), or \(written.address)/32 for the one address", server.routeChangeHelp)
    .repair(
      Repair(
        "write \(written.canonical)", isSplit ? .changesReachability : .keepsReachability,
        [.rewrite(route.destination.span, written.canonical.description)]))
  }
}
