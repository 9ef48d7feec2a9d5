public import ClientVPN
public import IPv4Space

/// Sessions that began before a split-tunnel server had some of its routes, and what their clients miss.
///
/// A client gets the routes when it connects and never later (IBM VPC documentation, Managing VPN routes; measured with
/// OpenVPN). An address is pushed since the first of the routes that contain it was created, as any of their rows takes
/// a packet into the tunnel, where the server's present routes decide. So each address, and each subnet, has one time:
/// who connected before it does not send the packets into the tunnel. Equal times are not before.
public struct StaleSessions: Sendable {
  /// A session in which something is missing.
  public struct Session: Sendable {
    /// Position in the sessions of the server.
    public let position: Int
    /// When it began.
    public let connectedAt: Timestamp
  }

  /// A route of which who connected before `since` lacks the effect.
  public struct LateRoute: Sendable {
    /// Position of the route.
    public let route: Int
    /// When its addresses were first pushed: not after the route was created.
    public let since: Timestamp
  }

  /// A subnet or a network that who connected before `since` does not reach, or not wholly.
  public struct LatePlace: Sendable {
    /// Position in the subnets or networks.
    public let place: Int
    /// When the last of it was pushed.
    public let since: Timestamp
    /// Whether some of it was pushed earlier.
    public let isPartial: Bool
  }

  /// A packet that goes past the tunnel.
  public struct Witness: Sendable {
    /// The session of its sender: the oldest one.
    public let session: Session
    /// Where it is sent to.
    public let address: IPv4Address
  }

  /// The sessions, in the order of the model; at least one.
  public let sessions: [Session]
  /// The routes, the latest first; at least one.
  public let routes: [LateRoute]
  /// Subnets that somebody misses, the latest first.
  public let subnets: [LatePlace]
  /// Declared networks that somebody misses, the latest first.
  public let networks: [LatePlace]
  /// A packet that shows it; nil if only drop routes are late.
  public let witness: Witness?

  /// The routes whose effect a session lacks, the latest first.
  public func routes(missedBy session: Session) -> ArraySlice<LateRoute> { routes.missed(by: session) }

  /// The subnets that the client of a session does not reach, or not wholly, the latest first.
  public func subnets(missedBy session: Session) -> ArraySlice<LatePlace> { subnets.missed(by: session) }

  /// The networks that the client of a session does not reach, or not wholly, the latest first.
  public func networks(missedBy session: Session) -> ArraySlice<LatePlace> { networks.missed(by: session) }
}

/// Something that is missed by who connected before a time.
private protocol Late {
  var since: Timestamp { get }
}

extension StaleSessions.LateRoute: Late {}
extension StaleSessions.LatePlace: Late {}

extension Array where Element: Late {
  /// The latest first; of one time in the order of the model.
  fileprivate var latestFirst: [Element] {
    enumerated().sorted { ($1.element.since, $0.offset) < ($0.element.since, $1.offset) }.map(\.element)
  }

  /// The latest are missed by everybody who misses something: a prefix, found by halving.
  fileprivate func missed(by session: StaleSessions.Session) -> ArraySlice<Element> {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if session.connectedAt < self[middle].since { low = middle + 1 } else { high = middle }
    }
    return self[..<low]
  }
}

extension ServerAnalysis {
  /// The sessions that began before some route was there. nil if there are none, if the tunnel is dead for whoever
  /// reconnects, or if some route could not be read. A route without a time counts as old, and one that the server has
  /// yet to apply is not pushed to anybody.
  public var staleSessions: StaleSessions? {
    let sessions = connectedSessions
    guard mode == .split, !carrier.isLooped, !server.routesAreIncomplete,
      let oldest = sessions.min(by: { $0.connectedAt < $1.connectedAt }),
      table.routes.contains(where: { oldest.connectedAt < ($0.createdAt?.value ?? oldest.connectedAt) })
    else { return nil }
    let pushes = pushes(since: table.pushedSince, before: oldest.connectedAt)
    let routes = pushes.lateRoutes
    guard let newest = routes.first?.since else { return nil }
    let subnets = subnets.filter { $0.intent != .unreachable }.compactMap { verdict in
      pushes.place(verdict.subnet, verdict.usable.map { IPv4Set($0) } ?? .empty)
    }
    let networks = networks.filter { $0.intent != .unreachable }.compactMap { pushes.place($0.network, $0.ranges) }
    let address = pushes.firstMissed(preferring: self.subnets.compactMap(\.usable))
    return StaleSessions(
      sessions: sessions.filter { $0.connectedAt < newest }, routes: routes, subnets: subnets.latestFirst,
      networks: networks.latestFirst,
      witness: address.map { StaleSessions.Witness(session: oldest, address: $0) })
  }

  private var connectedSessions: [StaleSessions.Session] {
    (server.clients?.elements ?? []).enumerated().compactMap { position, session in
      guard session.isConnected, let time = session.createdAt?.value else { return nil }
      return StaleSessions.Session(position: position, connectedAt: time)
    }
  }

  /// The pool is pushed to every client.
  private func pushes(since times: [Timestamp?], before oldest: Timestamp) -> AddressMap<Push> {
    let pool = AddressMap<Bool>(server.clientPool.map { IPv4Set($0.value) } ?? .empty)
    return fates.zipped(with: pool) { fate, isInPool in
      guard let route = fate.route, !table.routes[route].awaitsServer else { return .nobody }
      let since = isInPool ? nil : times[route].flatMap { oldest < $0 ? $0 : nil }
      return Push(
        late: since.map { Push.Late(route: route, since: $0) }, isDropped: table.routes[route].action == .drop,
        mayArrive: fate.outcome == .reachable || fate.outcome == .undetermined)
    }
  }
}

extension RouteTable {
  /// For each route the time since when packets to its addresses are taken into the tunnel by some row; nil if they
  /// always were, as far as is known.
  fileprivate var pushedSince: [Timestamp?] {
    var first = routes.map { $0.createdAt?.value }
    for (index, equal) in duplicateOf.enumerated() {
      if let equal { first[equal] = earlier(first[equal], first[index]) }
    }
    var result = first
    // A wider destination comes before those inside it.
    for index in networks.indices.sorted(by: { networks[$0].length < networks[$1].length }) {
      let own = first[duplicateOf[index] ?? index]
      result[index] = parents[index].map { earlier(own, result[$0]) } ?? own
    }
    return result
  }

  private func earlier(_ one: Timestamp?, _ other: Timestamp?) -> Timestamp? {
    if let one, let other { min(one, other) } else { nil }
  }
}

/// What a client needs to send packets to some addresses into the tunnel, and what comes of them there.
private struct Push: Equatable {
  struct Late: Equatable {
    let route: Int
    let since: Timestamp
  }

  /// The route that decides and the time of the first row; nil if every client has a row.
  let late: Late?
  let isDropped: Bool
  /// Whether packets arrive and are answered, as far as is known.
  let mayArrive: Bool

  static let nobody = Push(late: nil, isDropped: false, mayArrive: false)

  var isMissed: Bool { late != nil && !isDropped }
}

extension AddressMap where Value == Push {
  fileprivate var lateRoutes: [StaleSessions.LateRoute] {
    var times: [Int: Timestamp] = [:]
    for late in values.lazy.compactMap(\.late) { times[late.route] = late.since }
    let routes = times.sorted { $0.key < $1.key }.map { StaleSessions.LateRoute(route: $0.key, since: $0.value) }
    return routes.latestFirst
  }

  /// The place at a position, if packets to some of its addresses arrive only since then.
  fileprivate func place(_ position: Int, _ addresses: IPv4Set) -> StaleSessions.LatePlace? {
    var since: Timestamp?
    var isPartial = false
    for range in addresses.ranges {
      forEach(in: range) { _, push in
        guard push.mayArrive else { return true }
        guard let late = push.late else {
          isPartial = true
          return true
        }
        if let since, since != late.since { isPartial = true }
        since = max(since ?? late.since, late.since)
        return true
      }
    }
    return since.map { StaleSessions.LatePlace(place: position, since: $0, isPartial: isPartial) }
  }

  /// A missed address in the first of the ranges that has one, else the lowest of all, but better one that answers.
  fileprivate func firstMissed(preferring ranges: [IPv4Range]) -> IPv4Address? {
    first(in: ranges) { $0.isMissed && $0.mayArrive } ?? first(in: [.everything]) { $0.isMissed && $0.mayArrive }
      ?? first(in: [.everything]) { $0.isMissed }
  }

  private func first(in ranges: [IPv4Range], where predicate: (Push) -> Bool) -> IPv4Address? {
    for range in ranges {
      var found: IPv4Range?
      forEach(in: range) { stretch, push in
        if predicate(push) { found = stretch }
        return found == nil
      }
      if let found { return found.hostToShow }
    }
    return nil
  }
}
