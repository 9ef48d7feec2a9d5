import ClientVPN
import IPv4Space

/// The table of a connected client, with the questions that an observation asks it.
struct ObservedTable {
  private let rows: [ClientRow]
  private let system: ClientSystem
  private let analysis: ServerAnalysis
  private let tunnel: Observation.Tunnel
  /// The rows in the system's order, and the position of the one that decides for every address.
  private let ordered: [ClientRow]
  private let decisions: AddressMap<Int32>
  /// The route in force for each destination.
  private let routes: [IPv4Prefix: Int]
  /// Whether a router of the client's own network has the VPN gateway's address.
  private let hasRouterAtGateway: Bool
  /// The rows of each destination, but for host rows, by their positions, and the destinations that enter the tunnel.
  private let equalRows: [IPv4Prefix: [Int]]
  private let enteringNetworks: Set<IPv4Prefix>
  /// The narrowest network around the VPN gateway on each interface.
  private let networksAtGateway: [String: ClientRow]
  /// The default rows outside the tunnel: how many, and the first.
  private let ownDefaults: (count: Int, first: ClientRow?)
  private let hosts: Set<IPv4Prefix>

  init(_ rows: [ClientRow], _ system: ClientSystem, _ analysis: ServerAnalysis, _ tunnel: Observation.Tunnel) {
    let marked = rows.map { row in
      var row = row
      row.isTunnel = row.interface == tunnel.interface
      return row
    }
    self.rows = marked
    self.system = system
    self.analysis = analysis
    self.tunnel = tunnel
    routes = Dictionary(
      analysis.table.inForce.map { (analysis.table.networks[$0], $0) }, uniquingKeysWith: { _, last in last })
    let pushesAll = analysis.mode == .split && analysis.table.networks.contains { $0.length == 0 }
    let own = marked.filter { row in
      !row.isTunnel && row.destination?.length == 0 && row.nextHop != nil
    }
    // A default row by the VPN gateway is the client's own, unless it has another that can be.
    hasRouterAtGateway =
      own.contains { $0.nextHop == tunnel.vpnGateway }
      && !(pushesAll && own.contains { $0.nextHop != tunnel.vpnGateway })
    let place = ClientPlace(system: system, rows: marked)
    ordered = place.rows
    let routers = hasRouterAtGateway ? place.routers : place.routers.subtracting([tunnel.vpnGateway])
    decisions = ClientTable(before: place).decisions(routers: routers)
    let defaults = ordered.lazy.filter { !$0.isTunnel && $0.destination?.length == 0 }
    ownDefaults = (defaults.count, defaults.first)
    equalRows = Dictionary(
      grouping: marked.indices.filter { marked[$0].destination != nil && !marked[$0].isHost },
      by: { marked[$0].destination ?? IPv4Prefix(tunnel.vpnGateway, length: 32) })
    enteringNetworks = Set(marked.lazy.filter(\.isTunnel).compactMap(\.destination))
    networksAtGateway = Self.networks(marked, around: tunnel.vpnGateway)
    hosts = Set((analysis.server.publicIPs?.elements ?? []).map { IPv4Prefix($0.value, length: 32) })
  }

  private static func networks(_ rows: [ClientRow], around gateway: IPv4Address) -> [String: ClientRow] {
    var networks: [String: ClientRow] = [:]
    for row in rows where row.isConnected {
      guard let network = row.destination, network.length < 32, network.contains(gateway) else { continue }
      if let known = networks[row.interface]?.destination, known.length >= network.length { continue }
      networks[row.interface] = row
    }
    return networks
  }

  private var server: VPNServer { analysis.server }
  private var pool: IPv4Prefix? { server.clientPool?.value.canonical }

  /// Whether the row was added by the connection and the client's own network has its next hop.
  private func isAstray(_ row: ClientRow) -> Bool { !row.isTunnel && subject(of: row) != nil }

  /// What a row by the VPN gateway is meant for.
  private func subject(of row: ClientRow) -> Observation.Subject? {
    guard row.nextHop == tunnel.vpnGateway, let destination = row.destination else { return nil }
    if destination.length == 0, !isPushedDefault(row) { return nil }
    switch tunnel.mode {
    case .full: return destination.length == 1 ? .redirect : nil
    case .split, .unknown:
      if let route = routes[destination] { return .route(route) }
      return destination == pool ? .pool : destination.length == 1 ? .redirect : nil
    }
  }

  /// Linux lists a pushed default row before the client's own.
  private func isPushedDefault(_ row: ClientRow) -> Bool {
    !hasRouterAtGateway || ownDefaults.count > 1 && ownDefaults.first == row
  }

  // MARK: What was pushed

  var pushedRoutes: [Observation.PushedRoute] {
    let routes = analysis.table.inForce.map { index in
      let written = analysis.table.routes[index].destination.value
      return Observation.PushedRoute(
        destination: written, subject: .route(index), state: written.hasHostBits ? .refused : state(written))
    }
    guard let pool, pool != tunnel.network, !routes.contains(where: { $0.destination == pool }) else { return routes }
    return routes + [Observation.PushedRoute(destination: pool, subject: .pool, state: state(pool))]
  }

  private func state(_ destination: IPv4Prefix) -> Observation.RouteState {
    let equal = (equalRows[destination] ?? []).lazy.map { rows[$0] }
    if equal.contains(where: \.isTunnel) { return .present }
    if let stray = equal.first(where: isAstray) { return .astray(stray) }
    return equal.first.map { .displaced($0) } ?? .missing
  }

  var profileSign: Observation.ProfileSign? {
    let isWhole =
      vpnRows.count { $0.destination?.length == 1 } == 2
      || vpnRows.contains { $0.destination?.length == 0 && $0.isTunnel }
    switch tunnel.mode {
    case .unknown: return nil
    case .full: return isWhole ? nil : .bypassesFullTunnel
    case .split:
      let pushesWhole = analysis.mode == .split && analysis.table.networks.contains { $0.length <= 1 }
      if isWhole, !pushesWhole { return .takesEverything }
      guard analysis.mode == .split, let pool, pool != tunnel.network, case .missing = state(pool) else { return nil }
      return .dropsRoutes
    }
  }

  /// Rows that lead to the VPN gateway or, by another next hop, into the tunnel.
  private var vpnRows: [ClientRow] {
    rows.filter { row in row.isTunnel && row.nextHop != nil || isAstray(row) }
  }

  /// Networks that rows of the tunnel name, besides its own.
  var entering: [IPv4Prefix] {
    rows.compactMap { row in
      guard row.isTunnel, row.nextHop != nil, let destination = row.destination,
        !tunnel.network.contains(destination)
      else { return nil }
      return destination
    }
  }

  var leftOver: [Observation.LeftOver] {
    let expected = Set(analysis.table.networks + [pool, tunnel.network].compactMap(\.self))
    let forwarded = analysis.table.addresses(decidedBy: [.deliver, .translate])
    return rows.compactMap { row in
      guard row.isTunnel, let destination = row.destination, let nextHop = row.nextHop,
        tunnel.network.contains(nextHop), !tunnel.network.contains(destination), destination.length > 1,
        !expected.contains(destination)
      else { return nil }
      let isForwarded = forwarded.contains(destination.range)
      return Observation.LeftOver(
        row: row, wider: isForwarded ? Int(analysis.table.longestMatch[destination.first]) : nil)
    }
  }

  // MARK: Losses

  /// Rows of the VPN that leave by the client's own network.
  var astray: [Observation.Loss] {
    rows.compactMap { row in
      guard !row.isTunnel, let destination = row.destination, let subject = subject(of: row) else { return nil }
      return Observation.Loss(
        destination: destination, subject: subject, row: row, reason: .astray(network(of: row)?.destination))
    }
  }

  /// The client's own network over which a row leaves.
  private func network(of row: ClientRow) -> ClientRow? { networksAtGateway[row.interface] }

  func displaced(_ pushed: [Observation.PushedRoute]) -> [Observation.Loss] {
    pushed.compactMap { route in
      guard case .displaced(let row) = route.state else { return nil }
      return Observation.Loss(
        destination: route.destination, subject: route.subject, row: row, reason: .displaced)
    }
  }

  /// The client's own rows that decide about addresses which clients are meant to reach through the tunnel, one loss a
  /// row.
  var ownRowsThatWin: [Observation.Loss] {
    var losses: [Int32: Observation.Loss] = [:]
    for range in meant.ranges {
      decisions.forEach(in: range) { stretch, index in
        if index >= 0, losses[index] == nil { losses[index] = loss(ordered[Int(index)], at: stretch.first) }
        return true
      }
    }
    return losses.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Addresses that clients are meant to reach and that a route of the server names.
  private var meant: IPv4Set {
    let subnets = analysis.subnets.filter { $0.isServed && $0.intent == .reachable }.compactMap(\.usable)
    let networks = analysis.networks.filter { $0.isServed && $0.intent == .reachable }.map(\.ranges)
    let wanted = IPv4Set(subnets + networks.flatMap(\.ranges))
    return wanted.intersection(analysis.table.addresses(decidedBy: [.deliver, .translate]))
  }

  private func loss(_ row: ClientRow, at address: IPv4Address) -> Observation.Loss? {
    let route = Int(analysis.table.longestMatch[address])
    guard !row.isTunnel, !isAstray(row), !isHostRouteToServer(row), route >= 0, let destination = row.destination,
      destination.length > 0
    else { return nil }
    let network = analysis.table.networks[route]
    // A wider row decides only as long as the pushed one is missing, which is told for itself.
    let isNarrower = destination.length > network.length
    let isEqual = destination == network && enteringNetworks.contains(network)
    guard tunnel.mode == .full || isNarrower || isEqual else { return nil }
    return Observation.Loss(
      destination: isNarrower ? destination : network, subject: .route(route), row: row, reason: .ownRow)
  }

  private func isHostRouteToServer(_ row: ClientRow) -> Bool {
    guard let destination = row.destination, row.nextHop != nil else { return false }
    return hosts.contains(destination)
  }

  // MARK: The pool and the client's own network

  func poolConflict(_ loop: Observation.Loop?) -> PoolConflict? {
    let strays = astray
    if loop?.cause == .gatewayInTunnel, let row = loop?.row, let nextHop = row.nextHop {
      let lan = rows.filter { other in
        !other.isTunnel && other.isConnected
          && other.destination.map { $0.length < 32 && $0.contains(nextHop) } ?? false
      }.max { $0.destination?.length ?? 0 < $1.destination?.length ?? 0 }
      return lan?.destination.map { conflict($0, .tunnelDies) }
    }
    guard let row = strays.first?.row, let lan = network(of: row)?.destination else { return nil }
    if vpnRows.contains(where: \.isTunnel) { return conflict(lan, .partIsHidden) }
    return conflict(lan, hasRouterAtGateway ? .leaksToRouter : .leavesToNobody)
  }

  private func conflict(_ lan: IPv4Prefix, _ effect: PoolConflict.Effect) -> PoolConflict {
    PoolConflict(tunnelNetwork: tunnel.network, vpnGateway: tunnel.vpnGateway, lan: lan, effect: effect)
  }

  // MARK: Carrier

  /// A client is connected to one of the server's addresses: dead if every one of them is led astray, alive if none is.
  func carrier(_ plan: AddressPlan) -> (isLooped: Bool?, loop: Observation.Loop?) {
    let addresses = server.publicIPs?.elements.map(\.value) ?? []
    let destinations = Set(rows.compactMap(\.destination))
    let named = addresses.filter { destinations.contains(IPv4Prefix($0, length: 32)) }
    // Full tunnel adds a host route to the address that the client uses, whether the model names it or not.
    if tunnel.mode == .full, named.isEmpty, hasHostRoute(plan) { return (false, nil) }
    guard !addresses.isEmpty else { return carrierToUnknown(plan) }
    // A host route outside the tunnel is that of the connection, and in full tunnel any.
    let used = named.filter { tunnel.mode == .full || row(to: $0).map { !$0.isTunnel } ?? false }
    let loops = (used.isEmpty ? addresses : used).map(loop)
    let found = loops.compactMap(\.self).first
    return loops.allSatisfy { $0 != nil } ? (true, found) : (found == nil ? false : nil, found)
  }

  private func row(to address: IPv4Address) -> ClientRow? {
    let index = decisions[address]
    return index < 0 ? nil : ordered[Int(index)]
  }

  /// What leads packets to an address of the server astray; nil if nothing does.
  private func loop(to address: IPv4Address) -> Observation.Loop? {
    guard let row = row(to: address) else { return Observation.Loop(row: nil, address: address, cause: .noRow) }
    if row.isTunnel { return Observation.Loop(row: row, address: address, cause: cause(row)) }
    guard isAstray(row), !hasRouterAtGateway else { return nil }
    return Observation.Loop(row: row, address: address, cause: .nobody)
  }

  private func cause(_ row: ClientRow) -> Observation.Loop.Cause {
    guard let destination = row.destination else { return .otherRow }
    if destination.length == 32, let nextHop = row.nextHop, nextHop != tunnel.vpnGateway,
      tunnel.network.contains(nextHop)
    {
      return .gatewayInTunnel
    }
    if tunnel.mode == .split, let route = routes[destination] { return .route(route) }
    if destination == pool || destination == tunnel.network { return .pool }
    return destination.length <= 1 ? .withoutHostRoute : .otherRow
  }

  /// Without the server's addresses: dead if all public addresses enter the tunnel, not known if some do.
  private func carrierToUnknown(_ plan: AddressPlan) -> (isLooped: Bool?, loop: Observation.Loop?) {
    let entering = plan.internet.intersection(decisions.addresses { $0 >= 0 && ordered[Int($0)].isTunnel })
    guard let first = entering.ranges.first?.first else { return (false, nil) }
    // The host route of the connection tells more than the halves.
    let host = rows.first { row in row.isTunnel && cause(row) == .gatewayInTunnel }
    let loop = (host ?? row(to: first)).map { Observation.Loop(row: $0, address: nil, cause: cause($0)) }
    return (entering == plan.internet ? true : nil, loop)
  }

  /// Whether a host route, perhaps with an illegible address, leads to a public address outside the tunnel.
  private func hasHostRoute(_ plan: AddressPlan) -> Bool {
    rows.contains { row in
      guard !row.isTunnel, row.nextHop != nil else { return false }
      return row.destination.map { $0.length == 32 && plan.internet.contains($0.first) } ?? true
    }
  }

  // MARK: Whole or not

  /// Whether some row leads to public addresses outside the tunnel, or all of them enter it. All three systems list the
  /// default row among the first.
  func hasWayOut(_ plan: AddressPlan) -> Bool {
    if rows.contains(where: { $0.destination?.length == 0 }) { return true }
    let halves = vpnRows.count { $0.destination?.length == 1 }
    if halves > 0 { return halves == 2 }
    return rows.contains { row in
      !row.isTunnel && row.destination.map { plan.internet.overlaps($0.range) } ?? true
    }
  }
}
