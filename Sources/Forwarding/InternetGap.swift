import ClientVPN
public import IPv4Space

/// The internet as far as a full-tunnel server has no route to it.
public struct InternetGap: Sendable {
  /// Internet addresses in no destination, but those that the model says clients do not need.
  public let addresses: IPv4Set
  /// Whether no internet address has a route.
  public let isWhole: Bool
  /// The first declared network on the internet that clients are meant to reach and do not, by its position.
  public let wanted: Int?
  /// A stretch of it that shows it: of the wanted network if there is one, else a single address.
  public let example: IPv4Range
  /// An address that shows it, one that people know if possible.
  public let witness: IPv4Address
}

extension Analysis {
  /// What a full-tunnel server leaves out of the internet; nil if nothing, or nothing that matters. A drop route inside
  /// a forwarding one is an exception somebody made, not a gap.
  public func internetGap(of server: ServerAnalysis) -> InternetGap? {
    let forwarded = IPv4Set(server.table.routes.lazy.filter { $0.action != .drop }.map(\.network))
    let uncovered = plan.internet.subtracting(forwarded)
    let isDismissed = { (network: Network) in network.expect.map { $0.value != .reachable } ?? false }
    let gap = uncovered.subtracting(addresses(onInternetWhere: isDismissed))
    let wanted = server.networks.first { verdict in
      verdict.intent == .reachable && verdict.isServed && verdict.verdict != .reachable
        && isOnInternet(verdict.network) && !verdict.ranges.intersection(gap).isEmpty
    }
    let relevant = wanted?.ranges.intersection(gap) ?? gap
    guard let first = relevant.ranges.first, let witness = plan.internetHost(in: relevant) else { return nil }
    return InternetGap(
      addresses: gap, isWhole: uncovered == plan.internet, wanted: wanted?.network,
      example: wanted == nil ? IPv4Range(witness, witness) : first, witness: witness)
  }

  private func isOnInternet(_ network: Int) -> Bool { model.networks?.elements[network].via.value == .internet }

  private func addresses(onInternetWhere predicate: (Network) -> Bool) -> IPv4Set {
    let networks = (model.networks?.elements ?? []).filter { $0.via.value == .internet && predicate($0) }
    return IPv4Set(networks.flatMap { $0.cidrs.map(\.value) })
  }
}
