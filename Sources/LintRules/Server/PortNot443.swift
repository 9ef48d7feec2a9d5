import ClientVPN
import Forwarding
import SourceText

/// A port that networks on the way may stop.
enum PortNot443: ModelRule {
  static let info = RuleInfo(
    code: "VPN726", name: "port-not-443", severity: .info, isOffByDefault: true,
    summary: "the server listens on another port than 443",
    why: """
      Hotels, guest networks and some providers let little out but port 443. Clients there do not connect. UDP on 443 \
      is fastest, TCP on 443 gets through most networks. Off by default: another port is a choice as well, against \
      scans.
      """,
    repair: "Choose port 443. The change disconnects all clients, and they need a new client profile.",
    source: "IBM VPC documentation, questions about client VPN; securing a client VPN environment",
    examples: [
      .bad(
        "the usual port of OpenVPN",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            port: ⟦1194⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "port 443",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            port: 443
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let provider = analysis.model.provider
    for server in analysis.model.servers {
      guard let port = server.port, provider.filters.ports.contains(port.value), port.value != provider.usualPort
      else { continue }
      report(unusual(port, server, provider))
    }
  }

  private static func unusual(_ port: Field<Int>, _ server: VPNServer, _ provider: ProviderProfile) -> Finding {
    finding(
      "\(server.inWords) listens on a port that some networks stop", Cause(server.path, "port"), at: port.span,
      "not \(provider.usualPort)"
    )
    .note("hotels and guest networks let little out but port \(provider.usualPort)")
    .help("choose port \(provider.usualPort); the change disconnects all clients, and they need a new client profile")
  }
}
