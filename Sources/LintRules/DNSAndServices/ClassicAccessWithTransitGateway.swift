import ClientVPN
import Forwarding
import SourceText

/// A VPC with classic access that is to be on a transit gateway.
enum ClassicAccessWithTransitGateway: ModelRule {
  static let info = RuleInfo(
    code: "VPN607", name: "classic-access-with-transit-gateway", severity: .error,
    summary: "a VPC with classic access cannot be connected to a transit gateway",
    why: "The transit gateway refuses the connection, so that the networks behind it are not reached.",
    repair: """
      Classic access can only be chosen when a VPC is created: create a VPC without it, and reach classic infrastructure \
      by a classic connection of the transit gateway.
      """,
    source: "IBM Cloud documentation, Transit Gateway: helpful tips",
    examples: [
      .bad(
        "both ways at once",
        """
        vpc:
          classic_access: ⟦true⟧
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 10.50.0.0/16, action: translate}]
        networks: [{name: other-vpc, cidrs: [10.50.0.0/16], via: transit_gateway}]
        """),
      .good(
        "the transit gateway alone",
        """
        vpc:
          classic_access: false
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 10.50.0.0/16, action: translate}]
        networks: [{name: other-vpc, cidrs: [10.50.0.0/16], via: transit_gateway}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    guard let access = analysis.model.vpc.classicAccess, access.value else { return }
    let behind = (analysis.model.networks?.elements ?? []).filter { $0.via.value == .transitGateway }
    if !behind.isEmpty { report(cannotConnect(access, behind)) }
  }

  private static func cannotConnect(_ access: Field<Bool>, _ networks: [Network]) -> Finding {
    var result = finding(
      "with classic access, the VPC cannot reach \(Words.list(networks.map(\.inWords), limit: 2)) by transit gateway",
      Cause("vpc", "classic_access"), at: access.span, "a transit gateway takes no VPC with classic access"
    )
    for network in networks.prefix(labelsAtMost) {
      result = result.label(network.via.span, "\(network.inWords) is reached by transit gateway")
    }
    return
      result
      .note("classic access is chosen when a VPC is created, and cannot be changed")
      .help(
        "create a VPC without classic access, and reach classic infrastructure by a connection of the transit gateway")
  }

  private static let labelsAtMost = 4
}
