import ClientVPN
import Forwarding
import SourceText

/// An idle timeout that the service refuses.
enum IdleTimeoutRange: ModelRule {
  static let info = RuleInfo(
    code: "VPN702", name: "idle-timeout-range", severity: .error,
    summary: "the idle timeout of the server is out of the range that the service accepts",
    why: "The service refuses to create or update the server.",
    repair: "Choose a timeout from 0 to 28800 seconds; 0 never disconnects idle clients, the default is 600.",
    source: "IBM VPC documentation, creating a VPN server; Terraform provider",
    examples: [
      .bad(
        "a day is too long",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_idle_timeout: ⟦86400⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "half an hour",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_idle_timeout: 1800
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let range = analysis.model.provider.idleTimeouts
    for server in analysis.model.servers {
      guard let timeout = server.idleTimeout, !range.contains(timeout.value) else { continue }
      report(outOfRange(timeout, of: server, range))
    }
  }

  private static func outOfRange(_ timeout: Field<Int>, of server: VPNServer, _ range: ClosedRange<Int>) -> Finding {
    let isLong = timeout.value > range.upperBound
    return finding(
      "idle timeout of \(server.inWords) is \(isLong ? "too long" : "below 0")",
      Cause(server.path, "client_idle_timeout"), at: timeout.span,
      isLong ? "over \(range.upperBound) seconds (\(range.upperBound / 3600) hours)" : "\(timeout.value) seconds"
    )
    .note("the service accepts \(range.lowerBound) to \(range.upperBound) seconds; 0 never disconnects idle clients")
    .help("choose \(range.upperBound) seconds or less, or 0 to keep idle clients connected")
  }
}
