import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// An address prefix of a size that the service refuses.
enum AddressPrefixLength: ModelRule {
  static let info = RuleInfo(
    code: "VPN119", name: "address-prefix-length", severity: .error,
    summary: "the address prefix is larger or smaller than the service accepts",
    why: "The service refuses to create the address prefix, so no subnet can be cut from it.",
    repair: "Choose a prefix length from /9 to /29.",
    source: "IBM VPC API, create_vpc_address_prefix",
    examples: [
      .bad(
        "a /8 is too large",
        """
        vpc:
          address_prefixes: [{cidr: ⟦10.0.0.0/8⟧}]
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a /9 is the largest prefix",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/9}]
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let lengths = analysis.model.provider.subnetLengths
    for prefix in analysis.model.vpc.addressPrefixes?.elements ?? []
    where !lengths.contains(prefix.cidr.value.length) {
      report(outOfRange(prefix, lengths))
    }
  }

  private static func outOfRange(_ prefix: AddressPrefix, _ lengths: ClosedRange<UInt8>) -> Finding {
    let block = prefix.cidr.value.canonical
    return finding(
      "\(prefix.named) is too \(block.length > lengths.upperBound ? "small" : "large")",
      Cause(prefix.path, "prefix-length"), at: prefix.cidr.span, "a /\(block.length), \(Words.ranges([block.range]))"
    )
    .note("the service accepts address prefixes from /\(lengths.lowerBound) to /\(lengths.upperBound)")
    .help("choose a prefix of /\(lengths.lowerBound) to /\(lengths.upperBound)")
  }
}
