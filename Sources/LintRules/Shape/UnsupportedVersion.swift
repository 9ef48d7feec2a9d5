import ClientVPN
import Forwarding
import SourceText

/// A model of a version that is not known.
enum UnsupportedVersion: ModelRule {
  static let info = RuleInfo(
    code: "VPN011", name: "unsupported-version", severity: .error,
    summary: "the model file has a version that this vpnlint does not know",
    why: "Keys can mean something else in another version, so verdicts about the model can be wrong.",
    repair: "Write `version: 1`, or use a vpnlint that knows the version. Without the key the version is 1.",
    source: "README, \"The model file\"",
    examples: [
      .bad(
        "a version yet to come",
        """
        version: ⟦2⟧
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the version there is",
        """
        version: 1
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
      if case .unsupportedVersion(let version) = problem.kind { report(unsupported(version, problem)) }
    }
  }

  private static func unsupported(_ version: String, _ problem: ModelProblem) -> Finding {
    finding(
      "the model is of version \(version), and vpnlint knows version 1 alone", Cause("model", "version"),
      at: problem.span, "not 1"
    )
    .note("the model is judged as one of version 1")
    .help("write `version: 1`, or use a vpnlint that knows version \(version)")
  }
}
