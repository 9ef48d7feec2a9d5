public import ClientVPN
public import IPv4Space

/// The internet as far as a full-tunnel server has no route to it.
public struct InternetGap: Sendable {
  /// Internet addresses in no destination, but those that the model says clients do not need.
  public let addresses: IPv4Set
  /// Whether no internet address has a route.
  public let isWhole: Bool
  /// The first declared network on the internet that clients are meant to reach and do not, by its position.
  public let wanted: Int?
  /// An address that shows it, one that people know if possible.
  public let witness: IPv4Address?

  fileprivate static let wellKnown = [
    IPv4Address(8, 8, 8, 8), IPv4Address(1, 1, 1, 1), IPv4Address(9, 9, 9, 9), IPv4Address(208, 67, 222, 222),
  ]
}

extension Analysis {
  /// What a full-tunnel server leaves out of the internet; nil if nothing, or nothing that matters. A drop route inside
  /// a forwarding one is an exception somebody made, not a gap.
  public func internetGap(of server: ServerAnalysis) -> InternetGap? {
    let forwarded = IPv4Set(server.table.routes.lazy.filter { $0.action != .drop }.map(\.network))
    let uncovered = plan.internet.subtracting(forwarded)
    let isDismissed = { (network: Network) in network.expect.map { $0.value != .reachable } ?? false }
    let gap = uncovered.subtracting(addresses(onInternetWhere: isDismissed))
    guard !gap.isEmpty else { return nil }
    let wanted = server.networks.first { verdict in
      verdict.intent == .reachable && verdict.isServed && verdict.verdict != .reachable
        && isOnInternet(verdict.network) && !verdict.ranges.intersection(gap).isEmpty
    }
    let relevant = wanted.map { $0.ranges.intersection(gap) } ?? gap
    return InternetGap(
      addresses: gap, isWhole: uncovered == plan.internet, wanted: wanted?.network,
      witness: InternetGap.wellKnown.first(where: relevant.contains) ?? relevant.ranges.first?.first)
  }

  private func isOnInternet(_ network: Int) -> Bool { model.networks?.elements[network].via.value == .internet }

  private func addresses(onInternetWhere predicate: (Network) -> Bool) -> IPv4Set {
    let networks = (model.networks?.elements ?? []).filter { $0.via.value == .internet && predicate($0) }
    return IPv4Set(networks.flatMap { $0.cidrs.map(\.value) })
  }
}
