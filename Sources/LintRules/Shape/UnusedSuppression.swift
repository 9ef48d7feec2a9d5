import SourceText

/// A suppression that has nothing to suppress.
enum UnusedSuppression: Rule {
  static let info = RuleInfo(
    code: "VPN015", name: "unused-suppression", severity: .warning,
    summary: "a suppression names a rule that finds nothing there",
    why: "A suppression that outlives its finding hides the next one, which nobody has looked at.",
    repair: "Remove the name of the rule, and the comment with the last name.",
    source: "README, \"Suppressing findings\"",
    examples: [
      .bad(
        "the pool was mended, the comment stayed",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            # vpnlint: allow(⟦client-pool-prefix-length⟧): the pool of a lab, never deployed
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a suppression with something to suppress",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            # vpnlint: allow(client-pool-prefix-length): the pool of a lab, never deployed
            client_ip_pool: 192.168.252.0/24
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    for problem in subject.housekeeping {
      if case .unusedSuppression(let rule) = problem.kind {
        report(unused(rule, problem.span, Cause("suppressions", "\(rule)/unused")))
      }
    }
  }

  private static func unused(_ rule: String, _ span: Span, _ cause: Cause) -> Finding {
    finding("a suppression of `\(rule)` has nothing to suppress", cause, at: span, "no finding of this rule here")
      .note("a comment holds for its own line and the next one, `allow-file` for the file")
      .help("remove the name, and the comment if no other name is left")
  }
}
