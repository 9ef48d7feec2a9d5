import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A subnet in another zone than its address prefix.
enum SubnetZoneMismatch: ModelRule {
  static let info = RuleInfo(
    code: "VPN114", name: "subnet-zone-mismatch", severity: .error,
    summary: "the subnet is in another zone than the address prefix that contains it",
    why: """
      An address prefix belongs to one zone, and so do the subnets that are cut from it. The service refuses a \
      subnet in another zone.
      """,
    repair: "Correct the zone of the subnet, or cut it from an address prefix of its zone.",
    source: "IBM VPC API, create_subnet by CIDR",
    examples: [
      .bad(
        "the prefix is in the first zone, the subnet in the second",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/18, zone: jp-tok-1}]
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: ⟦jp-tok-2⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "both are in one zone",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/18, zone: jp-tok-1}]
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    guard let prefixes = analysis.model.vpc.addressPrefixes?.elements else { return }
    let placement = PrefixPlacement(prefixes.map(\.cidr.value))
    for subnet in analysis.model.vpc.subnets.elements {
      guard let zone = subnet.zone, let index = placement.narrowest(containing: subnet.block.value),
        let prefixZone = prefixes[index].zone, prefixZone.value != zone.value
      else { continue }
      report(mismatch(subnet, zone, prefixes[index], prefixZone))
    }
  }

  private static func mismatch(
    _ subnet: Subnet, _ zone: Field<String>, _ prefix: AddressPrefix, _ prefixZone: Field<String>
  ) -> Finding {
    let block = subnet.block.value.canonical
    return finding(
      "\(subnet.inWords) is in another zone than its address prefix", Cause(subnet.path, "zone"), at: zone.span,
      "\(Words.ranges([block.range])) is in zone `\(prefixZone.value)`"
    )
    .label(prefixZone.span, prefix.inWords)
    .note("the service refuses a subnet outside the zone of its address prefix")
    .help("set the zone to `\(prefixZone.value)`, or cut the subnet from an address prefix of `\(zone.value)`")
  }
}
