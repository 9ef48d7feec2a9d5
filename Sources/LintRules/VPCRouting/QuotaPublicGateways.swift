import ClientVPN
import Forwarding
import SourceText

/// More public gateways in a zone than a VPC may have.
enum QuotaPublicGateways: ModelRule {
  static let info = RuleInfo(
    code: "VPN429", name: "quota-public-gateways", severity: .error,
    summary: "subnets of one zone have different public gateways, and a VPC has one a zone",
    why: """
      The service refuses a second public gateway in a zone, so subnets that were to have it have no way to the \
      internet. Support does not raise this limit.
      """,
    repair: "Give the subnets of a zone the same public gateway.",
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "two gateways in one zone",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1, public_gateway: gateway-1}
            - {name: db, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1, public_gateway: ⟦gateway-2⟧}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
      .good(
        "a gateway in each zone",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1, public_gateway: gateway-1}
            - {name: db, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-2, public_gateway: gateway-2}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let limit = analysis.model.provider.publicGatewaysPerZone
    for (zone, gateways) in analysis.publicGatewaysByZone {
      let owner = "zone `\(zone)` of the VPC"
      guard let exceeded = ExceededQuota(owner, gateways.count, "public gateway", quota: limit) else { continue }
      report(
        finding(exceeded, Cause("vpc", "public-gateways/\(zone)"), at: gateways[limit].span)
          .label(gateways[0].span, "`\(gateways[0].value)` is in this zone already")
          .help("give the subnets of a zone the same public gateway; this limit cannot be raised"))
    }
  }
}
