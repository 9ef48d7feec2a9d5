public import ClientVPN
public import IPv4Space

/// Something on the internet of which a model says more than that anything may happen to it, and whose packets leave
/// outside the tunnel.
public struct InternetOutside: Sendable {
  /// What the model speaks of.
  public enum Subject: Sendable {
    case network(Network)
    case expectation(Expectation)
  }

  /// What the model speaks of.
  public let subject: Subject
  /// What it says.
  public let intent: Intent
  /// Addresses that leave outside the tunnel.
  public let stretch: IPv4Range
  /// One of them.
  public let witness: IPv4Address
}

extension Analysis {
  /// The first thing on the internet that clients of a split tunnel are kept from, or are to reach through the tunnel, and
  /// to which their packets go past it; nil if there is none. What they are kept from goes first: nothing else tells of it.
  public func internetOutside(of server: ServerAnalysis) -> InternetOutside? {
    guard server.mode == .split, !server.carrier.isLooped else { return nil }
    let networks = server.networks.compactMap { verdict -> InternetOutside? in
      guard let network = model.networks?.elements[verdict.network], network.via.value == .internet,
        verdict.isServed || verdict.intent == .unreachable
      else { return nil }
      return outside(.network(network), verdict.intent, verdict.ranges, server)
    }
    let expectations = server.expectations.compactMap { verdict -> InternetOutside? in
      guard let expectation = model.expectations?.elements[verdict.expectation] else { return nil }
      return outside(.expectation(expectation), expectation.expect.value, verdict.ranges, server)
    }
    let all = networks + expectations
    return all.first { $0.intent == .unreachable } ?? all.first
  }

  private func outside(
    _ subject: InternetOutside.Subject, _ intent: Intent, _ ranges: IPv4Set, _ server: ServerAnalysis
  ) -> InternetOutside? {
    guard intent == .reachable || intent == .unreachable else { return nil }
    let onInternet = ranges.intersection(plan.internet)
    for range in onInternet.ranges {
      guard let found = server.fates.stretches(in: range, limit: 1, where: { $0.outcome == .direct }).first else {
        continue
      }
      let addresses = IPv4Set(found.range)
      guard let witness = plan.internetHost(in: addresses) else { continue }
      return InternetOutside(subject: subject, intent: intent, stretch: found.range, witness: witness)
    }
    return nil
  }
}
