import ClientVPN
import Forwarding
import SourceText

/// A value of another kind than its key takes.
enum WrongType: ModelRule {
  static let info = RuleInfo(
    code: "VPN004", name: "wrong-type", severity: .error,
    summary: "a value is of another kind than its key takes",
    why: """
      Tools differ in what they make of such a value: a quoted "false" is true for some of them. Where it is evident \
      what is meant, that value is judged all the same, so that one slip gives one finding.
      """,
    repair: "Write the kind of value that the key takes. Flags and numbers stand without quotes.",
    source: "README, \"The model file\"",
    examples: [
      .bad(
        "a flag in quotes is text",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: ⟦"true"⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "one route without the list around it",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: ⟦{destination: 10.0.0.0/24}⟧
        """),
      .good(
        "flags as people write them",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: yes
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for problem in analysis.model.problems {
      if case .wrongType(let key, let expected, let found, let used) = problem.kind {
        report(mistyped(key, expected, found, used, problem, Cause(problem.resource, key)))
      }
    }
  }

  private static func mistyped(
    _ key: String, _ expected: String, _ found: String, _ used: String?, _ problem: ModelProblem, _ cause: Cause
  ) -> Finding {
    finding("\(holder(key, expected, problem)) is not \(kind(expected))", cause, at: problem.span, found)
      .note(used.map { "it is taken as \($0) all the same" })
      .help(repair(expected, found, used))
  }

  private static func repair(_ expected: String, _ found: String, _ used: String?) -> String {
    if expected == "a list" { return "write `- ` before each item, or `[` and `]` around them" }
    return used != nil && found.hasPrefix("the text") ? "write it without the quotes" : "write \(expected)"
  }

  /// What is of the wrong kind: the value of a key, an entry of a list, or a key itself.
  private static func holder(_ key: String, _ expected: String, _ problem: ModelProblem) -> String {
    switch key {
    case "a model": return "the document"
    case "a key": return "a key\(problem.ofObject)"
    case "vpc", "quotas": return "`\(key)`"
    default:
      // Keys of lists alone want mappings, of their entries.
      return expected == "a mapping" ? "an entry of `\(key)`" : "`\(key)`\(problem.ofObject)"
    }
  }

  /// What is expected, short enough for one line: without samples, and of a list of words that it is a word.
  private static func kind(_ expected: String) -> String {
    guard !expected.hasPrefix("`") else { return "a word" }
    let words = expected.split(separator: " ", omittingEmptySubsequences: false)
    return words.firstIndex(of: "such").map { words[..<$0].joined(separator: " ") } ?? expected
  }
}
