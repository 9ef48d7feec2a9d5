import ClientVPN
import Forwarding
import SourceText

/// A key that an object of the model cannot do without.
enum MissingKey: ModelRule {
  static let info = RuleInfo(
    code: "VPN003", name: "missing-key", severity: .error,
    summary: "a required key is absent or has no value",
    why: "Without the key the object says nothing about reachability, so it takes no part in any verdict.",
    repair: "Add the key. A key without a value, or with `null`, counts as absent.",
    source: "README, \"The model file\"",
    examples: [
      .bad(
        "a server without a client pool",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: ⟦client-vpn⟧
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "each required key has a value",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for problem in analysis.model.problems {
      switch problem.kind {
      case .missingKey(let key): report(missing(key, problem, Cause(problem.resource, key)))
      case .noModel: report(noModel(problem))
      default: break
      }
    }
  }

  private static func missing(_ key: String, _ problem: ModelProblem, _ cause: Cause) -> Finding {
    finding("\(problem.objectInWords) has no `\(key)`", cause, at: problem.span, "no value for `\(key)` here")
      .help(samples[key].map { "add the key, for example `\($0)`" } ?? "add the key `\(key)` with a value")
  }

  private static func noModel(_ problem: ModelProblem) -> Finding {
    finding(
      "the document has neither `vpc` nor `vpn_servers`", Cause(problem.resource), at: problem.span,
      "not a model of a network"
    )
    .note("a model says what is in the VPC, below `vpc`, and how its VPN servers are set up, below `vpn_servers`")
    .note(
      "a JSON file can also be an answer of the IBM Cloud API, a dump of a collector, or what `terraform show -json` prints"
    )
    .help("add both keys; the README shows the smallest model")
  }

  private static let samples = [
    "subnets": "subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]",
    "ipv4_cidr_block": "ipv4_cidr_block: 10.0.0.0/24", "cidr": "cidr: 10.0.0.0/16", "cidrs": "cidrs: [10.20.0.0/16]",
    "destination": "destination: 10.0.0.0/24", "client_ip_pool": "client_ip_pool: 192.168.252.0/22",
    "via": "via: transit_gateway", "direction": "direction: inbound", "action": "action: allow",
    "protocol": "protocol: tcp", "to": "to: 10.0.0.5", "expect": "expect: reachable",
  ]
}
