import ClientVPN
import Forwarding
import SourceText

/// A value of the right kind that its key does not take, alone or beside what stands elsewhere.
enum InvalidValue: ModelRule {
  static let info = RuleInfo(
    code: "VPN006", name: "invalid-value", severity: .error,
    summary: "a value is not one that its key takes, or contradicts another",
    why: "A value without meaning takes no part in any verdict, and the service refuses most such values.",
    repair: "Write one of the values that the key takes. Of two attachments that contradict each other keep one.",
    source: "README, \"The model file\"; IBM VPC API",
    examples: [
      .bad(
        "an action with a letter missing",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, action: ⟦delivr⟧}]
        """),
      .bad(
        "a subnet with two routing tables",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, routing_table: main}]
          routing_tables:
            - {name: main, accept_routes_from: [vpn_server]}
            - {name: other, accept_routes_from: [vpn_server], subnets: [⟦app⟧]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "an action that the service knows",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for problem in analysis.model.problems {
      switch problem.kind {
      case .invalidValue(let key, let text, let expected, let nearest):
        report(unknownValue(key, text, expected, nearest, problem, Cause(problem.resource, key)))
      case .contradictingAttachment(let kind, let subnet, let here, let there):
        let cause = Cause(problem.resource, "attachment/\(kind)")
        report(contradiction(kind, subnet, here, there, problem, cause))
      case .unsupportedProvider(let name):
        report(unsupported(name, analysis.model.provider.name, problem))
      default: continue
      }
    }
  }

  private static func unknownValue(
    _ key: String, _ text: String, _ expected: String, _ nearest: String?, _ problem: ModelProblem, _ cause: Cause
  ) -> Finding {
    finding(
      "`\(key)`\(problem.ofObject) cannot be `\(text)`", cause, at: problem.span,
      nearest.map { "did you mean `\($0)`?" } ?? "this is not \(expected)"
    )
    .note(nearest.map { _ in "the key takes \(expected)" })
    .help(nearest.map { "write `\($0)`" } ?? "write \(expected)")
    .repair(nearest.map { Repair("write `\($0)`", .keepsReachability, [.rewrite(problem.span, $0)]) })
  }

  private static func contradiction(
    _ kind: String, _ subnet: String, _ here: String, _ there: String, _ problem: ModelProblem, _ cause: Cause
  ) -> Finding {
    finding("subnet `\(subnet)` is given to two \(kind)s", cause, at: problem.span, "gives it to `\(here)`")
      .label(problem.other, "gives it to `\(there)`")
      .note("a subnet has one \(kind)")
      .help("remove one of the two attachments")
  }

  private static func unsupported(_ name: String, _ supported: String, _ problem: ModelProblem) -> Finding {
    finding(
      "`\(name)` is not a provider that vpnlint knows", Cause("model", "provider"), at: problem.span,
      "only `\(supported)` is known"
    )
    .note("the model is judged as one of `\(supported)`")
    .help("write `\(supported)`, or remove the key")
  }
}
