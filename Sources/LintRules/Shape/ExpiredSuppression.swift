import SourceText

/// A suppression whose date has passed.
enum ExpiredSuppression: Rule {
  static let info = RuleInfo(
    code: "VPN016", name: "expired-suppression", severity: .error,
    summary: "the date of a suppression has passed",
    why: "Whoever set the date meant to look again by then. From the day after it the comment suppresses nothing.",
    repair: "Mend what the suppression was for and remove it, or set another date with a reason that still holds.",
    source: "README, \"Suppressing findings\"",
    examples: [
      .bad(
        "a date that has passed",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            # vpnlint: allow(⟦client-pool-prefix-length⟧) until 2020-12-31: the pool moves by the end of the year
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a date to come",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            # vpnlint: allow(client-pool-prefix-length) until 9999-12-31: the pool of a lab, never deployed
            client_ip_pool: 192.168.252.0/24
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    for problem in subject.housekeeping {
      if case .expiredSuppression(let rule, let until) = problem.kind {
        report(expired(rule, until, problem.span, Cause("suppressions", "\(rule)/expired")))
      }
    }
  }

  private static func expired(_ rule: String, _ until: String, _ span: Span, _ cause: Cause) -> Finding {
    finding("a suppression of `\(rule)` ended on \(until)", cause, at: span, "suppresses nothing any more")
      .help("mend what it was for and remove it, or set another date with a reason that still holds")
  }
}
