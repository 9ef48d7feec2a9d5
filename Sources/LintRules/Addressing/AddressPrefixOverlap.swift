import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// An address prefix that has addresses in common with an earlier one.
enum AddressPrefixOverlap: ModelRule {
  static let info = RuleInfo(
    code: "VPN117", name: "address-prefix-overlap", severity: .error,
    summary: "two address prefixes of the VPC overlap",
    why: "The service refuses an address prefix that has addresses in common with another one of the VPC, in any zone.",
    repair: "Renumber or remove one of the two address prefixes.",
    source: "IBM VPC API, create_vpc_address_prefix",
    examples: [
      .bad(
        "the second prefix lies in the first",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/16}, {cidr: ⟦10.0.64.0/18⟧}]
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "two prefixes side by side",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/18}, {cidr: 10.0.64.0/18}]
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let prefixes = analysis.model.vpc.addressPrefixes?.elements ?? []
    for pair in EarlierOverlaps(prefixes.map(\.cidr.value)).pairs {
      let (earlier, later) = (prefixes[pair.earlier], prefixes[pair.later])
      guard let common = later.cidr.value.range.intersection(earlier.cidr.value.range) else { continue }
      report(overlap(later, earlier, common))
    }
  }

  private static func overlap(_ later: AddressPrefix, _ earlier: AddressPrefix, _ common: IPv4Range) -> Finding {
    finding(
      "\(later.named) overlaps \(earlier.named)", Cause(later.path, "overlap", extent: common.extent),
      at: later.cidr.span, "in both prefixes: \(Words.ranges([common]))"
    )
    .label(earlier.cidr.span, earlier.inWords)
    .note("the service refuses an address prefix that overlaps another one of the VPC")
    .help("renumber or remove one of the two address prefixes")
  }
}
