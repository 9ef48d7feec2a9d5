import ClientVPN
import Forwarding
import SourceText

/// A port that no server can listen on.
enum PortRange: ModelRule {
  static let info = RuleInfo(
    code: "VPN703", name: "port-range", severity: .error,
    summary: "the port of the server is not one from 1 to 65535",
    why: "The service refuses to create or update the server.",
    repair: "Choose a port from 1 to 65535; the default is 443.",
    source: "IBM VPC documentation, creating a VPN server",
    examples: [
      .bad(
        "a digit too many",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            port: ⟦119400⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the default port",
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
    for server in analysis.model.servers {
      guard let port = server.port, !(1...65535).contains(port.value) else { continue }
      report(outOfRange(port, of: server))
    }
  }

  private static func outOfRange(_ port: Field<Int>, of server: VPNServer) -> Finding {
    finding(
      "port of \(server.inWords) is \(port.value > 65535 ? "over 65535, the highest" : "below 1, the lowest")",
      Cause(server.path, "port"), at: port.span, "no such port"
    )
    .help("choose a port from 1 to 65535; the default is 443")
  }
}
