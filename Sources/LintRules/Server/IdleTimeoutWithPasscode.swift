import ClientVPN
import Forwarding
import SourceText

/// Users who must fetch a passcode after a short break.
enum IdleTimeoutWithPasscode: ModelRule {
  static let info = RuleInfo(
    code: "VPN725", name: "idle-timeout-with-passcode", severity: .info, isOffByDefault: true,
    summary: "users who log in with a passcode are disconnected after a short break",
    why: """
      With method `username` every connection takes a new passcode, which cannot be saved. Who is disconnected over a \
      cup of coffee fetches one several times a day. Off by default: a short timeout is a good choice where it is \
      meant.
      """,
    repair: "Choose a timeout of half an hour or more. The change disconnects all clients.",
    source: "IBM VPC documentation, questions about client VPN",
    examples: [
      .bad(
        "five minutes",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - {method: username, identity_provider: iam}
            client_idle_timeout: ⟦300⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "the default",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - {method: ⟦username⟧, identity_provider: iam}
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "an hour",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - {method: username, identity_provider: iam}
            client_idle_timeout: 3600
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let provider = analysis.model.provider
    for server in analysis.model.servers {
      let username = server.authentication?.elements.lazy.compactMap(\.method).first { $0.value == "username" }
      let timeout = server.idleTimeout?.value ?? provider.usualIdleTimeout
      if let username, timeout > 0, timeout < provider.shortIdleTimeout { report(short(timeout, username, server)) }
    }
  }

  private static func short(_ timeout: Int, _ method: Field<String>, _ server: VPNServer) -> Finding {
    let written = server.idleTimeout?.span
    return finding(
      "users of \(server.inWords) need a new passcode after \(Words.count(timeout, "second")) without traffic",
      Cause(server.path, "client_idle_timeout"), at: written ?? method.span,
      written == nil ? "a passcode for each connection, and the usual timeout" : "the idle timeout"
    )
    .label(written.map { _ in method.span }, "a passcode for each connection")
    .note("a passcode holds for one connection and cannot be saved")
    .help("choose a longer `client_idle_timeout`; the change disconnects all clients")
  }
}
