import ClientVPN
import IPv4Space

/// Finds the tunnel of a server in a client's table.
struct TunnelFinder {
  private let rows: [ClientRow]
  private let system: ClientSystem
  private let analysis: ServerAnalysis

  init(_ rows: [ClientRow], _ system: ClientSystem, _ analysis: ServerAnalysis) {
    self.rows = rows
    self.system = system
    self.analysis = analysis
  }

  private var server: VPNServer { analysis.server }
  private var pool: IPv4Prefix? { server.clientPool?.value.canonical }

  /// What a client can have as its tunnel network: a part of the pool or, if the model does not tell the parts, all of it.
  private var candidates: [IPv4Prefix] {
    server.possibleTunnelNetworks + (server.tunnelNetwork == nil ? pool.map { [$0] } ?? [] : [])
  }

  /// The tunnel network is on the link of the tunnel's interface; on macOS its row leads by the client's own address. The
  /// interface of the default gateway is the LAN's, whatever network it has.
  var tunnel: Observation.Tunnel? {
    let defaults = rows.filter { $0.destination?.length == 0 }
    for network in candidates {
      let vpnGateway = Self.vpnGateway(of: network)
      // The interface of a default gateway is the LAN's, whatever network it has, unless the tunnel is the default.
      let own = defaults.filter { $0.nextHop != vpnGateway || !looksLikeTunnel($0.interface) }
      let ownInterfaces = Set(own.map(\.interface))
      let row = rows.first { row in
        guard row.destination == network, !ownInterfaces.contains(row.interface) else { return false }
        if let nextHop = row.nextHop { return network.contains(nextHop) && nextHop != vpnGateway }
        return row.gateway == .onLink
      }
      if let row {
        return Observation.Tunnel(network: network, interface: row.interface, mode: mode(network, row.interface))
      }
    }
    return nil
  }

  /// A row to the VPN gateway without a network on its interface that has the gateway: no whole table has one.
  var orphan: ClientRow? {
    let gateways = Set(candidates.map(Self.vpnGateway))
    let interfaces = Dictionary(uniqueKeysWithValues: gateways.map { ($0, self.interfaces(around: $0)) })
    return rows.first { row in
      guard let around = row.nextHop.flatMap({ interfaces[$0] }), row.destination?.length ?? 0 > 0 else { return false }
      return !around.contains(row.interface)
    }
  }

  /// The interfaces with a network that holds a gateway, by another next hop.
  private func interfaces(around gateway: IPv4Address) -> Set<String> {
    Set(
      rows.filter { row in
        row.nextHop != gateway && row.destination.map { $0.length > 1 && $0.contains(gateway) } ?? false
      }.map(\.interface))
  }

  private static func vpnGateway(of network: IPv4Prefix) -> IPv4Address { IPv4Address(bits: network.first.bits &+ 1) }

  private func looksLikeTunnel(_ interface: String) -> Bool {
    ["tun", "utun", "tap", "OpenVPN"].contains { interface.hasPrefix($0) }
      || (try? IPv4Notation.address(interface)).map { server.clientPool?.value.contains($0) ?? false } ?? false
  }

  /// Every split tunnel pushes the client pool, and full tunnel the halves of everything. A table with neither does not
  /// tell: then a line of the profile keeps them away, and the model is believed.
  private func mode(_ network: IPv4Prefix, _ interface: String) -> VPNServer.TunnelMode {
    let vpnRows = rows.filter { row in
      row.gateway != .onLink
        && row.destination.map { $0 != network || row.nextHop == Self.vpnGateway(of: network) } ?? false
        && (row.interface == interface || row.nextHop == Self.vpnGateway(of: network))
    }
    if vpnRows.contains(where: { $0.destination == pool }) { return .split }
    let isWhole =
      vpnRows.count { $0.destination?.length == 1 } == 2
      || vpnRows.contains { $0.destination?.length == 0 && $0.interface == interface }
    if isPoolRefused(network) {
      let networks = Set(analysis.table.networks)
      let isSplit = vpnRows.contains { row in row.destination.map { networks.contains($0) } ?? false }
      return isSplit ? .split : isWhole ? .full : analysis.mode
    }
    return isWhole ? .full : analysis.mode
  }

  /// Whether the system has refused the row for the pool, because it has one of the same destination.
  private func isPoolRefused(_ network: IPv4Prefix) -> Bool {
    system.equalRow == .isRefused && (network == pool || rows.contains { $0.destination == pool && !$0.isHost })
  }
}
