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
  let widened, narrowed: IPv4Set

  var change: ReachChange { ReachChange(widens: !widened.isEmpty, narrows: !narrowed.isEmpty) }

  /// What happens in some addresses.
  func change(in addresses: IPv4Set) -> ReachChange {
    ReachChange(
      widens: addresses.ranges.contains { widened.overlaps($0) },
      narrows: addresses.ranges.contains { narrowed.overlaps($0) })
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
    let gained, lost: ServiceSet

    var isRerouted: Bool {
      guard let before = before.outcome, let after = after.outcome, gained.isEmpty, lost.isEmpty else { return false }
      return before.isOutside != after.isOutside && self.after.occupant.isWanted
    }
  }

  private(set) var shifts: [ReachShift] = []
  private(set) var byOldRoute: [Int: ReachChange] = [:]
  private(set) var byNewRoute: [Int: ReachChange] = [:]
  private(set) var byOldOccupant: [Occupant: ReachChange] = [:]
  private(set) var byNewOccupant: [Occupant: ReachChange] = [:]
  private var all = Collector()
  private var rest = Collector()
  private var inVPC = Collector()

  private struct Collector {
    var widened: [IPv4Range] = []
    var narrowed: [IPv4Range] = []

    mutating func add(_ range: IPv4Range, _ change: ReachChange) {
      if change.widens { widened.append(range) }
      if change.narrows { narrowed.append(range) }
    }

    var area: ShiftArea { ShiftArea(widened: IPv4Set(widened), narrowed: IPv4Set(narrowed)) }
  }

  var areas: ShiftAreas { ShiftAreas(all: all.area, rest: rest.area, inVPC: inVPC.area) }

  init(_ old: ReachMap, _ new: ReachMap, changed: ChangedRoutes) {
    struct Pair: Hashable {
      let old, new: Int32
    }
    var known: [Pair: (gained: ServiceSet, lost: ServiceSet)] = [:]
    let transitions = old.sights.zipped(with: new.sights) { before, after -> Transition? in
      let pair = Pair(old: before.flows, new: after.flows)
      let (mine, theirs) = (old.flows[Int(before.flows)], new.flows[Int(after.flows)])
      let change = known[pair] ?? (theirs.gained(over: mine), mine.gained(over: theirs))
      known[pair] = change
      let transition = Transition(before: before, after: after, gained: change.gained, lost: change.lost)
      return change.gained.isEmpty && change.lost.isEmpty && !transition.isRerouted ? nil : transition
    }
    transitions.forEach(in: .everything) { range, transition in
      if let transition { take(transition, range, changed) }
      return true
    }
  }

  private mutating func take(_ transition: Transition, _ range: IPv4Range, _ changed: ChangedRoutes) {
    let (before, after) = (transition.before, transition.after)
    if transition.isRerouted { append(.rerouted, range, transition, after.occupant, .flows) }
    if !transition.gained.isEmpty { append(.widened, range, transition, after.occupant, transition.gained) }
    if !transition.lost.isEmpty { append(.narrowed, range, transition, before.occupant, transition.lost) }
    let change = ReachChange(widens: !transition.gained.isEmpty, narrows: !transition.lost.isEmpty)
    if let route = before.route { byOldRoute[route, default: .unchanged].join(change) }
    if let route = after.route { byNewRoute[route, default: .unchanged].join(change) }
    byOldOccupant[before.occupant, default: .unchanged].join(change)
    byNewOccupant[after.occupant, default: .unchanged].join(change)
    all.add(range, change)
    let isOfRoutes =
      before.route.map(changed.old.contains) ?? false || after.route.map(changed.new.contains) ?? false
    if !isOfRoutes, before.occupant.isAlike(after.occupant) { rest.add(range, change) }
    inVPC.add(
      range,
      ReachChange(
        widens: change.widens && isOfVPC(before.outcome, after.outcome),
        narrows: change.narrows && isOfVPC(after.outcome, before.outcome)))
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
  /// Order of what is reached.
  var reach: Int {
    switch self {
    case .unreachable: 0
    case .undetermined: 1
    case .partly: 2
    case .reachable: 3
    }
  }
}
