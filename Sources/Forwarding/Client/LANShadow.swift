public import ClientVPN
public import IPv4Space

/// A row that a client has without the VPN, and what it takes from the VPN or loses to it.
public struct LANShadow: Sendable {
  /// How the row lies to the server's routes.
  public enum Relation: Sendable, Equatable {
    /// Full tunnel: the row is narrower than the halves of everything.
    case fullTunnel
    /// It lies inside a pushed destination; the server's route that decides there.
    case inside(route: Int)
    /// A pushed destination is the same network: its row takes over on Linux and is refused on macOS and Windows.
    case equal(route: Int)
  }

  /// Which of two rows of one destination is in use.
  public enum EqualRow: Sendable, Equatable {
    /// The client's own: the system has refused the pushed one.
    case ownByRefusal
    /// The client's own: it has the lower metric; the client's and the pushed row's.
    case ownByMetric(Int, Int)
    /// The pushed one: it was put in front.
    case pushed
  }

  /// The client's own row.
  public let row: ClientRow
  /// How it lies to the server's routes.
  public let relation: Relation
  /// Subnets with addresses in it that clients should reach through the tunnel.
  public let subnets: [Int]
  /// Declared networks with such addresses.
  public let networks: [Int]
  /// An address that shows it; nil if no subnet or network does.
  public let witness: IPv4Address?
  /// Which row is in use at the site, if the destinations are equal.
  public let equalRow: EqualRow?
}

/// A server's route whose destination lies in the LAN of a site or around it.
public struct LANCapture: Sendable {
  /// The server's route.
  public let route: Int
  /// The client's own row for the LAN.
  public let lan: ClientRow
  /// Whether the LAN's gateway goes into the tunnel.
  public let holdsGateway: Bool
}

extension SiteAnalysis {
  /// Rows of the site that meet what clients should reach through the tunnel, or that equal a pushed destination.
  public func shadows(of server: ServerAnalysis, in model: Model) -> [LANShadow] {
    let pushed = pushedRoutes(server)
    let states = rowStates
    return place.rows.flatMap { row -> [LANShadow] in
      guard let network = row.destination, network.length > 0 else { return [] }
      if server.mode == .full {
        let shadow = shadow(row, .fullTunnel, server, model) { $0.outcome == .local }
        return shadow.witness == nil ? [] : [shadow]
      }
      if let equal = pushed[network] {
        guard let inUse = equalRow(row, states[equal]) else { return [] }
        return [shadow(row, .equal(route: equal), server, model, inUse) { $0.route == equal }]
      }
      guard let around = pushed.longest(around: network) else { return [] }
      let shadow = shadow(row, .inside(route: around), server, model) { $0.outcome == .local && $0.route != nil }
      return shadow.witness == nil ? [] : [shadow]
    }
  }

  /// Split: routes of the server inside the LAN.
  public func captures(of server: ServerAnalysis) -> [LANCapture] {
    let entering = Set(table.rows.filter(\.isTunnel).compactMap(\.serverRoute))
    return routes(of: server) { contains($1, $0) }.filter { entering.contains($0.0) }.map { route, lan in
      let network = server.table.networks[route]
      return LANCapture(
        route: route, lan: lan, holdsGateway: place.gateway.map { network.contains($0) } ?? false)
    }
  }

  /// Split: routes of the server around the LAN, with nothing in it that clients should reach: the LAN stays.
  public func routesAroundLAN(of server: ServerAnalysis, in model: Model) -> [LANCapture] {
    let shadowed = Set(shadows(of: server, in: model).filter { $0.witness != nil }.map(\.row))
    return routes(of: server) { contains($0, $1) }.compactMap { route, lan in
      // What a drop route takes away is told for itself.
      shadowed.contains(lan) || server.table.routes[route].action == .drop
        ? nil : LANCapture(route: route, lan: lan, holdsGateway: false)
    }
  }

  private func routes(
    of server: ServerAnalysis, _ fits: (_ route: IPv4Prefix, _ lan: IPv4Prefix) -> Bool
  ) -> [(Int, ClientRow)] {
    guard server.mode == .split, let lan = place.rows.first(where: { $0.destination == place.lan }),
      let network = lan.destination
    else { return [] }
    return server.table.inForce.compactMap { route in
      let destination = server.table.networks[route]
      let isPushed = destination.length > 0 && !hasHostBits(route, server)
      return isPushed && fits(destination, network) ? (route, lan) : nil
    }
  }

  /// The routes in force that clients take, by their destinations.
  private func pushedRoutes(_ server: ServerAnalysis) -> NetworkTable<Int> {
    var routes = NetworkTable<Int>()
    for route in server.table.inForce where !hasHostBits(route, server) { routes[server.table.networks[route]] = route }
    return routes
  }

  /// What has become of a route of the server: its row, or that the client has another one.
  private enum RowState {
    case row(ClientRow)
    case exists
  }

  private var rowStates: [Int: RowState] {
    var states: [Int: RowState] = [:]
    for refused in table.refused where refused.reason == .exists {
      if let route = refused.row.serverRoute { states[route] = .exists }
    }
    for row in table.rows.reversed() { if let route = row.serverRoute { states[route] = .row(row) } }
    return states
  }

  /// Which of the client's own row and the row of a route, of the same destination, is in use; nil if the pushed one is
  /// not taken for another reason.
  private func equalRow(_ row: ClientRow, _ state: RowState?) -> LANShadow.EqualRow? {
    switch state {
    case .row(let pushed):
      guard pushed.isTunnel else { return nil }
      return pushed.metric > row.metric ? .ownByMetric(row.metric, pushed.metric) : .pushed
    case .exists: return .ownByRefusal
    case nil: return nil
    }
  }

  /// An address for a packet that shows something, and not the client's own.
  private func hostToShow(in range: IPv4Range) -> IPv4Address {
    let host = range.hostToShow
    return ownAddresses.contains(host) && host < range.last ? IPv4Address(bits: host.bits + 1) : host
  }

  private func contains(_ outer: IPv4Prefix, _ inner: IPv4Prefix) -> Bool {
    outer.length < inner.length && outer.contains(inner)
  }

  private func hasHostBits(_ route: Int, _ server: ServerAnalysis) -> Bool {
    server.table.routes[route].destination.value.hasHostBits
  }

  private func shadow(
    _ row: ClientRow, _ relation: LANShadow.Relation, _ server: ServerAnalysis, _ model: Model,
    _ equalRow: LANShadow.EqualRow? = nil, where isMeant: (Fate) -> Bool
  ) -> LANShadow {
    var witness: IPv4Address?
    let network = row.destination.map { IPv4Set($0) } ?? .empty
    func isHit(_ addresses: IPv4Set) -> Bool {
      let common = addresses.intersection(network)
      for range in common.ranges {
        let found = fates.stretches(in: range, limit: 3, where: isMeant).map { hostToShow(in: $0.range) }
        // The client's own address stays with the client whatever its rows are.
        guard let first = found.first(where: { !ownAddresses.contains($0) }) else { continue }
        witness = witness ?? first
        return true
      }
      return false
    }
    let subnets = server.subnets.filter { verdict in
      verdict.isServed && verdict.intent == .reachable
        && (verdict.usable.map { network.overlaps($0) && isHit(IPv4Set($0)) } ?? false)
    }
    let networks = server.networks.filter { $0.isServed && $0.intent == .reachable && isHit($0.ranges) }
    // What a LAN loses is shown best by its gateway.
    let gateway =
      equalRow == .pushed && row.gateway == .onLink ? place.gateway.flatMap { network.contains($0) ? $0 : nil } : nil
    return LANShadow(
      row: row, relation: relation, subnets: subnets.map(\.subnet), networks: networks.map(\.network),
      witness: witness == nil ? nil : gateway ?? witness, equalRow: equalRow)
  }
}

extension ServerAnalysis {
  /// Split: routes whose destination is a row that clients at some site have, or lies in a site's LAN.
  public func routesThatTakeRows(in model: Model) -> Set<Int> {
    var routes: Set<Int> = []
    for site in sites {
      routes.formUnion(site.captures(of: self).map(\.route))
      for shadow in site.shadows(of: self, in: model) {
        if case .equal(let route) = shadow.relation { routes.insert(route) }
      }
    }
    return routes
  }
}
