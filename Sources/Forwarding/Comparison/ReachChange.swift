public import IPv4Space

/// What becomes of reachability.
public enum ReachChange: String, Sendable, CaseIterable {
  case unchanged, widened, narrowed
  /// Widened in one part and narrowed in another.
  case both
  /// Neither for certain: one of the models does not tell something that the other one does.
  case undetermined

  /// Makes one of its parts; what is certain counts for more than what may be.
  public init(widens: Bool, narrows: Bool, mayChange: Bool = false) {
    self =
      widens
      ? narrows ? .both : .widened
      : narrows ? .narrowed : mayChange ? .undetermined : .unchanged
  }

  /// Whether something is reached that was not.
  public var widens: Bool { self == .widened || self == .both }
  /// Whether something is not reached that was.
  public var narrows: Bool { self == .narrowed || self == .both }

  /// Both together.
  public func joined(_ other: ReachChange) -> ReachChange {
    ReachChange(
      widens: widens || other.widens, narrows: narrows || other.narrows,
      mayChange: self == .undetermined || other == .undetermined)
  }
}

/// What lies at an address, with its position in the model.
public enum Occupant: Hashable, Sendable {
  case subnet(Int)
  case network(Int)
  case service, clientPool, vpnGateway, server, internet, nothing
}

/// A range of addresses for which it changes what becomes of packets.
public struct ReachShift: Sendable, Hashable {
  /// What changes.
  public enum Kind: String, Sendable {
    /// Flows complete that did not.
    case widened
    /// Flows do not complete any more.
    case narrowed
    /// Nothing is reached through the tunnel, before or after, but packets leave outside it in one of the two models only.
    case rerouted
    /// One of the two models alone tells whether flows complete.
    case undetermined
  }

  /// The addresses.
  public let range: IPv4Range
  /// What changes.
  public let kind: Kind
  /// The flows that it changes for.
  public let flows: ServiceSet
  /// What lies there: in the old model where reachability is narrowed, else in the new one.
  public let occupant: Occupant
  /// What became of packets before, and what becomes of them now; of the flow that fares best. nil without the server.
  public let before, after: Outcome?

  /// Whether it changes for every flow that a client can begin.
  public var isForEveryFlow: Bool { flows == .flows }
}
