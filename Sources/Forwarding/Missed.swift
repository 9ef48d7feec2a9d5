import ClientVPN
public import IPv4Space

/// What clients of a server are meant to reach and do not, or not wholly.
public struct Missed: Sendable {
  /// Subnets, in the order of the model.
  public let subnets: [SubnetVerdict]
  /// Declared networks, in the order of the model.
  public let networks: [NetworkVerdict]
  /// An address that shows it: in the first of the subnets, else of the networks, else in any subnet.
  public let witness: IPv4Address?
}

extension ServerAnalysis {
  /// What clients are meant to reach and do not.
  public var missed: Missed {
    // By position: to copy each of the verdicts costs more than to look at it.
    let missedSubnets = subnets.indices.filter { subnets[$0].isMissed }.map { subnets[$0] }
    let missedNetworks = networks.filter { $0.isServed && $0.intent == .reachable && $0.verdict.isShort }
    let inSubnet = missedSubnets.lazy.compactMap(\.usable).first.flatMap { range in
      firstAddress(in: IPv4Set(range)) { $0.outcome != .reachable }
    }
    return Missed(
      subnets: missedSubnets, networks: missedNetworks,
      witness: inSubnet ?? missedNetworks.lazy.compactMap(\.firstUnreached).first
        ?? subnets.lazy.compactMap(\.usable).first?.first)
  }

  /// Whether its routes have to change, or are about to: clients do not reach what they are meant to, an expectation
  /// fails, or a route is not applied. What filters and routes of the VPC do is not mended by routes of the server.
  public var routesMustChange: Bool {
    let outcomes: Set<Outcome> = [.direct, .looped, .noServerRoute, .serverDrop, .noReturnPath, .nowhere]
    let missed = missed
    return missed.subnets.contains { outcomes.contains($0.outcome) }
      || missed.networks.contains { outcomes.contains($0.outcome) }
      || expectations.contains { $0.holds == false && ![.requestBlocked, .replyBlocked].contains($0.outcome) }
      || table.routes.contains(where: \.awaitsServer)
  }

  /// The lowest of the addresses whose fate satisfies `predicate`; of a stretch that begins with the address of a
  /// network the one after it, which looks like a host.
  public func firstAddress(in addresses: IPv4Set, where predicate: (Fate) -> Bool) -> IPv4Address? {
    for range in addresses.ranges {
      if let found = fates.stretches(in: range, limit: 1, where: predicate).first { return found.range.hostToShow }
    }
    return nil
  }
}

extension IPv4Range {
  /// An address for a packet that shows something: the first, or the second if the first looks like a network.
  var hostToShow: IPv4Address {
    first.bits & 255 == 0 && count > 1 ? IPv4Address(bits: first.bits + 1) : first
  }
}

extension SubnetVerdict {
  /// Whether clients are meant to reach the subnet, and some of it is known not to be reached.
  @inline(__always) fileprivate var isMissed: Bool { isServed && intent == .reachable && verdict.isShort }
}

extension Verdict {
  /// Whether something is known not to be reached.
  fileprivate var isShort: Bool { self == .unreachable || self == .partly }
}
