public import ClientVPN
public import IPv4Space

/// A DNS server that is pushed to clients, and to which the security groups of the VPN server let no query through.
public struct BlockedDNS: Sendable {
  /// The DNS server.
  public let server: Field<IPv4Address>
  /// The protocols that do not pass.
  public let transports: [TransportProtocol]
  /// The security groups of the VPN server, by their positions.
  public let groups: [Int]
}

extension ServerAnalysis {
  /// DNS servers to which a route leads, and no security group of the VPN server lets all queries out. Where the groups
  /// stop what clients are to reach at the same place, that is told as a whole, and not here.
  public func dnsBlockedByGroups(in model: Model) -> [BlockedDNS] {
    guard let flowJudge = reach.judge, let pushed = server.dnsServers?.elements, !carrier.isLooped else { return [] }
    let stopped = flowBlocks.filter { $0.stage == .serverSecurityGroup }.flatMap(\.victims)
    return pushed.compactMap { dns in
      let isForwarded = fates[dns.value].route.map { table.routes[$0].action != .drop } ?? false
      let isTold = stopped.contains { model.holds(dns.value, $0) }
      guard isForwarded, !isTold, case .groups(let groups)? = flowJudge.serverHolder else {
        return nil
      }
      let port = model.provider.dns.port
      let blocked = [TransportProtocol.udp, .tcp].filter { transport in
        flowJudge.passesServerGroups(ServiceSet(transport, port: port), to: dns.value) == false
      }
      return blocked.isEmpty ? nil : BlockedDNS(server: dns, transports: blocked, groups: groups)
    }
  }
}

extension Model {
  /// Whether an address lies in what is not reached.
  fileprivate func holds(_ address: IPv4Address, _ victim: FlowBlock.Victim) -> Bool {
    switch victim {
    case .subnet(let index): vpc.subnets.elements[index].block.value.contains(address)
    case .network(let index): networks?.elements[index].cidrs.contains { $0.value.contains(address) } ?? false
    case .service(let workload, _): vpc.workloads?.elements[workload].address?.value == address
    case .expectation: false
    }
  }
}
