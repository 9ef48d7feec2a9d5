import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Address prefixes that other VPCs of the region probably have too, in a VPC on a transit gateway.
enum DefaultPrefixesWithInterconnect: ModelRule {
  static let info = RuleInfo(
    code: "VPN124", name: "default-prefixes-with-interconnect", severity: .warning,
    summary: "the VPC has the usual address prefixes of its region and is joined to a transit gateway",
    why: """
      A VPC of the region that is created without prefixes of its own usually gets the same. Networks on a transit \
      gateway cannot overlap, so such VPCs cannot be joined. Which prefixes are usual can differ between accounts.
      """,
    repair: "Create VPCs that are to be joined with address prefixes of their own.",
    source: "IBM VPC documentation, designing a VPC; VPC regions and subnets",
    examples: [
      .bad(
        "the usual prefix of a zone",
        """
        vpc:
          address_prefixes: [{cidr: ⟦10.244.0.0/18⟧, zone: jp-tok-1}]
          subnets: [{name: app, ipv4_cidr_block: 10.244.0.0/24, zone: jp-tok-1}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.244.0.0/24}]
        networks: [{name: partner, cidrs: [172.20.0.0/16], via: transit_gateway, expect: any}]
        """),
      .good(
        "a prefix of its own",
        """
        vpc:
          address_prefixes: [{cidr: 10.100.0.0/18, zone: jp-tok-1}]
          subnets: [{name: app, ipv4_cidr_block: 10.100.0.0/24, zone: jp-tok-1}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.100.0.0/24}]
        networks: [{name: partner, cidrs: [172.20.0.0/16], via: transit_gateway, expect: any}]
        """),
      .good(
        "a VPC that stands alone",
        """
        vpc:
          address_prefixes: [{cidr: 10.244.0.0/18, zone: jp-tok-1}]
          subnets: [{name: app, ipv4_cidr_block: 10.244.0.0/24, zone: jp-tok-1}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.244.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    if let found = analysis.defaultPrefixesBesideOthers { report(usual(found.prefixes, found.network)) }
  }

  private static func usual(_ prefixes: [AddressPrefix], _ network: Network) -> Finding {
    let first = prefixes[0]
    var result = finding(
      "the VPC is on a transit gateway with \(prefixes.count == 1 ? "a usual address prefix" : "usual address prefixes") of its region",
      Cause("vpc/address_prefixes", "usual"), at: first.cidr.span,
      "other VPCs of the region probably have \(first.cidr.value.canonical) too")
    for prefix in prefixes.dropFirst().prefix(5) { result = result.label(prefix.cidr.span, "usual in this region too") }
    return
      result
      .label(network.via.span, "\(network.inWords) is joined to the VPC")
      .note("networks on a transit gateway cannot overlap")
      .note("the usual prefixes are those of the documentation, and can differ between accounts")
      .help("create VPCs that are to be joined with address prefixes of their own")
  }
}
