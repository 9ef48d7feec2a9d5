import SourceText

/// A suppression comment that cannot be understood.
enum MalformedSuppression: Rule {
  static let info = RuleInfo(
    code: "VPN014", name: "malformed-suppression", severity: .error,
    summary: "a comment begins like a suppression and is not one",
    why: """
      The comment has no effect. The reason is required because whoever meets the comment later has to know whether \
      it still holds.
      """,
    repair: """
      Write `# vpnlint: allow(rule-name, …) until 2099-12-31: reason` on the line of the finding or the one above it, \
      or `# vpnlint: allow-file(rule-name): reason` at the top of the file. The date may be left out.
      """,
    source: "README, \"Suppressing findings\"",
    examples: [
      .bad(
        "no reason",
        """
        ⟦# vpnlint: allow-file(client-pool-prefix-length)⟧
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a rule and a reason",
        """
        # vpnlint: allow-file(client-pool-prefix-length): the pool of a lab, never deployed
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/24
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    for problem in subject.housekeeping {
      if case .malformedSuppression(let expected) = problem.kind {
        report(malformed(expected, problem.span, Cause("suppressions", "malformed")))
      }
    }
  }

  private static func malformed(_ expected: String, _ span: Span, _ cause: Cause) -> Finding {
    finding("a suppression comment is not understood and has no effect", cause, at: span, "expected \(expected)")
      .help(
        "write `# vpnlint: allow(rule-name) until 2099-12-31: reason`; the date may be left out",
        "for the whole file, write `# vpnlint: allow-file(rule-name): reason` at its top")
  }
}
