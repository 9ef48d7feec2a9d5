import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// An address prefix that has addresses in common with a range that the service keeps for itself.
enum AddressPrefixReservedRange: ModelRule {
  static let info = RuleInfo(
    code: "VPN118", name: "address-prefix-reserved-range", severity: .error,
    summary: "an address prefix overlaps a range that no VPC can have",
    why: """
      The service refuses to create the prefix. The ranges are loopback, link-local and multicast addresses, and \
      those of the services of the provider.
      """,
    repair: "Choose an address prefix from the private ranges.",
    source: "IBM VPC API, create_vpc_address_prefix",
    examples: [
      .bad(
        "a prefix among the services of the provider",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/18}, {cidr: ⟦161.26.4.0/24⟧}]
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a private prefix",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/18}]
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let reserved = analysis.model.provider.reservedRanges
    for prefix in analysis.model.vpc.addressPrefixes?.elements ?? [] {
      for range in reserved {
        guard let common = prefix.cidr.value.range.intersection(range.range) else { continue }
        report(overlap(prefix, range, common, reserved))
      }
    }
  }

  private static func overlap(
    _ prefix: AddressPrefix, _ range: IPv4Prefix, _ common: IPv4Range, _ reserved: [IPv4Prefix]
  ) -> Finding {
    finding(
      "\(prefix.named) overlaps reserved range \(range)",
      Cause(prefix.path, range.description, extent: common.extent), at: prefix.cidr.span,
      "reserved: \(Words.ranges([common]))"
    )
    .note("the service refuses address prefixes in \(Words.list(reserved.map(\.description)))")
    .help("choose an address prefix from the private ranges")
  }
}
