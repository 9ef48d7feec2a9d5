import ClientVPN
public import IPv4Space

/// Who answers a packet. A closed list (SPEC §5).
public enum Answerer: String, Sendable {
  /// The VPN server: at its public address outside the tunnel, and the VPN gateway through a live one.
  case vpnServer = "vpn-server"
  case vpc
  /// A declared network, through the tunnel.
  case network
  case internet
  /// The client's own network, or what a route of the site leads to.
  case lan
  /// Nobody.
  case none
}

extension SiteAnalysis {
  /// Who answers a packet to an address.
  public func answerer(to address: IPv4Address, of analysis: ServerAnalysis, in model: Analysis) -> Answerer {
    if ownAddresses.contains(address) || fates[address].target == .clientItself { return .lan }
    guard let row = row(to: address) else { return .none }
    if row.isTunnel { return answererInTunnel(address, analysis, model) }
    if row.gateway == .onLink { return .lan }
    guard place.leadsOn(row) else { return .none }
    if analysis.server.publicIPs?.elements.contains(where: { $0.value == address }) ?? false { return .vpnServer }
    return isInReachOfLAN(address) ? .lan : model.plan.answersOutside(address) ? .internet : .none
  }

  /// Whether a router of the LAN finds an address without the internet: it lies in the LAN, or behind a route of the site
  /// other than its default route.
  private func isInReachOfLAN(_ address: IPv4Address) -> Bool {
    place.rows.contains { row in row.destination.map { $0.length > 0 && $0.contains(address) } ?? false }
  }

  private func answererInTunnel(_ address: IPv4Address, _ analysis: ServerAnalysis, _ model: Analysis) -> Answerer {
    if carrier.isDead { return .none }
    if address == analysis.server.gatewayAddress { return .vpnServer }
    let fate = fates[address]
    guard fate.outcome == .reachable else { return .none }
    return fate.answerer(in: model)
  }
}

extension ServerAnalysis {
  /// Who answers a packet to an address, from a place of which nothing is known.
  public func answerer(to address: IPv4Address, in model: Analysis) -> Answerer {
    let fate = fates[address]
    switch fate.outcome {
    case .direct where fate.target == .server: return .vpnServer
    case .direct: return model.plan.answersOutside(address) ? .internet : .none
    case .local: return .lan
    case .reachable: return fate.answerer(in: model)
    default:
      let isGateway = address == server.gatewayAddress && !carrier.isLooped
      return isGateway && fate.outcome != .undetermined ? .vpnServer : .none
    }
  }
}

extension Fate {
  /// Who answers where a packet arrives through the tunnel.
  fileprivate func answerer(in analysis: Analysis) -> Answerer {
    switch target {
    case .subnet, .service: .vpc
    case .network(let index):
      analysis.model.networks?.elements[index].via.value == .internet ? .internet : .network
    case .vpnGateway: .vpnServer
    case .internet, .server: .internet
    case .clientPool, .clientItself, .nothing: .none
    }
  }
}

extension AddressPlan {
  /// Whether somebody on the internet may have an address: it is outside RFC 1918, 100.64.0.0/10, the provider's service
  /// ranges and what is special (SPEC §5).
  func answersOutside(_ address: IPv4Address) -> Bool { !ProviderSpace.neverOutside.union(services).contains(address) }
}
