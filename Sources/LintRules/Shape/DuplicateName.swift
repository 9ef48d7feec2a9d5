import ClientVPN
import Forwarding
import SourceText

/// Two resources of one kind with the same name.
enum DuplicateName: ModelRule {
  static let info = RuleInfo(
    code: "VPN008", name: "duplicate-name", severity: .error,
    summary: "two resources of one kind have the same name",
    why: """
      The service wants names to be unique and refuses the second resource. In the model a reference by that name \
      could mean either, and findings could not say which one they are about.
      """,
    repair: "Rename one of the two.",
    source: "IBM VPC API: names are unique within the VPC, of routes within the server",
    examples: [
      .bad(
        "a copied subnet kept its name",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: ⟦app⟧, ipv4_cidr_block: 10.0.1.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 10.0.1.0/24}]
        """),
      .good(
        "a subnet and a route may share a name",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{name: app, destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for problem in analysis.model.problems {
      if case .duplicateName(let kind, let name) = problem.kind {
        report(doubled(kind, name, problem, Cause("\(problem.path)/\(name)", "duplicate")))
      }
    }
  }

  private static func doubled(_ kind: String, _ name: String, _ problem: ModelProblem, _ cause: Cause) -> Finding {
    finding("more than one \(kind) is named `\(name)`", cause, at: problem.span, "the same name again")
      .label(problem.other, "the first \(kind) of this name")
      .note(kind == "VPN server route" ? nil : "a reference by this name means the first one")
      .help("give this \(kind) another name")
  }
}
