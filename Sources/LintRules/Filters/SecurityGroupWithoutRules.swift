import ClientVPN
import Forwarding
import SourceText

/// A security group without rules: it allows nothing.
enum SecurityGroupWithoutRules: ModelRule {
  static let info = RuleInfo(
    code: "VPN521", name: "security-group-without-rules", severity: .error,
    summary: "a security group has no rules, so it allows no traffic at all",
    why: """
      A group allows what its rules name, and a group that was created by the API has none. If it is the only group of a \
      workload, clients cannot reach it; if it is the only one of the VPN server, no client can connect.
      """,
    repair: "Add the rules that its targets need, or attach another group.",
    source: "IBM VPC API, create_security_group; IBM VPC documentation, about security groups",
    examples: [
      .bad(
        "a new group by the API",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - {name: ⟦closed⟧, rules: []}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the client pool is let in",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: app
              rules: [{direction: inbound, protocol: tcp, remote: 192.168.252.0/22, ports: 443}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let model = analysis.model
    let (servers, workloads) = (model.servers, model.vpc.workloads?.elements ?? [])
    for (index, group) in (model.vpc.securityGroups?.elements ?? []).enumerated() {
      guard let rules = group.rules, rules.elements.isEmpty, !rules.isIncomplete else { continue }
      let closed =
        servers.indices.filter { analysis.attachments.securityGroups(ofServer: $0) == [index] }.map {
          servers[$0].inWords
        }
        + workloads.indices.filter { analysis.attachments.securityGroups(ofWorkload: $0) == [index] }.map {
          "workload `\(workloads[$0].name.value)`"
        }
      report(empty(group, closed))
    }
  }

  private static func empty(_ group: SecurityGroup, _ closed: [String]) -> Finding {
    finding(
      closed.isEmpty
        ? "\(group.inWords) has no rules, so it allows nothing"
        : "\(group.inWords) has no rules, so nothing gets into \(Words.list(closed, limit: 1))",
      Cause(group.path), at: group.name.span, "no rules"
    )
    .note("a group allows what its rules name, together with the other groups of a target")
    .help("add the rules that its targets need, or attach another group")
  }
}
