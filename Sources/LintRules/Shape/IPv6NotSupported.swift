import ClientVPN
import Forwarding
import SourceText

/// An IPv6 address or network.
enum IPv6NotSupported: ModelRule {
  static let info = RuleInfo(
    code: "VPN010", name: "ipv6-not-supported", severity: .error,
    summary: "a value is IPv6, which is not judged yet",
    why: """
      The service carries IPv4 alone. What clients do with IPv6 beside the tunnel is not judged, and no verdict is \
      better than a wrong one.
      """,
    repair: "Write the IPv4 range that is meant, or remove the value.",
    source: "IBM VPC API: `ipv4` is the only IP version",
    examples: [
      .bad(
        "a route to an IPv6 network",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {name: v6, destination: ⟦"2001:db8::/32"⟧}]
        """),
      .good(
        "IPv4 alone",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for problem in analysis.model.problems {
      if case .ipv6(let text) = problem.kind { report(unsupported(problem, Cause(problem.resource, text))) }
    }
  }

  private static func unsupported(_ problem: ModelProblem, _ cause: Cause) -> Finding {
    finding(
      "\(problem.objectInWords) has an IPv6 value, which is not supported yet", cause, at: problem.span,
      "IPv6, not judged"
    )
    .note("the VPN service carries IPv4 alone")
    .help("write the IPv4 range that is meant, or remove the value")
  }
}
