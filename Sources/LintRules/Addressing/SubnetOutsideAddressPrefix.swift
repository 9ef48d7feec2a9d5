import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A subnet that no single address prefix contains.
enum SubnetOutsideAddressPrefix: ModelRule {
  static let info = RuleInfo(
    code: "VPN113", name: "subnet-outside-address-prefix", severity: .error,
    summary: "no single address prefix of the VPC contains the subnet",
    why: """
      The service cuts subnets from address prefixes and refuses any other block. The rule speaks only if address \
      prefixes are modelled.
      """,
    repair: "Add an address prefix that contains the subnet, or cut the subnet from one that exists.",
    source: "IBM VPC API, create_subnet by CIDR",
    examples: [
      .bad(
        "the subnet lies beside the prefix",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/18}]
          subnets: [{name: app, ipv4_cidr_block: ⟦10.0.64.0/24⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.64.0/24}]
        """),
      .bad(
        "two prefixes side by side are not one",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/24}, {cidr: 10.0.1.0/24}]
          subnets: [{name: app, ipv4_cidr_block: ⟦10.0.0.0/23⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/23}]
        """),
      .good(
        "the prefix contains the subnet",
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
    let model = analysis.model
    guard let prefixes = model.vpc.addressPrefixes, !model.addressPrefixesAreIncomplete else { return }
    let placement = PrefixPlacement(prefixes.elements.map(\.cidr.value))
    for subnet in model.vpc.subnets.elements where placement.narrowest(containing: subnet.block.value) == nil {
      report(outside(subnet, placement, prefixes))
    }
  }

  private static func outside(
    _ subnet: Subnet, _ placement: PrefixPlacement, _ prefixes: ListField<AddressPrefix>
  ) -> Finding {
    let block = subnet.block.value.canonical
    let uncovered = placement.uncovered(of: block)
    return finding(
      "no address prefix contains \(subnet.inWords)",
      Cause(subnet.path, "address-prefix", extent: block.range.extent), at: subnet.block.span,
      uncovered.isEmpty
        ? "spread over several prefixes: \(Words.ranges([block.range]))" : "in no prefix: \(Words.ranges(uncovered))"
    )
    .label(prefixes.key, "\(Words.count(prefixes.elements.count, "address prefix", "address prefixes")) here")
    .note("the service refuses a subnet that does not lie in one address prefix")
    .help("add an address prefix that contains \(block), or cut the subnet from one that exists")
  }
}
