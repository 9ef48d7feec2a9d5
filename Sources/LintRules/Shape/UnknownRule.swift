import SourceText

/// A rule name that no rule has.
enum UnknownRule: Rule {
  static let info = RuleInfo(
    code: "VPN013", name: "unknown-rule", severity: .error,
    summary: "a suppression or a setting names a rule that does not exist",
    why: "What names no rule has no effect: a finding that was to be silent is not, or one that was to be loud is.",
    repair: "Correct the name. `vpnlint rules` lists all of them; codes such as VPN201 are accepted too.",
    source: "README, \"Suppressing findings\"",
    examples: [
      .bad(
        "a name with a letter missing",
        """
        # vpnlint: allow-file(⟦subnet-without-sever-route⟧): the subnet is for machines only
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a rule by its name",
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
      if case .unknownRule(let name, let nearest) = problem.kind {
        report(unknown(name, nearest, problem.span, Cause("rules", name)))
      }
    }
  }

  private static func unknown(_ name: String, _ nearest: String?, _ span: Span, _ cause: Cause) -> Finding {
    finding("no rule is named `\(name)`", cause, at: span, nearest.map { "did you mean `\($0)`?" } ?? "names no rule")
      .note("what names no rule has no effect")
      .help(nearest.map { "write `\($0)`" } ?? "see the names that `vpnlint rules` lists")
  }
}
