import ClientVPN
import Forwarding
import SourceText

/// A VPC that reaches classic infrastructure in the old way.
enum ClassicAccessDeprecated: ModelRule {
  static let info = RuleInfo(
    code: "VPN608", name: "classic-access-deprecated", severity: .info,
    summary: "classic access of a VPC is deprecated",
    why: """
      One VPC of a region can have classic access, and accounts that never had one cannot create any since 31 December \
      2024. A transit gateway reaches classic infrastructure from every VPC.
      """,
    repair: "Create VPCs without classic access, and connect them and classic infrastructure to a transit gateway.",
    source: "IBM VPC documentation, setting up access to classic infrastructure; IBM VPC API, create_vpc",
    examples: [
      .bad(
        "classic access",
        """
        vpc:
          classic_access: ⟦true⟧
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "no classic access",
        """
        vpc:
          classic_access: false
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    if let access = analysis.model.vpc.classicAccess, access.value { report(deprecated(access)) }
  }

  private static func deprecated(_ access: Field<Bool>) -> Finding {
    finding(
      "the VPC has classic access, which is deprecated", Cause("vpc", "classic_access"), at: access.span,
      "chosen when the VPC was created, and cannot be changed"
    )
    .help("connect a VPC without classic access and classic infrastructure to a transit gateway")
  }
}
