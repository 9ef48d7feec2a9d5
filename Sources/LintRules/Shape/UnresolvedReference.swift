import ClientVPN
import Forwarding
import SourceText

/// A name that stands for nothing in the model.
enum UnresolvedReference: ModelRule {
  static let info = RuleInfo(
    code: "VPN009", name: "unresolved-reference", severity: .error,
    summary: "a name or id refers to nothing in the model",
    why: """
      What is attached to nothing takes no part in any verdict. An object of the API with an id, CRN or URL is taken \
      to exist even where the model leaves it out; a bare name is not.
      """,
    repair: "Correct the name, or add the resource to the model.",
    source: "README, \"The model file\"",
    examples: [
      .bad(
        "a server in a subnet that is not there",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            subnets: [⟦frontend⟧]
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a server in a modelled subnet",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: edge, ipv4_cidr_block: 10.0.1.0/24, expect: any}
        vpn_servers:
          - name: client-vpn
            subnets: [edge]
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for problem in analysis.model.problems {
      if case .unresolvedReference(let kind, let name, let nearest, let known, let count) = problem.kind {
        let choice = nearest == nil ? choice(kind, known, count) : nil
        let cause = Cause(problem.resource, "\(kind)/\(name)")
        report(
          unresolved(kind, name, nearest, choice, problem, cause).note(analysis.lostInWords(by: problem.span)))
      }
    }
  }

  private static func unresolved(
    _ kind: String, _ name: String, _ nearest: String?, _ choice: String?, _ problem: ModelProblem, _ cause: Cause
  ) -> Finding {
    finding(
      "no \(kind) is named `\(name)`", cause, at: problem.span,
      nearest.map { "did you mean `\($0)`?" } ?? "names nothing in the model"
    )
    .note(choice)
    .help("\(nearest.map { "write `\($0)`" } ?? "correct the name"), or add a \(kind) of this name")
    .repair(nearest.map { Repair("write `\($0)`", .keepsReachability, [.rewrite(problem.span, $0)]) })
  }

  /// The names there are, as long as they can be taken in at a glance; else how many.
  private static func choice(_ kind: String, _ known: [String], _ count: Int) -> String {
    switch count {
    case 0: "the model has no \(kind)"
    case ...8: "the model has \(Words.list(known.map { "`\($0)`" }, limit: 8))"
    default: "the model has \(count) other names for a \(kind), none of them near this one"
    }
  }
}
