public import IPv4Space

/// The addresses of a subnet that the routes of a server leave out.
public struct RouteGap: Sendable {
  /// Addresses that no route names.
  public let unrouted: [IPv4Range]
  /// Addresses that a `drop` route takes.
  public let dropped: [IPv4Range]
  /// Whether there are more ranges than were asked for.
  public let isTruncated: Bool
}

extension ServerAnalysis {
  /// What the routes leave out of a subnet; at most `limit` ranges, as thousands of wide subnets over thousands of
  /// routes have too many to walk.
  public func gap(of verdict: SubnetVerdict, limit: Int = 256) -> RouteGap {
    guard let usable = verdict.usable, verdict.verdict != .reachable else {
      return RouteGap(unrouted: [], dropped: [], isTruncated: false)
    }
    let stretches = fates.stretches(in: usable, limit: limit) {
      [.direct, .noServerRoute, .serverDrop].contains($0.outcome)
    }
    let (dropped, unrouted) = (stretches.filter(\.isDropped), stretches.filter { !$0.isDropped })
    return RouteGap(
      unrouted: unrouted.map(\.range), dropped: dropped.map(\.range), isTruncated: stretches.count == limit)
  }
}

extension FateRange {
  fileprivate var isDropped: Bool { fate.outcome == .serverDrop }
}
