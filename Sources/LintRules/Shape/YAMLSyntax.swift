import SourceText
import SourceTree

/// A text that is not YAML, or in a `.json` file not JSON.
enum YAMLSyntax: Rule {
  static let info = RuleInfo(
    code: "VPN001", name: "yaml-syntax", severity: .error, isMandatory: true,
    summary: "the file is not well-formed YAML or JSON",
    why: """
      What cannot be read cannot be judged. Documents before the first such place are judged all the same, the one \
      with the error and those after it are not.
      """,
    repair: "Mend the text at the place shown. Each message names the usual repair.",
    source: "YAML 1.1, as libyaml reads it; RFC 8259 for JSON",
    examples: [
      .bad(
        "a quotation mark is never closed",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦"⟧192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "a list is not closed",
        """
        vpc: {subnets: ⟦[⟧{name: app, ipv4_cidr_block: 10.0.0.0/24}}
        vpn_servers: []
        """),
      .bad(
        "a value that wants quotes",
        """
        vpc: {name: ⟦@⟧tokyo, subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers: []
        """),
      .bad(
        "JSON without a comma between two entries", json: true,
        """
        {"vpc": {"subnets": []} ⟦"⟧vpn_servers": []}
        """),
      .good(
        "well-formed",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: "client-vpn"
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    for (number, problem) in subject.syntaxProblems.enumerated() where !problem.isLimit {
      report(malformed(problem, number: number))
    }
  }

  /// Problems are told apart by their number, not their place: what is above one does not change what it is.
  private static func malformed(_ problem: SyntaxProblem, number: Int) -> Finding {
    let words = problem.kind.words
    let aspect = number == 0 ? words.aspect : "\(words.aspect)/\(number)"
    var finding = finding(
      words.message, Cause("file", aspect), at: problem.span, words.label
    )
    .label(problem.context, words.context)
    .note(words.note)
    finding.help = words.help
    return finding
  }
}
