import ClientVPN
import Forwarding
import SourceText

/// A security group without a target.
enum DanglingSecurityGroup: ModelRule {
  static let info = RuleInfo(
    code: "VPN538", name: "dangling-security-group", severity: .info,
    summary: "nothing is in a security group of the model, and no rule names it",
    why: """
      Its rules allow nothing to anybody. Often an attachment was forgotten, and the target that was to have it has \
      the default group.
      """,
    repair: """
      Attach it to the VPN servers and workloads that it is for, or remove it. The default group of a VPC is left out \
      here, and groups of which the model does not tell the targets.
      """,
    source: "IBM VPC documentation, about security groups",
    examples: [
      .bad(
        "forgotten",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: ⟦web⟧
              targets: []
              rules: [{direction: inbound, protocol: tcp, ports: 443, remote: 192.168.252.0/22}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
      .good(
        "attached",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups:
            - name: web
              targets: [shop]
              rules: [{direction: inbound, protocol: tcp, ports: 443, remote: 192.168.252.0/22}]
          workloads: [{name: shop, subnet: app, address: 10.0.0.10, services: [tcp/443]}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for unused in analysis.unusedSecurityGroups {
      report(
        finding(
          "\(unused.inWords) allows nothing, because nothing is in it", Cause(unused.path, "attachments"),
          at: unused.name.span, "attached to nothing"
        )
        .help("attach it to what it is for, or remove it"))
    }
  }
}
