import ClientVPN
import Forwarding
import SourceText

/// A network ACL without a subnet.
enum DanglingACL: ModelRule {
  static let info = RuleInfo(
    code: "VPN537", name: "dangling-acl", severity: .info,
    summary: "no subnet has a network ACL of the model",
    why: """
      Its rules filter nothing. Often an attachment was forgotten, and the subnet that was to have it has the default \
      ACL, which allows all traffic.
      """,
    repair: """
      Attach it to the subnets that it is for, or remove it. The default ACL of a VPC is left out here.
      """,
    source: "IBM VPC documentation, about network ACLs",
    examples: [
      .bad(
        "forgotten",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          network_acls:
            - {name: standard, is_default: true}
            - name: ⟦app-only⟧
              rules:
                - {direction: inbound, action: allow, protocol: any, source: 192.168.252.0/22}
                - {direction: outbound, action: allow, protocol: any, destination: 192.168.252.0/22}
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
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, network_acl: app-only}]
          network_acls:
            - {name: standard, is_default: true}
            - name: app-only
              rules:
                - {direction: inbound, action: allow, protocol: any, source: 192.168.252.0/22}
                - {direction: outbound, action: allow, protocol: any, destination: 192.168.252.0/22}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for unused in analysis.unusedACLs {
      report(
        finding(
          "\(unused.inWords) filters nothing, because no subnet has it", Cause(unused.path, "attachments"),
          at: unused.name.span, "attached to no subnet"
        )
        .help("attach it to the subnets that it is for, or remove it"))
    }
  }
}
