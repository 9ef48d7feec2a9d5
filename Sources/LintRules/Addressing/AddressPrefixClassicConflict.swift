import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// An address prefix among the addresses that classic infrastructure keeps for its services.
enum AddressPrefixClassicConflict: ModelRule {
  static let info = RuleInfo(
    code: "VPN123", name: "address-prefix-classic-conflict", severity: .error,
    summary: "an address prefix overlaps a range of the services of classic infrastructure, which the VPC reaches",
    why: """
      Classic infrastructure has these addresses itself. Packets to them and answers from them can go to the wrong \
      side.
      """,
    repair: "Choose an address prefix outside these ranges.",
    source: "IBM VPC documentation, classic access; designing a VPC",
    examples: [
      .bad(
        "a prefix in 10.200.0.0/14",
        """
        vpc:
          address_prefixes: [{cidr: ⟦10.201.0.0/18⟧, zone: jp-tok-1}]
          subnets: [{name: app, ipv4_cidr_block: 10.201.0.0/24, zone: jp-tok-1}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.201.0.0/24}]
        networks: [{name: classic, cidrs: [10.130.0.0/16], via: classic, expect: any}]
        """),
      .good(
        "a prefix beside the ranges",
        """
        vpc:
          address_prefixes: [{cidr: 10.220.0.0/18, zone: jp-tok-1}]
          subnets: [{name: app, ipv4_cidr_block: 10.220.0.0/24, zone: jp-tok-1}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.220.0.0/24}]
        networks: [{name: classic, cidrs: [10.130.0.0/16], via: classic, expect: any}]
        """),
      .good(
        "classic infrastructure is not reached",
        """
        vpc:
          address_prefixes: [{cidr: 10.201.0.0/18, zone: jp-tok-1}]
          subnets: [{name: app, ipv4_cidr_block: 10.201.0.0/24, zone: jp-tok-1}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.201.0.0/24}]
        networks: [{name: office, cidrs: [172.20.0.0/16], via: vpn_gateway, expect: any}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for found in analysis.prefixesInClassic { report(conflict(found.prefix, found.common, analysis.model)) }
  }

  private static func conflict(_ prefix: AddressPrefix, _ common: [IPv4Range], _ model: Model) -> Finding {
    finding(
      "\(prefix.named) overlaps addresses of services of classic infrastructure",
      Cause(prefix.path, "classic", extent: common[0].first.bits...common[common.count - 1].last.bits),
      at: prefix.cidr.span, "addresses of its services too: \(Words.ranges(common))"
    )
    .label(model.classicNetwork?.name.span ?? model.vpc.classicAccess?.span, "classic infrastructure is reached")
    .note("classic infrastructure keeps \(Words.list(model.provider.routing.classicServiceRanges.map(\.description)))")
    .help("choose an address prefix outside these ranges; the range of a prefix cannot be changed in place")
  }
}
