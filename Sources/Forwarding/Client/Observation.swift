public import ClientVPN
public import IPv4Space

/// What a client's real routing table tells about its connection to one server.
public struct Observation: Sendable {
  /// The tunnel that the table shows.
  public struct Tunnel: Sendable {
    /// The member's part of the client pool.
    public let network: IPv4Prefix
    /// The interface of the tunnel.
    public let interface: String
    /// Which traffic enters it, by the rows.
    public let mode: VPNServer.TunnelMode
  }

  /// What has become of a route that the server pushes.
  public enum RouteState: Sendable {
    case present
    /// Not in the table: the client connected before the route was there, or does not take it.
    case missing
    /// Never taken: bits after the prefix length.
    case refused
    /// Another row of the client has the destination, so that the push failed.
    case displaced(ClientRow)
  }

  /// A route of the server, or the client pool, and its state.
  public struct PushedRoute: Sendable {
    /// The destination.
    public let destination: IPv4Prefix
    /// Position of the server's route; nil for the client pool.
    public let route: Int?
    /// What has become of it.
    public let state: RouteState
  }

  /// Addresses that belong into the tunnel and go elsewhere.
  public struct Loss: Sendable {
    /// The addresses.
    public let destination: IPv4Prefix
    /// Position of the server's route that names them.
    public let route: Int
    /// The row that takes them.
    public let row: ClientRow

    /// Whether they go to the client's own network, and not to a router.
    public var goesToLAN: Bool { row.gateway == .onLink }
  }

  /// Position of the server in the model.
  public let server: Int
  /// Which traffic should enter the tunnel, by the model.
  public let modelMode: VPNServer.TunnelMode
  /// nil if the client is not connected to this server.
  public let tunnel: Tunnel?
  /// What the server pushes today; empty in full tunnel or without a tunnel, and where the table has another mode.
  public let pushed: [PushedRoute]
  /// Rows of the tunnel that the server does not push any more.
  public let leftOver: [ClientRow]
  /// What the client's own rows take from the tunnel.
  public let losses: [Loss]
  /// Whether the tunnel's own packets enter the tunnel; nil if the server's public addresses are not known.
  public let isLooped: Bool?
  /// The row that leads them there.
  public let loopingRow: ClientRow?
}

extension Observation {
  /// Judges a table. `rows` are a connected client's, or one's that is not.
  public init(_ rows: [ClientRow], of system: ClientSystem, _ analysis: ServerAnalysis, _ plan: AddressPlan) {
    let reader = ObservedTable(rows, system, analysis)
    server = analysis.index
    modelMode = analysis.mode
    let tunnel = reader.tunnel
    self.tunnel = tunnel
    guard let tunnel else {
      (pushed, leftOver, losses, isLooped, loopingRow) = ([], [], [], false, nil)
      return
    }
    let agrees = tunnel.mode == analysis.mode
    pushed = agrees && tunnel.mode == .split ? reader.pushedRoutes(tunnel) : []
    leftOver = agrees ? reader.leftOver(tunnel) : []
    losses = agrees ? reader.losses(tunnel) : []
    let loop = reader.loop(tunnel, plan)
    (isLooped, loopingRow) = (loop.isLooped, loop.row)
  }
}

/// A table with the questions that an observation asks it.
private struct ObservedTable {
  let rows: [ClientRow]
  let system: ClientSystem
  let analysis: ServerAnalysis

  init(_ rows: [ClientRow], _ system: ClientSystem, _ analysis: ServerAnalysis) {
    self.rows = rows
    self.system = system
    self.analysis = analysis
  }

  private var server: VPNServer { analysis.server }

  // MARK: Tunnel

  /// The tunnel network is on the link of the tunnel's interface; on macOS its row leads by the client's own address. The
  /// interface of the default gateway is the LAN's, whatever network it has.
  var tunnel: Observation.Tunnel? {
    let pool = server.clientPool?.value.canonical
    let candidates = server.possibleTunnelNetworks + (server.tunnelNetwork == nil ? pool.map { [$0] } ?? [] : [])
    let defaults = rows.filter { $0.destination?.length == 0 }
    for network in candidates {
      let vpnGateway = IPv4Address(bits: network.first.bits &+ 1)
      let row = rows.first { row in
        // The interface of a default gateway is the LAN's, whatever network it has, unless the tunnel is the default.
        let isLAN = defaults.contains { other in
          other.interface == row.interface && (other.nextHop != vpnGateway || !looksLikeTunnel(row.interface))
        }
        guard row.destination == network, !isLAN else { return false }
        if let nextHop = row.nextHop { return network.contains(nextHop) && nextHop != vpnGateway }
        return row.gateway == .onLink
      }
      if let row { return Observation.Tunnel(network: network, interface: row.interface, mode: mode(row.interface)) }
    }
    return nil
  }

  private func looksLikeTunnel(_ interface: String) -> Bool {
    ["tun", "utun", "tap", "OpenVPN"].contains { interface.hasPrefix($0) }
      || (try? IPv4Notation.address(interface)).map { server.clientPool?.value.contains($0) ?? false } ?? false
  }

  private func mode(_ interface: String) -> VPNServer.TunnelMode {
    let tunnelled = rows.filter { $0.interface == interface }.compactMap(\.destination)
    let isWhole = tunnelled.contains { $0.length == 0 } || tunnelled.count { $0.length == 1 } == 2
    // 0.0.0.0/0 may also be a route of a split server.
    let pushesWhole = analysis.mode == .split && analysis.table.networks.contains { $0.length <= 1 }
    return isWhole && !pushesWhole ? .full : .split
  }

  // MARK: Routes

  func pushedRoutes(_ tunnel: Observation.Tunnel) -> [Observation.PushedRoute] {
    let routes = analysis.table.inForce.map { index in
      let written = analysis.table.routes[index].destination.value
      return Observation.PushedRoute(
        destination: written, route: index,
        state: written.hasHostBits ? .refused : state(written, tunnel))
    }
    let pool = server.clientPool?.value.canonical
    guard let pool, pool != tunnel.network, !routes.contains(where: { $0.destination == pool }) else { return routes }
    return routes + [Observation.PushedRoute(destination: pool, route: nil, state: state(pool, tunnel))]
  }

  private func state(_ destination: IPv4Prefix, _ tunnel: Observation.Tunnel) -> Observation.RouteState {
    let equal = rows.filter { $0.destination == destination && !$0.isHost }
    if equal.contains(where: { $0.interface == tunnel.interface }) { return .present }
    return equal.first.map { .displaced($0) } ?? .missing
  }

  func leftOver(_ tunnel: Observation.Tunnel) -> [ClientRow] {
    let expected = Set(
      analysis.table.networks + [server.clientPool?.value.canonical, tunnel.network].compactMap(\.self))
    return rows.filter { row in
      guard row.interface == tunnel.interface, let destination = row.destination, let nextHop = row.nextHop,
        tunnel.network.contains(nextHop), !tunnel.network.contains(destination)
      else { return false }
      let isServer =
        destination.length == 32 && server.publicIPs?.elements.contains { $0.value == destination.first } ?? false
      let isRedirect = analysis.mode == .full && (destination.length <= 1 || isServer)
      return !isRedirect && !(analysis.mode == .split && expected.contains(destination))
    }
  }

  // MARK: Losses

  /// Rows outside the tunnel that are narrower than a route of the server or equal to it, or in full tunnel meet it at
  /// all; a row inside another such row says nothing more.
  func losses(_ tunnel: Observation.Tunnel) -> [Observation.Loss] {
    var losses: [Observation.Loss] = []
    let widestFirst = rows.sorted { $0.destination?.length ?? 33 < $1.destination?.length ?? 33 }
    for route in analysis.table.inForce where analysis.table.routes[route].action != .drop {
      let network = analysis.table.networks[route]
      guard network.length > 0 else { continue }
      var taken: Set<IPv4Prefix> = []
      for row in widestFirst {
        guard row.interface != tunnel.interface, let destination = row.destination, destination.length > 1,
          destination.overlaps(network), !Self.isInside(taken, destination)
        else { continue }
        let isNarrower = destination.length > network.length || analysis.mode == .full
        let common = destination.length > network.length ? destination : network
        guard isNarrower || wins(row, over: network, tunnel), !isHostRouteToServer(row) else { continue }
        taken.insert(destination)
        losses.append(Observation.Loss(destination: common, route: route, row: row))
      }
    }
    return losses
  }

  /// Whether a network lies in one of others.
  private static func isInside(_ others: Set<IPv4Prefix>, _ network: IPv4Prefix) -> Bool {
    !others.isEmpty
      && (0...network.length).contains { others.contains(IPv4Prefix(network.address, length: $0).canonical) }
  }

  /// Whether a row of the same destination as a route of the server decides: there is no row of the tunnel, or it stands
  /// behind.
  private func wins(_ row: ClientRow, over network: IPv4Prefix, _ tunnel: Observation.Tunnel) -> Bool {
    guard row.destination == network else { return false }
    let winner = rows.filter { $0.destination == network }.enumerated().min {
      ($0.element.metric, $0.offset) < ($1.element.metric, $1.offset)
    }
    return winner?.element.interface != tunnel.interface
  }

  private func isHostRouteToServer(_ row: ClientRow) -> Bool {
    guard row.destination?.length == 32, row.nextHop != nil else { return false }
    return server.publicIPs?.elements.contains { row.destination?.contains($0.value) ?? false } ?? false
  }

  // MARK: Carrier

  /// A client is connected to one of the server's addresses: the tunnel is a loop if every one of them is led into it.
  func loop(_ tunnel: Observation.Tunnel, _ plan: AddressPlan) -> (isLooped: Bool?, row: ClientRow?) {
    // Full tunnel adds a host route to the address that the client uses, whether the model names it or not.
    let addresses = server.publicIPs?.elements.map(\.value) ?? []
    let isNamed = rows.contains { row in
      row.destination?.length == 32 && addresses.contains { row.destination?.first == $0 }
    }
    if tunnel.mode == .full, !isNamed, hasHostRoute(tunnel, plan) { return (false, nil) }
    if !addresses.isEmpty {
      // Full tunnel: the address with a host route is the one that the client uses.
      let used = addresses.filter { address in rows.contains { $0.destination == IPv4Prefix(address, length: 32) } }
      let ways = (tunnel.mode == .full && !used.isEmpty ? used : addresses).map(row)
      let looping = ways.first { $0?.interface == tunnel.interface }
      return (ways.allSatisfy { $0?.interface == tunnel.interface }, looping ?? nil)
    }
    let entering = rows.filter { row in
      row.interface == tunnel.interface && (row.destination.map { plan.internet.overlaps($0.range) } ?? false)
    }
    guard let first = entering.first else { return (false, nil) }
    return (nil, first)
  }

  /// Whether a host route, perhaps with an illegible address, leads to a public address outside the tunnel.
  private func hasHostRoute(_ tunnel: Observation.Tunnel, _ plan: AddressPlan) -> Bool {
    rows.contains { row in
      guard row.interface != tunnel.interface, row.nextHop != nil else { return false }
      return row.destination.map { $0.length == 32 && plan.internet.contains($0.first) } ?? true
    }
  }

  private func row(to address: IPv4Address) -> ClientRow? {
    rows.enumerated().filter { $0.element.destination?.contains(address) ?? false }.min { left, right in
      (right.element.destination?.length ?? 0, left.element.metric, left.offset)
        < (left.element.destination?.length ?? 0, right.element.metric, right.offset)
    }?.element
  }
}
