import ClientVPN
import Forwarding
import SourceText

/// Sessions that never end by themselves.
enum IdleTimeoutDisabled: ModelRule {
  static let info = RuleInfo(
    code: "VPN724", name: "idle-timeout-disabled", severity: .info,
    summary: "idle clients are never disconnected",
    why: """
      A laptop that is left connected stays in the network until somebody ends the session, and its address in the \
      client pool stays taken.
      """,
    repair: "Choose a timeout above 0 seconds; the default is 600. The change disconnects all clients.",
    source: "IBM VPC API, create_vpn_server; IBM VPC documentation, securing a client VPN environment",
    examples: [
      .bad(
        "the timeout is off",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_idle_timeout: ⟦0⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the default",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_idle_timeout: 600
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      if let timeout = server.idleTimeout, timeout.value == 0 { report(endless(timeout, server)) }
    }
  }

  private static func endless(_ timeout: Field<Int>, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) never disconnects idle clients", Cause(server.path, "client_idle_timeout"), at: timeout.span,
      "0 switches the idle timeout off"
    )
    .note("a session that is left open keeps its holder in the network, and its address of the client pool")
    .help("choose a timeout in seconds; the change disconnects all clients")
  }
}
