import ClientVPN
public import IPv4Space

/// What clients of a server are meant to reach and do not, or not wholly.
public struct Missed: Sendable {
  /// Subnets, in the order of the model.
  public let subnets: [SubnetVerdict]
  /// Declared networks, in the order of the model.
  public let networks: [NetworkVerdict]
  /// An address that shows it: in the first of the subnets, else of the networks.
  public let witness: IPv4Address?
}

extension ServerAnalysis {
  /// What clients are meant to reach and do not.
  public var missed: Missed {
    let subnets = subnets.filter { $0.isServed && $0.intent == .reachable && $0.verdict.isShort }
    let networks = networks.filter { $0.isServed && $0.intent == .reachable && $0.verdict.isShort }
    let inSubnet = subnets.lazy.compactMap(\.usable).first.flatMap { range in
      firstAddress(in: IPv4Set(range)) { $0.outcome != .reachable }
    }
    return Missed(
      subnets: subnets, networks: networks, witness: inSubnet ?? networks.lazy.compactMap(\.firstUnreached).first)
  }

  /// The lowest of the addresses whose fate satisfies `predicate`.
  public func firstAddress(in addresses: IPv4Set, where predicate: (Fate) -> Bool) -> IPv4Address? {
    for range in addresses.ranges {
      if let stretch = stretches(in: range, limit: 1, where: predicate).first { return stretch.range.first }
    }
    return nil
  }
}

extension Verdict {
  /// Whether something is known not to be reached.
  fileprivate var isShort: Bool { self == .unreachable || self == .partly }
}
