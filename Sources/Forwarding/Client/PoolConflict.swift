public import ClientVPN
public import IPv4Space

/// The client pool of a server and the LAN of a site have addresses in common.
public struct PoolConflict: Sendable {
  /// What comes of it, the worst first.
  public enum Effect: Int, Sendable, Comparable {
    /// Rows of the VPN get the LAN's interface, and the LAN has a router at the VPN gateway's address: what belongs into
    /// the tunnel leaves in clear.
    case leaksToRouter
    /// Rows of the VPN get the LAN's interface, and nobody is at the VPN gateway's address there.
    case leavesToNobody
    /// The tunnel's own packets do not reach the server.
    case tunnelDies
    /// All of the LAN goes into the tunnel.
    case lanIsLost
    /// Some addresses of the LAN or of the pool cannot be reached.
    case partIsHidden

    /// Worse first.
    public static func < (left: Effect, right: Effect) -> Bool { left.rawValue < right.rawValue }
  }

  /// The part of the pool that a client has its address of.
  public let tunnelNetwork: IPv4Prefix
  /// The first address of that part.
  public let vpnGateway: IPv4Address
  /// The LAN.
  public let lan: IPv4Prefix
  /// What comes of it.
  public let effect: Effect
}

extension SiteAnalysis {
  /// What comes of a pool that overlaps the LAN; nil if it does not. Without a tunnel network in the model each half of the
  /// pool counts, as either may be a member's: the worse effect is told.
  public func poolConflict(of analysis: ServerAnalysis) -> PoolConflict? {
    let server = analysis.server
    guard let lan = place.lan, let pool = server.clientPool?.value.canonical, pool.overlaps(lan) else { return nil }
    let candidates = server.possibleTunnelNetworks.compactMap { tunnel -> PoolConflict? in
      var member = server
      member.tunnelNetwork = Field(tunnel, server.clientPool?.span ?? server.span)
      guard let gateway = member.gatewayAddress,
        let table = ClientTable(member, at: place, publicIP: server.publicIPs?.elements.first?.value)
      else { return nil }
      return PoolConflict(
        tunnelNetwork: tunnel, vpnGateway: gateway, lan: lan, effect: effect(table, gateway, lan, server))
    }
    return candidates.min { $0.effect < $1.effect }
  }

  private func effect(
    _ table: ClientTable, _ vpnGateway: IPv4Address, _ lan: IPv4Prefix, _ server: VPNServer
  ) -> PoolConflict.Effect {
    let strays = table.rows.contains { row in
      [.redirect, .pushed, .pool].contains(row.origin) && !row.isTunnel
    }
    if strays { return place.routers.contains(vpnGateway) ? .leaksToRouter : .leavesToNobody }
    if table.rows.contains(where: { $0.origin == .serverHost && $0.isTunnel }) { return .tunnelDies }
    let decisions = table.decisions(routers: place.routers)
    let staysInLAN = !decisions.allSatisfy(in: lan.range) { $0 >= 0 && table.rows[Int($0)].isTunnel }
    return staysInLAN ? .partIsHidden : .lanIsLost
  }
}

extension VPNServer {
  /// The parts of the pool that a client can have its address of: as modelled, else either half.
  public var possibleTunnelNetworks: [IPv4Prefix] {
    if let tunnelNetwork { return [tunnelNetwork.value.canonical] }
    guard let first = effectiveTunnelNetwork, let pool = clientPool?.value.canonical else { return [] }
    let second = IPv4Prefix(IPv4Address(bits: first.last.bits &+ 1), length: first.length)
    return pool.contains(second) && second != first ? [first, second] : [first]
  }
}
