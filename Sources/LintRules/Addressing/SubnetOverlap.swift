import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A subnet that has addresses in common with an earlier one.
enum SubnetOverlap: ModelRule {
  static let info = RuleInfo(
    code: "VPN115", name: "subnet-overlap", severity: .error,
    summary: "two subnets of the VPC overlap",
    why: """
      The service refuses a subnet that has addresses in common with another one of the VPC: an address can be in \
      one subnet only.
      """,
    repair: "Renumber one of the two subnets.",
    source: "IBM VPC API, create_subnet",
    examples: [
      .bad(
        "the second subnet lies in the first",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/16}, {name: db, ipv4_cidr_block: ⟦10.0.1.0/24⟧}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
      .bad(
        "two subnets with one block",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: ⟦10.0.0.0/24⟧}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "two subnets side by side",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.0.1.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/23}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let subnets = analysis.model.vpc.subnets.elements
    for pair in EarlierOverlaps(subnets.map(\.block.value)).pairs {
      let (earlier, later) = (subnets[pair.earlier], subnets[pair.later])
      guard let common = later.block.value.range.intersection(earlier.block.value.range) else { continue }
      report(overlap(later, earlier, common))
    }
  }

  private static func overlap(_ later: Subnet, _ earlier: Subnet, _ common: IPv4Range) -> Finding {
    finding(
      "\(later.inWords) overlaps \(earlier.inWords)", Cause(later.path, "overlap", extent: common.extent),
      at: later.block.span, "in both subnets: \(Words.ranges([common]))"
    )
    .label(earlier.block.span, "\(earlier.inWords), \(earlier.block.value.canonical)")
    .note("the service refuses a subnet that overlaps another one of the VPC")
    .help("renumber one of the two subnets")
  }
}
