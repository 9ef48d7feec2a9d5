import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A subnet too small for the VPN server in it.
enum VPNSubnetTooSmall: ModelRule {
  static let info = RuleInfo(
    code: "VPN111", name: "vpn-subnet-too-small", severity: .error,
    summary: "a subnet of a VPN server has too few addresses for it",
    why: """
      A member of the server needs two free addresses in its subnet. Without them it cannot be created, and the \
      health of the server says `cannot_reserve_ip_address`.
      """,
    repair: "Put the server into a subnet of /29 or larger.",
    source: "IBM VPC documentation, questions about client-to-site servers",
    examples: [
      .bad(
        "a /30 has no address left for anything", without: ["subnet-prefix-length"],
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: vpn, ipv4_cidr_block: ⟦10.0.1.0/30⟧, expect: any}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            subnets: [vpn]
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a /29 has three",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: vpn, ipv4_cidr_block: 10.0.1.0/29, expect: any}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            subnets: [vpn]
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let (model, provider) = (analysis.model, analysis.model.provider)
    for place in model.vpnSubnets {
      let subnet = model.vpc.subnets.elements[place.subnet]
      let usable = provider.usableAddresses(of: subnet.block.value)?.count ?? 0
      if usable < provider.addressesPerMember || subnet.block.value.length > provider.subnetLengths.upperBound {
        report(tooSmall(subnet, usable, place, model))
      }
    }
  }

  private static func tooSmall(_ subnet: Subnet, _ usable: UInt64, _ place: VPNSubnet, _ model: Model) -> Finding {
    let block = subnet.block.value.canonical
    let needed = Words.count(model.provider.addressesPerMember, "address", "addresses")
    var finding = finding(
      "\(subnet.inWords) is too small for \(model.servers[place.servers[0].server].inWords)",
      Cause(subnet.path, block.description, extent: block.range.extent), at: subnet.block.span,
      "\(Words.ranges([block.range])), \(usable == 0 ? "none" : "\(usable)") of them usable"
    )
    .note("the provider keeps the first \(model.provider.reservedAtStart) addresses of a subnet and the last")
    .help("put the server into a subnet of /\(model.provider.subnetLengths.upperBound) or larger")
    for (server, span) in place.servers {
      finding = finding.label(span, "\(model.servers[server].inWords) needs \(needed) here")
    }
    return finding
  }
}
