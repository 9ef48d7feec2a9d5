import ClientVPN
public import IPv4Space

/// What a subnet, a network or a service was to clients, and what it is.
public struct VerdictShift: Sendable {
  /// A verdict, and the outcome of what is not reached.
  public struct Judgement: Sendable, Hashable {
    /// The verdict.
    public let verdict: Verdict
    /// The outcome of what is not reached.
    public let outcome: Outcome
  }

  /// Positions in the two models; nil where it is not there. Of a service they are those of the verdicts.
  public let old, new: Int?
  /// The judgements; nil where it, or the server, is not there.
  public let before, after: Judgement?
  /// What becomes of its addresses, or of the service.
  public let change: ReachChange
  /// Whether packets to some of its addresses leave outside the tunnel in one of the models alone.
  public let isRerouted: Bool
}

/// What clients of one server reach from one place, in two models.
public struct PlaceComparison: Sendable {
  /// Position of the client site in both models; nil for a place of which nothing is known.
  public let site: (old: Int, new: Int)?
  /// Where it changes what becomes of packets, ascending.
  public let shifts: [ReachShift]
  /// What becomes of each subnet.
  public let subnets: [VerdictShift]
  /// What becomes of each declared network.
  public let networks: [VerdictShift]
  /// What becomes of each service of each workload.
  public let services: [VerdictShift]
  /// What happens where a route decides, by its position.
  let byOldRoute, byNewRoute: [Int: ReachChange]
  /// Which addresses change for which reason.
  let areas: ShiftAreas

  /// What becomes of reachability altogether; where flows change and no address does, services tell it.
  public var change: ReachChange {
    services.map(\.change).reduce(areas.all.change) { $0.joined($1) }
  }

  /// The addresses for which reachability is widened.
  public var widened: IPv4Set { areas.all.widened }
  /// The addresses for which reachability is narrowed.
  public var narrowed: IPv4Set { areas.all.narrowed }
}

/// Addresses for which reachability changes.
struct ShiftArea: Sendable {
  let widened, narrowed, unsettled: IPv4Set

  var change: ReachChange {
    ReachChange(widens: !widened.isEmpty, narrows: !narrowed.isEmpty, mayChange: !unsettled.isEmpty)
  }

  /// What happens in some addresses.
  func change(in addresses: IPv4Set) -> ReachChange {
    ReachChange(
      widens: addresses.ranges.contains { widened.overlaps($0) },
      narrows: addresses.ranges.contains { narrowed.overlaps($0) },
      mayChange: addresses.ranges.contains { unsettled.overlaps($0) })
  }
}

/// Addresses for which reachability changes, by what may have brought it about.
struct ShiftAreas: Sendable {
  /// All.
  let all: ShiftArea
  /// Where neither a changed route of the server decides nor other things lie than before.
  let rest: ShiftArea
  /// Where a filter or a route of the VPC decides.
  let inVPC: ShiftArea
}

/// Positions of server routes that are not the same in both models.
struct ChangedRoutes {
  let old, new: Set<Int>
}

/// Compares two maps of one place.
struct ShiftFinder {
  private struct Transition: Equatable {
    let before, after: ReachMap.Sight
    let effect: Effect

    var isRerouted: Bool {
      guard let before = before.outcome, let after = after.outcome, effect.isEmpty else { return false }
      return before.isOutside != after.isOutside
    }
  }

  /// What becomes of flows.
  private struct Effect: Equatable {
    let gained, lost, unsettled: ServiceSet

    init(_ before: ReachMap.Flows, _ after: ReachMap.Flows) {
      (gained, lost) = (after.gained(over: before), before.gained(over: after))
      unsettled = after.unsettled(beside: before)
    }

    var isEmpty: Bool { gained.isEmpty && lost.isEmpty && unsettled.isEmpty }

    var change: ReachChange {
      ReachChange(widens: !gained.isEmpty, narrows: !lost.isEmpty, mayChange: !unsettled.isEmpty)
    }
  }

  private(set) var shifts: [ReachShift] = []
  private(set) var byOldRoute: [Int: ReachChange] = [:]
  private(set) var byNewRoute: [Int: ReachChange] = [:]
  private(set) var byOldOccupant: [Occupant: ReachChange] = [:]
  private(set) var byNewOccupant: [Occupant: ReachChange] = [:]
  /// What packets reach outside the tunnel in one of the models alone, by what it is in the new one.
  private(set) var rerouted: Set<Occupant> = []
  private var all = Collector()
  private var rest = Collector()
  private var inVPC = Collector()

  private struct Collector {
    var widened: [IPv4Range] = []
    var narrowed: [IPv4Range] = []
    var unsettled: [IPv4Range] = []

    mutating func add(_ range: IPv4Range, widens: Bool, narrows: Bool, isUnsettled: Bool) {
      if widens { widened.append(range) }
      if narrows { narrowed.append(range) }
      if isUnsettled { unsettled.append(range) }
    }

    mutating func add(_ range: IPv4Range, _ effect: Effect) {
      add(
        range, widens: !effect.gained.isEmpty, narrows: !effect.lost.isEmpty, isUnsettled: !effect.unsettled.isEmpty)
    }

    var area: ShiftArea {
      ShiftArea(widened: IPv4Set(widened), narrowed: IPv4Set(narrowed), unsettled: IPv4Set(unsettled))
    }
  }

  var areas: ShiftAreas { ShiftAreas(all: all.area, rest: rest.area, inVPC: inVPC.area) }

  init(_ old: ReachMap, _ new: ReachMap, changed: ChangedRoutes) {
    struct Pair: Hashable {
      let old, new: Int32
    }
    var known: [Pair: Effect] = [:]
    let transitions = old.sights.zipped(with: new.sights) { before, after -> Transition? in
      let pair = Pair(old: before.flows, new: after.flows)
      let effect = known[pair] ?? Effect(old.flows[Int(before.flows)], new.flows[Int(after.flows)])
      known[pair] = effect
      let transition = Transition(before: before, after: after, effect: effect)
      return effect.isEmpty && !transition.isRerouted ? nil : transition
    }
    transitions.forEach(in: .everything) { range, transition in
      if let transition { take(transition, range, changed) }
      return true
    }
  }

  private mutating func take(_ transition: Transition, _ range: IPv4Range, _ changed: ChangedRoutes) {
    let (before, after, effect) = (transition.before, transition.after, transition.effect)
    if transition.isRerouted {
      append(.rerouted, range, transition, after.occupant, .flows)
      rerouted.insert(after.occupant)
    }
    if !effect.gained.isEmpty { append(.widened, range, transition, after.occupant, effect.gained) }
    if !effect.lost.isEmpty { append(.narrowed, range, transition, before.occupant, effect.lost) }
    if !effect.unsettled.isEmpty { append(.undetermined, range, transition, after.occupant, effect.unsettled) }
    let change = effect.change
    if let route = before.route { byOldRoute[route, default: .unchanged].join(change) }
    if let route = after.route { byNewRoute[route, default: .unchanged].join(change) }
    byOldOccupant[before.occupant, default: .unchanged].join(change)
    byNewOccupant[after.occupant, default: .unchanged].join(change)
    all.add(range, effect)
    let isOfRoutes =
      before.route.map(changed.old.contains) ?? false || after.route.map(changed.new.contains) ?? false
    if !isOfRoutes, before.occupant.isAlike(after.occupant) { rest.add(range, effect) }
    let (wasStopped, isStopped) = (isOfVPC(before.outcome, after.outcome), isOfVPC(after.outcome, before.outcome))
    inVPC.add(
      range, widens: change.widens && wasStopped, narrows: change.narrows && isStopped,
      isUnsettled: !effect.unsettled.isEmpty && (wasStopped || isStopped))
  }

  /// Whether what stops the flows in one of the models is a filter or a route of the VPC: it says so, or other flows
  /// arrive there in both.
  private func isOfVPC(_ worse: Outcome?, _ better: Outcome?) -> Bool {
    guard let worse else { return false }
    return worse.isDecidedInVPC || worse == .reachable && better == .reachable
  }

  /// Neighbours that differ in nothing but the routes are one.
  private mutating func append(
    _ kind: ReachShift.Kind, _ range: IPv4Range, _ transition: Transition, _ occupant: Occupant, _ flows: ServiceSet
  ) {
    func shift(_ range: IPv4Range) -> ReachShift {
      ReachShift(
        range: range, kind: kind, flows: flows, occupant: occupant, before: transition.before.outcome,
        after: transition.after.outcome)
    }
    if let last = shifts.last, last.range.last.bits &+ 1 == range.first.bits, last == shift(last.range) {
      shifts[shifts.count - 1] = shift(IPv4Range(last.range.first, range.last))
    } else {
      shifts.append(shift(range))
    }
  }
}

extension ReachChange {
  /// Takes another one in.
  mutating func join(_ other: ReachChange) { self = joined(other) }
}

extension Verdict {
  /// Order of what is reached; nil where the model does not tell.
  var reach: Int? {
    switch self {
    case .unreachable: 0
    case .partly: 1
    case .reachable: 2
    case .undetermined: nil
    }
  }
}
