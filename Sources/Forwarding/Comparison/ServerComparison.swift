import ClientVPN
import IPv4Space

/// One VPN server in two models.
public struct ServerComparison: Sendable {
  /// The server as it was; nil if it is new.
  public let before: ServerAnalysis?
  /// The server as it is; nil if it is gone.
  public let after: ServerAnalysis?
  /// Whether it is another server under the same name, to which no client profile of before leads.
  public let isReplaced: Bool
  /// What its clients reach where nothing is known of their place, then from each site that is in both models.
  public let places: [PlaceComparison]
  /// Which routes stand for one another.
  let routes: Matching

  /// The server as it is, else as it was.
  public var known: ServerAnalysis? { after ?? before }

  /// What becomes of reachability, from all places together and of the tunnel itself.
  public var change: ReachChange { places.map(\.change).reduce(tunnel) { $0.joined($1) } }

  /// Whether filters stop the tunnel's own packets in one of the models alone: narrowed if nobody can connect any more.
  /// What clients reach is told as if the tunnel were up.
  public var tunnel: ReachChange {
    guard let before, let after, !before.server.listenerIsUnknown, !after.server.listenerIsUnknown else {
      return .unchanged
    }
    let (wasOpen, isOpen) = (before.tunnelBlocks.isEmpty, after.tunnelBlocks.isEmpty)
    return ReachChange(widens: isOpen && !wasOpen, narrows: wasOpen && !isOpen)
  }
}

extension ServerAnalysis {
  /// The filters that stop the tunnel's own packets.
  var tunnelBlocks: [TunnelBlock] { tunnelFilters?.blocks ?? [] }
}

/// Which resources of two models stand for one another: by their ids, else by their names, else by what they are.
struct ModelMatching {
  let subnets, networks, sites, workloads, servers, networkACLs, securityGroups, routingTables: Matching

  init(_ old: Model, _ new: Model) {
    subnets = Matching(
      old.vpc.subnets.elements, new.vpc.subnets.elements,
      by: [{ $0.id }, { $0.name.value }, { $0.block.value.canonical.description }])
    networks = Matching(
      old.networks?.elements ?? [], new.networks?.elements ?? [],
      by: [{ $0.name.value }, { $0.cidrs.map { $0.value.canonical.description }.joined(separator: " ") }])
    sites = Matching(old.sites?.elements ?? [], new.sites?.elements ?? [], by: [{ $0.name.value }])
    workloads = Matching(
      old.vpc.workloads?.elements ?? [], new.vpc.workloads?.elements ?? [], by: [{ $0.name.value }])
    networkACLs = Matching(
      old.vpc.networkACLs?.elements ?? [], new.vpc.networkACLs?.elements ?? [], by: [{ $0.id }, { $0.name.value }])
    securityGroups = Matching(
      old.vpc.securityGroups?.elements ?? [], new.vpc.securityGroups?.elements ?? [],
      by: [{ $0.id }, { $0.name.value }])
    routingTables = Matching(
      old.vpc.routingTables?.elements ?? [], new.vpc.routingTables?.elements ?? [], by: [{ $0.id }, { $0.name.value }])
    servers = Matching(
      old.servers, new.servers,
      by: [
        { $0.id }, { $0.name.value }, { $0.hostname?.value }, { $0.clientPool?.value.canonical.description },
      ])
  }
}

/// Compares the servers of two models.
struct ServerComparer {
  let before, after: Analysis
  let matching: ModelMatching
  let knowledge: Knowledge

  /// The servers of the new model in their order, then those that are gone; not those of which it is not known whether
  /// the other model has them.
  func servers() -> [ServerComparison] {
    let unnamed = knowledge.unnamed(
      among: matching.servers.added.map { after.servers[$0].server },
      beside: matching.servers.removed.map { before.servers[$0].server })
    return matching.servers.all.compactMap { mine, theirs in
      let (old, new) = (mine.map { before.servers[$0] }, theirs.map { after.servers[$0] })
      if unnamed != nil, old == nil || new == nil { return nil }
      if old == nil, let new, knowledge.mayBeInBoth(new.server, isInNew: true) { return nil }
      if new == nil, let old, knowledge.mayBeInBoth(old.server, isInNew: false) { return nil }
      return comparison(old, new)
    }
  }

  private func comparison(_ old: ServerAnalysis?, _ new: ServerAnalysis?) -> ServerComparison {
    let routes = RouteComparer.matching(old?.table.routes ?? [], new?.table.routes ?? [])
    let changed = RouteComparer.changed(routes, old?.table, new?.table)
    let sites = matching.sites.pairs.compactMap { pair -> PlaceComparison? in
      let mine = old?.analysis(ofSite: pair.old)
      let theirs = new?.analysis(ofSite: pair.new)
      if old != nil, mine == nil { return nil }
      if new != nil, theirs == nil { return nil }
      return place(mine.map(View.init), theirs.map(View.init), changed, site: pair)
    }
    return ServerComparison(
      before: old, after: new, isReplaced: isReplaced(old?.server, new?.server),
      places: [place(old.map(View.init), new.map(View.init), changed, site: nil)] + sites, routes: routes)
  }

  private func isReplaced(_ old: VPNServer?, _ new: VPNServer?) -> Bool {
    guard let old, let new else { return false }
    return knowledge.isReplaced(old, new)
  }

  // MARK: One place

  /// What is known of what clients reach from one place.
  private struct View {
    let fates: AddressMap<Fate>
    let passages: [Passage]
    let subnets, networks: [VerdictShift.Judgement]
    let services: [ServiceVerdict]

    init(_ server: ServerAnalysis) {
      (fates, passages) = (server.fates, server.reach.passages)
      subnets = server.subnets.map { VerdictShift.Judgement(verdict: $0.verdict, outcome: $0.outcome) }
      networks = server.networks.map { VerdictShift.Judgement(verdict: $0.verdict, outcome: $0.outcome) }
      services = server.services
    }

    init(_ site: SiteAnalysis) {
      (fates, passages) = (site.fates, site.reach.passages)
      subnets = site.subnets.map { VerdictShift.Judgement(verdict: $0.verdict, outcome: $0.outcome) }
      networks = site.networks.map { VerdictShift.Judgement(verdict: $0.verdict, outcome: $0.outcome) }
      services = site.services
    }
  }

  private func place(
    _ old: View?, _ new: View?, _ changed: ChangedRoutes, site: (old: Int, new: Int)?
  ) -> PlaceComparison {
    let finder = ShiftFinder(
      old.map { ReachMap($0.fates, $0.passages, before.plan) } ?? .withoutServer,
      new.map { ReachMap($0.fates, $0.passages, after.plan) } ?? .withoutServer, changed: changed)
    let subnets = shifts(matching.subnets, finder, Occupant.subnet, old?.subnets, new?.subnets)
    let networks = shifts(matching.networks, finder, Occupant.network, old?.networks, new?.networks)
    return PlaceComparison(
      site: site, shifts: finder.shifts, subnets: subnets, networks: networks,
      services: services(old?.services, new?.services), byOldRoute: finder.byOldRoute, byNewRoute: finder.byNewRoute,
      areas: finder.areas)
  }

  private func shifts(
    _ matching: Matching, _ finder: ShiftFinder, _ occupant: (Int) -> Occupant, _ old: [VerdictShift.Judgement]?,
    _ new: [VerdictShift.Judgement]?
  ) -> [VerdictShift] {
    matching.all.map { mine, theirs in
      let lost = mine.flatMap { finder.byOldOccupant[occupant($0)] } ?? .unchanged
      let gained = theirs.flatMap { finder.byNewOccupant[occupant($0)] } ?? .unchanged
      return VerdictShift(
        old: mine, new: theirs, before: mine.flatMap { old?[$0] }, after: theirs.flatMap { new?[$0] },
        change: ReachChange(
          widens: gained.widens, narrows: lost.narrows,
          mayChange: gained == .undetermined || lost == .undetermined),
        isRerouted: theirs.map { finder.rerouted.contains(occupant($0)) } ?? false)
    }
  }

  /// Services of one workload by what they are; a service that is asked for in one model alone says nothing.
  private func services(_ before: [ServiceVerdict]?, _ after: [ServiceVerdict]?) -> [VerdictShift] {
    let (old, new) = (before ?? [], after ?? [])
    let workloads = matching.workloads.newOfOld
    func key(_ verdict: ServiceVerdict, _ workload: Int?) -> String? {
      workload.map { "\($0) \(verdict.service.value)" }
    }
    let pairs = Matching(
      old.map { key($0, workloads[$0.workload]) }, new.map { key($0, $0.workload) }, by: [{ $0 }])
    return pairs.all.map { mine, theirs in
      let was = mine.map { VerdictShift.Judgement(verdict: old[$0].verdict, outcome: old[$0].outcome) }
      let isNow = theirs.map { VerdictShift.Judgement(verdict: new[$0].verdict, outcome: new[$0].outcome) }
      // Without its server nothing is reached.
      let from = was.map(\.verdict.reach) ?? (before == nil ? 0 : isNow.map(\.verdict.reach) ?? 0)
      let to = isNow.map(\.verdict.reach) ?? (after == nil ? 0 : from)
      return VerdictShift(
        old: mine, new: theirs, before: was, after: isNow, change: Self.change(from: from, to: to), isRerouted: false)
    }
  }

  /// What becomes of a service by how much of it is reached; nil is what a model does not tell.
  private static func change(from: Int?, to: Int?) -> ReachChange {
    guard let from, let to else { return ReachChange(widens: false, narrows: false, mayChange: from != to) }
    return ReachChange(widens: from < to, narrows: to < from)
  }
}
