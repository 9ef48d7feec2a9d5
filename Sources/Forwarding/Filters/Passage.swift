public import IPv4Space

/// Which flows complete between clients and one address, there and back, through filters and routes.
public struct Passage: Sendable, Hashable {
  /// Complete whatever the client's address and the member of the server.
  public let complete: ServiceSet
  /// Complete unless something fails of which the model does not tell.
  public let possible: ServiceSet
  /// Complete for some clients or members.
  public let partial: ServiceSet
  /// Requests that arrive for all.
  public let arriving: ServiceSet
  /// Requests that arrive and whose answers leave the target's subnet for all.
  public let leaving: ServiceSet
  /// Whether a route keeps the answer away from the client, for some client or member.
  public let lacksReturnRoute: Bool

  /// What becomes of flows to one service.
  public func outcome(of service: ServiceSet) -> (outcome: Outcome, isPartial: Bool) {
    if complete.isSuperset(of: service) { return (.reachable, false) }
    if possible.isSuperset(of: service) { return (.undetermined, false) }
    let isPartial = !partial.intersection(service).isEmpty
    if !arriving.isSuperset(of: service) { return (.requestBlocked, isPartial) }
    if !leaving.isSuperset(of: service) { return (.replyBlocked, isPartial) }
    return (lacksReturnRoute ? .noReturnPath : .replyBlocked, isPartial)
  }

  /// What becomes of an address: it is reachable when some flow to it completes.
  public var outcome: (outcome: Outcome, isPartial: Bool) {
    if !complete.isEmpty { return (.reachable, false) }
    if !possible.isEmpty { return (.undetermined, false) }
    let isPartial = !partial.isEmpty
    if arriving.isEmpty { return (.requestBlocked, isPartial) }
    if leaving.isEmpty { return (.replyBlocked, isPartial) }
    return (lacksReturnRoute ? .noReturnPath : .replyBlocked, isPartial)
  }
}

/// Which flows complete between one client address on one member and one address.
struct FlowResult: Equatable {
  var arriving: ServiceSet
  var leaving: ServiceSet
  var complete: ServiceSet
  var isUnknown: Bool
  var lacksReturnRoute: Bool
}

extension Passage {
  init(_ result: FlowResult) {
    self.init(
      complete: result.isUnknown ? .empty : result.complete, possible: result.complete, partial: result.complete,
      arriving: result.arriving, leaving: result.leaving, lacksReturnRoute: result.lacksReturnRoute)
  }

  /// Together with another client address or member.
  func joined(_ other: Passage) -> Passage {
    Passage(
      complete: complete.intersection(other.complete), possible: possible.intersection(other.possible),
      partial: partial.union(other.partial), arriving: arriving.intersection(other.arriving),
      leaving: leaving.intersection(other.leaving),
      lacksReturnRoute: lacksReturnRoute || other.lacksReturnRoute)
  }
}
