import ClientVPN
import IPv4Space
import SourceText

/// Compares the routes of a VPN server.
struct RouteComparer {
  private let comparison: ServerComparison
  private let position: Int
  private let knowledge: Knowledge
  /// For each client site where packets enter the tunnel in one of the models alone.
  private let shiftsOfSites: [AddressMap<Bool>]
  /// What a client of whose own rows nothing is known sends into the tunnel, before and after.
  private let oldTunnel, newTunnel: IPv4Set

  init(comparison: ServerComparison, position: Int, knowledge: Knowledge) {
    (self.comparison, self.position, self.knowledge) = (comparison, position, knowledge)
    (oldTunnel, newTunnel) = (comparison.before?.inTunnel ?? .empty, comparison.after?.inTunnel ?? .empty)
    shiftsOfSites = comparison.places.compactMap { place in
      guard let site = place.site, let old = comparison.before?.analysis(ofSite: site.old),
        let new = comparison.after?.analysis(ofSite: site.new)
      else { return nil }
      return old.entersTunnel.zipped(with: new.entersTunnel) { $0 != $1 }
    }
  }

  /// A destination cannot be changed in place, so that it tells routes apart; one that moved keeps its id or name.
  static func matching(_ old: [ServerRoute], _ new: [ServerRoute]) -> Matching {
    Matching(old, new, by: [{ $0.network.description }, { $0.id }, { $0.name?.value }])
  }

  /// The routes that do something else than their partners, or have none.
  static func changed(_ matching: Matching, _ old: RouteTable?, _ new: RouteTable?) -> ChangedRoutes {
    guard let old, let new else { return ChangedRoutes(old: [], new: []) }
    let pairs = matching.pairs.filter { pair in
      old.networks[pair.old] != new.networks[pair.new] || old.routes[pair.old].action != new.routes[pair.new].action
    }
    return ChangedRoutes(
      old: Set(matching.removed + pairs.map(\.old)), new: Set(matching.added + pairs.map(\.new)))
  }

  /// The changes of the routes of a server that is in both models.
  func changes() -> [Change] {
    guard let old = comparison.before, let new = comparison.after else { return [] }
    return comparison.routes.all.flatMap { mine, theirs -> [Change] in
      switch (mine, theirs) {
      // A route that a model lacks may be one of those that it does not tell.
      case (nil, let index?): old.server.routesAreIncomplete ? [] : [added(index, old, new)]
      case (let index?, nil): new.server.routesAreIncomplete ? [] : [removed(index, old, new)]
      case (let mine?, let theirs?): changes(mine, theirs, old, new)
      case (nil, nil): []
      }
    }
  }

  /// The routes that one of the models lacks and may have.
  func notCompared() -> [Comparison.NotCompared] {
    guard let old = comparison.before?.server, let new = comparison.after?.server else { return [] }
    let owner = Change.Owner(thing: .server, name: new.name.value)
    let routes =
      old.routesAreIncomplete == new.routesAreIncomplete
      ? [] : [Comparison.NotCompared(thing: .route, owner: owner, isUnknownInNew: new.routesAreIncomplete)]
    return routes + actionsNotCompared()
  }

  private func actionsNotCompared() -> [Comparison.NotCompared] {
    guard let old = comparison.before?.table.routes, let new = comparison.after?.table.routes else { return [] }
    return comparison.routes.pairs.compactMap { mine, theirs in
      let (wasUnknown, isUnknown) = (old[mine].action == .unknown, new[theirs].action == .unknown)
      guard wasUnknown != isUnknown else { return nil }
      let name = new[theirs].name?.value ?? "\(new[theirs].network)"
      return Comparison.NotCompared(
        thing: .routeAction, owner: Change.Owner(thing: .route, name: name), isUnknownInNew: isUnknown)
    }
  }

  private func added(_ index: Int, _ old: ServerAnalysis, _ new: ServerAnalysis) -> Change {
    let route = new.table.routes[index]
    let effect = effectOfAdding(route, old, new)
    return change(
      .route, .added, route, new, nil, Change.Value(route.inShort, route.destination.span), effect, reach(nil, index))
  }

  private func removed(_ index: Int, _ old: ServerAnalysis, _ new: ServerAnalysis) -> Change {
    let route = old.table.routes[index]
    let effect = effectOfRemoving(route, old, new)
    return change(
      .route, .removed, route, old, Change.Value(route.inShort, route.destination.span), nil, effect, reach(index, nil))
  }

  private func changes(_ mine: Int, _ theirs: Int, _ old: ServerAnalysis, _ new: ServerAnalysis) -> [Change] {
    let (before, after) = (old.table.routes[mine], new.table.routes[theirs])
    var changes: [Change] = []
    // With another destination everything else comes to clients as it does.
    var effect = Effect(.none, .sameDestination)
    if before.network != after.network {
      let (removal, addition) = (effectOfRemoving(before, old, new), effectOfAdding(after, old, new))
      effect = addition.sessions < removal.sessions ? removal : addition
      changes.append(
        change(
          .routeDestination, .changed, after, new, Change.Value(before.network.description, before.destination.span),
          Change.Value(after.network.description, after.destination.span), effect, reach(mine, theirs)))
    }
    if before.action != after.action, before.action != .unknown, after.action != .unknown {
      changes.append(
        change(
          .routeAction, .changed, after, new, Change.Value(before.action.rawValue, before.actionSpan),
          Change.Value(after.action.rawValue, after.actionSpan), effect, reach(mine, theirs)))
    }
    if changes.isEmpty, !comparison.isReplaced, knowledge.isReplaced(before, after) {
      changes.append(
        change(
          .route, .replaced, after, new, Change.Value(before.inShort, before.destination.span),
          Change.Value(after.inShort, after.destination.span), Effect(.none, .routeRemade), .unchanged))
    }
    if let name = before.name, let newName = after.name, name.value != newName.value {
      changes.append(
        change(
          .route, .renamed, after, new, Change.Value(name.value, name.span), Change.Value(newName.value, newName.span),
          Effect(.none, .nameAlone), .unchanged))
    }
    return changes
  }

  private func change(
    _ thing: Change.Thing, _ event: Change.Event, _ route: ServerRoute, _ analysis: ServerAnalysis,
    _ before: Change.Value?, _ after: Change.Value?, _ effect: Effect, _ reach: ReachChange
  ) -> Change {
    let server = analysis.server.name.value
    // Nobody has been connected to another server before.
    let effect = comparison.isReplaced && event != .renamed ? Effect(.newProfile, .serverReplaced) : effect
    return Change(
      thing: thing, event: event, subject: "vpn_servers/\(server)/routes/\(route.name?.value ?? "\(route.network)")",
      name: route.name?.value, owner: Change.Owner(thing: .server, name: server), before: before, after: after,
      sessions: effect.sessions, reason: effect.reason, reachability: reach, server: position)
  }

  // MARK: Sessions

  private struct Effect {
    let sessions: SessionEffect
    let reason: Change.Reason

    init(_ sessions: SessionEffect, _ reason: Change.Reason) { (self.sessions, self.reason) = (sessions, reason) }
  }

  private func effectOfAdding(_ route: ServerRoute, _ old: ServerAnalysis, _ new: ServerAnalysis) -> Effect {
    if new.mode == .full { return Effect(.none, .nothingPushed) }
    return isInTunnelAnyway(route.network, oldTunnel)
      ? Effect(.none, .inTunnelAnyway) : Effect(.reconnect, .pushedOnConnect)
  }

  private func effectOfRemoving(_ route: ServerRoute, _ old: ServerAnalysis, _ new: ServerAnalysis) -> Effect {
    if old.mode == .full { return Effect(.none, .nothingPushed) }
    return isInTunnelAnyway(route.network, newTunnel) ? Effect(.none, .inTunnelAnyway) : Effect(.reconnect, .rowIsKept)
  }

  /// Whether packets enter the tunnel by other rows of one of the models, and no client's own rows make a difference.
  private func isInTunnelAnyway(_ network: IPv4Prefix, _ other: IPv4Set) -> Bool {
    other.contains(network.range) && shiftsOfSites.allSatisfy { $0.allSatisfy(in: network.range) { !$0 } }
  }

  // MARK: Reachability

  /// What happens where the routes decide. A route that leads the tunnel's own packets into it decides about everything.
  private func reach(_ old: Int?, _ new: Int?) -> ReachChange {
    let isLoopBegun = new.map { comparison.after?.carrier == .looped(route: $0) } ?? false
    let isLoopEnded = old.map { comparison.before?.carrier == .looped(route: $0) } ?? false
    return comparison.places.map { place -> ReachChange in
      if isLoopBegun || isLoopEnded { return place.areas.all.change }
      return (old.flatMap { place.byOldRoute[$0] } ?? .unchanged).joined(
        new.flatMap { place.byNewRoute[$0] } ?? .unchanged)
    }.reduce(.unchanged) { $0.joined($1) }
  }
}

extension ServerAnalysis {
  /// What a client of whose own rows nothing is known sends into the tunnel.
  fileprivate var inTunnel: IPv4Set {
    let pool = server.clientPool.map { IPv4Set($0.value) } ?? .empty
    return mode == .full ? .everything : table.destinations.union(pool)
  }
}

extension SiteAnalysis {
  fileprivate var entersTunnel: AddressMap<Bool> { decisions.mapped { $0 >= 0 && table.rows[Int($0)].isTunnel } }
}

extension ServerRoute {
  /// The destination and what the server does with it.
  fileprivate var inShort: String { action == .unknown ? "\(network)" : "\(network) \(action.rawValue)" }
  /// The place that says what the route does.
  fileprivate var actionSpan: Span { writtenAction?.span ?? destination.span }
}
