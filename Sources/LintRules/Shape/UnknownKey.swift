import ClientVPN
import Forwarding
import SourceText

/// A key that the model file does not have.
enum UnknownKey: ModelRule {
  static let info = RuleInfo(
    code: "VPN002", name: "unknown-key", severity: .error,
    summary: "a key has no meaning in the model file",
    why: """
      A misspelt key is silently without effect in most tools, and the default holds instead. A misspelt \
      `enable_split_tunneling` leaves the server in full tunnel.
      """,
    repair:
      "Correct the spelling, or remove the key. Keys of the API that say nothing about reachability are accepted.",
    source: "README, \"The model file\"",
    examples: [
      .bad(
        "split tunneling with one letter missing",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            ⟦enable_split_tuneling⟧: true
            routes: [{destination: 10.0.0.0/24}, {destination: 0.0.0.0/0, action: translate}]
        """),
      .good(
        "keys of the API are accepted",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, crn: "crn:v1:example"}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, href: "https://example.com"}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for problem in analysis.model.problems {
      if case .unknownKey(let key, let nearest, let effect) = problem.kind {
        let taken = problem.other.flatMap { place in nearest.map { (key: $0, place: place) } }
        report(taken.map { unknown(key, problem, $0) } ?? unknown(key, problem, nearest, effect))
      }
    }
  }

  private static func unknown(_ key: String, _ problem: ModelProblem, _ nearest: String?, _ effect: String?) -> Finding
  {
    finding(
      "unknown key `\(key)` in \(problem.object)", Cause(problem.resource, key), at: problem.span,
      nearest.map { "did you mean `\($0)`?" } ?? "not a key of the model"
    )
    .note(effect.map { "the key has no effect, \($0)" })
    .help(nearest.map { "rename the key to `\($0)`" } ?? "remove the key, or see the list of keys in the README")
    .repair(
      nearest.map { Repair("rename the key to `\($0)`", .keepsReachability, [.rewrite(problem.span, $0)]) })
  }

  /// Of a key whose evident meaning another key of the object has: renamed it would be there twice.
  private static func unknown(_ key: String, _ problem: ModelProblem, _ taken: (key: String, place: Span)) -> Finding {
    finding(
      "unknown key `\(key)` in \(problem.object)", Cause(problem.resource, key), at: problem.span,
      "perhaps `\(taken.key)`, which is there already"
    )
    .label(taken.place, "stands for `\(taken.key)`")
    .help("remove the key, or keep it as `\(taken.key)` and remove the other one")
  }
}
