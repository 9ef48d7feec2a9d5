import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// An address prefix of public addresses, without routes that keep its packets in the VPC.
enum NonRFC1918PrefixWithoutDelegateVPC: ModelRule {
  static let info = RuleInfo(
    code: "VPN125", name: "non-rfc1918-prefix-without-delegate-vpc", severity: .warning,
    summary: "a subnet with a way to the internet sends packets for a public address prefix of the VPC there",
    why: """
      From a subnet with a public gateway or a floating IP, packets to addresses that are public elsewhere go to the \
      internet, though the VPC has them itself, unless a route with action delegate_vpc keeps them.
      """,
    repair: "Add a route with action delegate_vpc for the prefix, in every zone.",
    source: "IBM VPC documentation, interconnectivity; creating a route",
    examples: [
      .bad(
        "no route for the prefix",
        """
        vpc:
          address_prefixes: [{cidr: ⟦203.0.112.0/22⟧, zone: jp-tok-1}, {cidr: 10.0.0.0/18, zone: jp-tok-1}]
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1, public_gateway: pgw}
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes: []
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "delegated to the VPC",
        """
        vpc:
          address_prefixes: [{cidr: 203.0.112.0/22, zone: jp-tok-1}, {cidr: 10.0.0.0/18, zone: jp-tok-1}]
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1, public_gateway: pgw}
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes: [{destination: 203.0.112.0/22, zone: jp-tok-1, action: delegate_vpc}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for found in analysis.publicPrefixesWithoutDelegation { report(undelegated(found, analysis.model)) }
  }

  private static func undelegated(_ found: PublicPrefix, _ model: Model) -> Finding {
    let (prefix, subnet) = (found.prefix, model.vpc.subnets.elements[found.subnet])
    return finding(
      "packets from \(subnet.inWords) to \(prefix.named) of the VPC go to the internet",
      Cause(prefix.path, "delegate_vpc", extent: prefix.cidr.value.canonical.range.extent), at: prefix.cidr.span,
      "without a route that keeps them: \(Words.ranges(found.missing))"
    )
    .label(subnet.publicGateway?.span ?? subnet.block.span, "\(subnet.inWords) has a way to the internet")
    .label(found.table.routesPlace, "\(found.table.inWords) decides for the subnet")
    .help("add a route to \(prefix.cidr.value.canonical) with action delegate_vpc to the table, in every zone")
  }
}
