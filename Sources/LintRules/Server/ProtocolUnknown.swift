import ClientVPN
import Forwarding
import SourceText

/// A protocol that no server speaks.
enum ProtocolUnknown: ModelRule {
  static let info = RuleInfo(
    code: "VPN704", name: "protocol-unknown", severity: .error,
    summary: "the protocol of the server is neither udp nor tcp",
    why: "The service refuses to create or update the server.",
    repair: "Write `udp`, the default and the faster one, or `tcp`, which passes more firewalls. Lower case counts.",
    source: "IBM VPC documentation, creating a VPN server",
    examples: [
      .bad(
        "the name of the program in place of the protocol",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            protocol: ⟦openvpn⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the default protocol",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            protocol: udp
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let known = analysis.model.provider.transports
    for server in analysis.model.servers {
      guard let transport = server.transport, !known.contains(transport.value) else { continue }
      report(unknown(transport, of: server, known))
    }
  }

  private static func unknown(_ transport: Field<String>, of server: VPNServer, _ known: [String]) -> Finding {
    let nearest = NearestName.of(transport.value.lowercased(), among: known)
    let choice = known.map { "`\($0)`" }.joined(separator: " or ")
    return finding(
      "\(server.inWords) cannot speak `\(transport.value)`", Cause(server.path, "protocol"), at: transport.span,
      nearest.map { "did you mean `\($0)`?" } ?? "not \(choice)"
    )
    .note("the service accepts \(choice)")
    .help("write \(nearest.map { "`\($0)`" } ?? choice)")
  }
}
