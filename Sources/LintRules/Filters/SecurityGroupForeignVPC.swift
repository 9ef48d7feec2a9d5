import ClientVPN
import Forwarding
import SourceText

/// A security group of another VPC.
enum SecurityGroupForeignVPC: ModelRule {
  static let info = RuleInfo(
    code: "VPN536", name: "security-group-foreign-vpc", severity: .error,
    summary: "a security group that the model uses lies in another VPC",
    why: """
      The service refuses to attach it, so what it allows is stopped; a VPN server without another group has the \
      default one, which lets no client in. The VPC of a group is known where the API names it.
      """,
    repair: "Use a security group of the same VPC.",
    source: "IBM VPC documentation, about security groups",
    examples: [
      .bad(
        "a group of another VPC",
        """
        vpc:
          name: tokyo
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: vpn
              vpc: {name: ⟦osaka⟧}
              rules: [{direction: inbound, protocol: udp, ports: 443}, {direction: outbound, protocol: any}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            security_groups: [vpn]
            routes: [{destination: 10.0.0.0/16}]
        """),
      .good(
        "a group of the same VPC",
        """
        vpc:
          name: tokyo
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: vpn
              vpc: {name: tokyo}
              rules: [{direction: inbound, protocol: udp, ports: 443}, {direction: outbound, protocol: any}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            security_groups: [vpn]
            routes: [{destination: 10.0.0.0/16}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let model = analysis.model
    let groups = model.vpc.securityGroups?.elements ?? []
    guard groups.contains(where: { $0.vpc != nil }) || model.servers.contains(where: { $0.vpc != nil }) else { return }
    for (group, use) in zip(groups, analysis.securityGroupUses) {
      let servers = use.servers.map { model.servers[$0] }
      if let server = servers.first(where: { model.isInOtherVPC(group, than: $0) }) {
        report(foreign(group, server.inWords, server.vpc?.span))
      } else if model.isInOtherVPC(group), let workload = use.workloads.first {
        let name = model.vpc.workloads?.elements[workload].name
        report(foreign(group, "workload `\(name?.value ?? "")`", name?.span))
      }
    }
  }

  private static func foreign(_ group: SecurityGroup, _ target: String, _ place: Span?) -> Finding {
    finding(
      "\(group.inWords) lies in another VPC than \(target)", Cause(group.path, "vpc"),
      at: group.vpc?.span ?? group.name.span, "the VPC of the group"
    )
    .label(place, target)
    .help("use a security group of the same VPC")
  }
}
