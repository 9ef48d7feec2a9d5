import ClientVPN
import Forwarding
import SourceText

/// More address prefixes than a VPC may have.
enum QuotaAddressPrefixes: ModelRule {
  static let info = RuleInfo(
    code: "VPN126", name: "quota-address-prefixes", severity: .error,
    summary: "the VPC has more address prefixes than its quota",
    why: """
      The service refuses address prefixes beyond the quota, so subnets cannot be made in them and clients have \
      nothing there to reach.
      """,
    repair: """
      Remove address prefixes that nobody needs, or ask for a higher quota and write it under `quotas` as \
      `address_prefixes`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          ⟦address_prefixes⟧:
            - {cidr: 10.0.0.0/17, zone: jp-tok-1}
            - {cidr: 10.0.128.0/17, zone: jp-tok-2}
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {address_prefixes: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          address_prefixes:
            - {cidr: 10.0.0.0/17, zone: jp-tok-1}
            - {cidr: 10.0.128.0/17, zone: jp-tok-2}
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {address_prefixes: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let model = analysis.model
    guard let list = model.vpc.addressPrefixes else { return }
    let exceeded = ExceededQuota(
      "the VPC", list.elements.count, "address prefix", "address prefixes", quota: model.quota(.addressPrefixes))
    if let exceeded {
      report(finding(exceeded, of: .addressPrefixes, Cause("vpc/address_prefixes", "quota"), at: list.key))
    }
  }
}
