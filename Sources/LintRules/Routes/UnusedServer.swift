import ClientVPN
import Forwarding
import SourceText

/// A server that is for nothing.
enum UnusedServer: ModelRule {
  static let info = RuleInfo(
    code: "VPN226", name: "unused-server", severity: .warning,
    summary: "a VPN server is for nothing, because its `serves` is empty",
    why: """
      Nothing is judged for a server that serves nothing: vpnlint finds no subnet that its clients miss, whatever its \
      routes are.
      """,
    repair: """
      Name under `serves` what clients of the server are to reach, remove the key so that it is judged for everything, \
      or remove the server.
      """,
    source: "README, \"The model file\"",
    examples: [
      .bad(
        "an empty list",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦serves⟧: []
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "for one subnet",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            serves: [app]
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      guard let serves = server.serves, serves.elements.isEmpty, !serves.isIncomplete else { continue }
      report(unused(serves.key, server))
    }
  }

  private static func unused(_ key: Span, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) is for nothing, so nothing is judged for its clients", Cause(server.path, "serves"), at: key,
      "an empty list"
    )
    .help("name what clients of the server are to reach, or remove the key so that it is judged for everything")
  }
}
