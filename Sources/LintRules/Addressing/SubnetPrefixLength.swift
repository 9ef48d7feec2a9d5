import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A subnet of a size that the service refuses.
enum SubnetPrefixLength: ModelRule {
  static let info = RuleInfo(
    code: "VPN116", name: "subnet-prefix-length", severity: .error,
    summary: "the subnet is larger or smaller than the service accepts",
    why: """
      The service refuses to create the subnet. Of the smallest one, a /29, three addresses are left for \
      resources.
      """,
    repair: "Choose a block with a prefix length from /9 to /29.",
    source: "IBM VPC API, create_subnet by CIDR",
    examples: [
      .bad(
        "a /30 is too small",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: ⟦10.0.0.0/30⟧, expect: any}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a /29 is the smallest subnet",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/29}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/29}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let lengths = analysis.model.provider.subnetLengths
    for subnet in analysis.model.vpc.subnets.elements where !lengths.contains(subnet.block.value.length) {
      report(outOfRange(subnet, lengths))
    }
  }

  private static func outOfRange(_ subnet: Subnet, _ lengths: ClosedRange<UInt8>) -> Finding {
    let block = subnet.block.value.canonical
    return finding(
      "\(subnet.inWords) is too \(block.length > lengths.upperBound ? "small" : "large")",
      Cause(subnet.path, block.description, extent: block.range.extent), at: subnet.block.span,
      "a /\(block.length), \(Words.ranges([block.range]))"
    )
    .note("the service accepts subnets from /\(lengths.lowerBound) to /\(lengths.upperBound)")
    .help("choose a block of /\(lengths.lowerBound) to /\(lengths.upperBound)")
  }
}
