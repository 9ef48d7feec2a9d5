public import IPv4Space

/// Which flows complete between clients and one address, there and back, through filters and routes.
public struct Passage: Sendable, Hashable {
  /// Complete whatever the client's address and the member of the server.
  public var complete: ServiceSet
  /// Complete unless something fails of which the model does not tell.
  public var possible: ServiceSet
  /// Complete for some clients or members, known to.
  public var partial: ServiceSet
  /// Requests that arrive for all, unless something fails of which the model does not tell.
  public var arriving: ServiceSet
  /// Such requests whose answers leave the target's subnet for all.
  public var leaving: ServiceSet
  /// Whether a route keeps the answer away from the client, for some client or member.
  public var lacksReturnRoute: Bool
  /// The same for each member of the server alone; empty if they do not differ.
  public var members: [Passage] = []

  /// What becomes of flows to one or several services: reachable when some of them complete.
  public func outcome(of services: ServiceSet) -> (outcome: Outcome, isPartial: Bool) {
    func isNone(_ set: ServiceSet) -> Bool { set.intersection(services).isEmpty }
    if !isNone(complete) { return (.reachable, false) }
    let isPartial = !isNone(partial)
    if !isNone(possible) { return (.undetermined, isPartial) }
    if isNone(arriving) { return (.requestBlocked, isPartial) }
    if isNone(leaving) { return (.replyBlocked, isPartial) }
    return (lacksReturnRoute ? .noReturnPath : .replyBlocked, isPartial)
  }

  /// For one member alone, by its number; nil is for all of them.
  func alone(_ member: Int?) -> Passage { member.map { members.isEmpty ? self : members[$0] } ?? self }

  /// Together with another client address or member.
  func joined(_ other: Passage) -> Passage {
    Passage(
      complete: complete.intersection(other.complete), possible: possible.intersection(other.possible),
      partial: partial.union(other.partial), arriving: arriving.intersection(other.arriving),
      leaving: leaving.intersection(other.leaving),
      lacksReturnRoute: lacksReturnRoute || other.lacksReturnRoute)
  }

  /// Where it is not known which of two ways it is.
  func orElse(_ other: Passage) -> Passage {
    Passage(
      complete: complete.intersection(other.complete), possible: possible.union(other.possible),
      partial: partial.intersection(other.partial), arriving: arriving.union(other.arriving),
      leaving: leaving.union(other.leaving), lacksReturnRoute: lacksReturnRoute && other.lacksReturnRoute)
  }
}
