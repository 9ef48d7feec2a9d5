import ClientVPN
import Forwarding
import SourceText

/// A key that an object has twice, perhaps under two names.
enum DuplicateKey: ModelRule {
  static let info = RuleInfo(
    code: "VPN007", name: "duplicate-key", severity: .error,
    summary: "an object has the same key twice, or two keys that mean the same",
    why: "One of the two values is silently without effect, and tools differ in which.",
    repair: "Keep one of the two.",
    source: "YAML 1.1 §3.2.1.3 (keys of a mapping are unique); README, \"The model file\" for synonyms",
    examples: [
      .bad(
        "the same key twice",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
            ⟦enable_split_tunneling⟧: false
        """),
      .bad(
        "two names of one key",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦split_tunnel⟧: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a key of its own may replace a merged one",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - &first
            name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
          - <<: *first
            name: second-vpn
            client_ip_pool: 172.22.0.0/22
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for problem in analysis.model.problems {
      if case .duplicateKey(let key, let synonym) = problem.kind {
        let cause = Cause(problem.resource, "\(key)/duplicate")
        report(synonym.map { doubled(key, andAlso: $0, problem, cause) } ?? doubled(key, problem, cause))
      }
    }
  }

  private static func doubled(_ key: String, _ problem: ModelProblem, _ cause: Cause) -> Finding {
    finding(
      "\(problem.objectInWords) has the key `\(key)` twice", cause, at: problem.span, "the same key again, not read"
    )
    .label(problem.other, "the first one, which is used")
    .help("remove one of the two")
  }

  private static func doubled(
    _ key: String, andAlso synonym: String, _ problem: ModelProblem, _ cause: Cause
  ) -> Finding {
    finding(
      "\(problem.objectInWords) has both `\(key)` and `\(synonym)`", cause, at: problem.span,
      "says the same as `\(synonym)`"
    )
    .label(problem.other, "the first one, which is used")
    .note("both keys set the same thing")
    .help("keep one of the two keys")
  }
}
