import ClientVPN
import Forwarding
import SourceText

/// A server that the provider has suspended.
enum ServerSuspended: ModelRule {
  static let info = RuleInfo(
    code: "VPN805", name: "server-suspended", severity: .error,
    summary: "the provider has suspended the server, so neither it nor its routes can be changed",
    why: """
      A suspended server is disabled. Changes of the server and of its routes are refused, so nothing that is wrong \
      with them can be mended before the suspension ends.
      """,
    repair: "Contact the provider's support; `lifecycle_reasons` in the answer of the API tells the reason.",
    source: "IBM VPC API change log, 10 October 2023; IBM VPC API, VPN servers: lifecycle_reasons",
    examples: [
      .bad(
        "disabled",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            lifecycle_state: ⟦suspended⟧
            health_state: inapplicable
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "in use",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            lifecycle_state: stable
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers where server.lifecycle == .suspended {
      if let state = server.lifecycleState { report(suspended(server, at: state.span)) }
    }
  }

  private static func suspended(_ server: VPNServer, at place: Span) -> Finding {
    finding(
      "\(server.inWords) is suspended", Cause(server.path, "lifecycle_state"), at: place, "disabled by the provider"
    )
    .note("neither the server nor its routes can be changed while it is suspended")
    .help("contact the provider's support; `lifecycle_reasons` in the answer of the API tells the reason")
  }
}
