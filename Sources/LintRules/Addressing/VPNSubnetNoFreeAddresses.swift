import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A subnet without free addresses for a VPN server that is not ready yet.
enum VPNSubnetNoFreeAddresses: ModelRule {
  static let info = RuleInfo(
    code: "VPN112", name: "vpn-subnet-no-free-addresses", severity: .warning,
    summary: "a subnet has too few free addresses for a server that is not stable",
    why: """
      A member of the server needs two free addresses in its subnet. While there are fewer, the server does not \
      become `stable`, and its health says `cannot_reserve_ip_address`.
      """,
    repair: "Free addresses in the subnet, or put the server into another one.",
    source: "IBM VPC documentation, health of a client-to-site server",
    examples: [
      .bad(
        "one free address, and the server is pending",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, available_ipv4_address_count: ⟦1⟧}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            subnets: [app]
            lifecycle_state: pending
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the server already has its addresses",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, available_ipv4_address_count: 1}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            subnets: [app]
            lifecycle_state: stable
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let model = analysis.model
    for place in model.vpnSubnets {
      let subnet = model.vpc.subnets.elements[place.subnet]
      guard let available = subnet.availableAddresses, available.value < model.provider.addressesPerMember,
        let waiting = place.servers.first(where: { model.servers[$0.server].isNotStable })
      else { continue }
      report(noneFree(available, in: subnet, for: model.servers[waiting.server], waiting.place, model.provider))
    }
  }

  private static func noneFree(
    _ available: Field<Int>, in subnet: Subnet, for server: VPNServer, _ place: Span, _ provider: ProviderProfile
  ) -> Finding {
    finding(
      "\(subnet.inWords) has too few free addresses for \(server.inWords)",
      Cause(subnet.path, "available_ipv4_address_count"), at: available.span,
      "\(Words.count(available.value, "free address", "free addresses")) of the \(provider.addressesPerMember) it needs"
    )
    .label(place, "\(server.inWords) has its addresses here")
    .label(server.lifecycleState?.span, "the server is not `stable` yet")
    .help("free addresses in \(subnet.inWords), or put the server into another subnet")
  }
}

extension VPNServer {
  /// Whether the state is modelled and the server still has to get its addresses.
  fileprivate var isNotStable: Bool { lifecycleState.map { $0.value != "stable" } ?? false }
}
