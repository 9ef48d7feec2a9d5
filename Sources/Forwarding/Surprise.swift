public import ClientVPN
public import IPv4Space

/// Something that goes against the model's intent.
public struct Surprise: Sendable {
  /// What the intent is about.
  public enum Subject: Sendable {
    /// A subnet, by its position.
    case subnet(Int)
    case network(Network)
    case expectation(Expectation)
  }

  /// What the intent is about.
  public let subject: Subject
  /// What is wanted.
  public let intent: Intent
  /// Whether only some of the addresses are reached.
  public let isPartial: Bool
  /// Addresses that share a fate which is not the wanted one: those around a DNS server of clients, else the lowest.
  public let stretch: IPv4Range
  /// One of them.
  public let witness: IPv4Address
  /// The flow that an expectation names.
  public let transport: TransportProtocol?
  /// The destination port that an expectation names.
  public let port: UInt16?
}

extension ServerAnalysis {
  /// What goes against the intent: subnets that are reached and are not to be, networks and expectations. What the
  /// model does not tell is no surprise, nor is what a dead tunnel does not carry. Something kept from clients is kept
  /// from those of every server, whatever the server is for.
  public func surprises(in model: Model) -> [Surprise] {
    // What a filter or a route of the VPC stops is told with it.
    let blocked = Set(flowBlocks.flatMap(\.victims))
    let stated =
      subnets.compactMap(surprise)
      + networks.filter { !blocked.contains(.network($0.network)) && !lacksAdvertisement($0, in: model) }
      .compactMap { surprise($0, in: model) }
    let asked = expectations.filter { !blocked.contains(.expectation($0.expectation)) }
      .compactMap { surprise($0, in: model) }
    // An expectation may say again what its subnet or network says.
    return stated
      + asked.filter { again in !stated.contains { $0.intent == again.intent && $0.stretch == again.stretch } }
  }

  /// Whether delivered packets to a network get no answer because it never learns of the client pool, by transit gateway
  /// or Direct Link without an advertising ingress table, or in classic infrastructure.
  public func lacksAdvertisement(_ verdict: NetworkVerdict, in model: Model) -> Bool {
    guard verdict.isServed, verdict.intent == .reachable, verdict.outcome == .noReturnPath, subnetOfClient == nil,
      let via = model.networks?.elements[verdict.network].via.value, let witness = verdict.firstUnreached
    else { return false }
    return [.transitGateway, .directLink, .classic].contains(via) && fates[witness].outcome == .noReturnPath
  }

  private func surprise(_ verdict: SubnetVerdict) -> Surprise? {
    guard verdict.intent == .unreachable, verdict.verdict == .reachable || verdict.verdict == .partly,
      let usable = verdict.usable
    else { return nil }
    return Surprise(
      .subnet(verdict.subnet), .unreachable, verdict.verdict, first: wrong(.unreachable, in: IPv4Set(usable)))
  }

  private func surprise(_ verdict: NetworkVerdict, in model: Model) -> Surprise? {
    guard let network = model.networks?.elements[verdict.network] else { return nil }
    switch (verdict.intent, verdict.verdict) {
    case (.reachable, .unreachable) where verdict.isServed, (.reachable, .partly) where verdict.isServed,
      (.unreachable, .reachable), (.unreachable, .partly):
      return Surprise(
        .network(network), verdict.intent, verdict.verdict, first: wrong(verdict.intent, in: verdict.ranges))
    default: return nil
    }
  }

  private func surprise(_ verdict: ExpectationVerdict, in model: Model) -> Surprise? {
    guard verdict.holds == false, let expectation = model.expectations?.elements[verdict.expectation] else {
      return nil
    }
    return Surprise(
      .expectation(expectation), expectation.expect.value, verdict.verdict,
      first: wrong(expectation.expect.value, in: verdict.ranges), expectation.transport?.value,
      expectation.port.flatMap { UInt16(exactly: $0.value) })
  }

  private func wrong(_ intent: Intent, in addresses: IPv4Set) -> IPv4Range? {
    let resolver = (server.dnsServers?.elements ?? []).map(\.value).first {
      addresses.contains($0) && fates[$0].outcome.isWrong(for: intent)
    }
    return addresses.ranges.lazy.compactMap { [fates] range -> IPv4Range? in
      guard let resolver else {
        return fates.stretches(in: range, limit: 1) { $0.outcome.isWrong(for: intent) }.first?.range
      }
      return range.contains(resolver)
        ? fates.stretches(in: range) { $0.outcome.isWrong(for: intent) }.map(\.range).first { $0.contains(resolver) }
        : nil
    }.first
  }
}

extension Surprise {
  fileprivate init?(
    _ subject: Subject, _ intent: Intent, _ verdict: Verdict, first stretch: IPv4Range?,
    _ transport: TransportProtocol? = nil, _ port: UInt16? = nil
  ) {
    guard let stretch else { return nil }
    self.init(
      subject: subject, intent: intent, isPartial: verdict == .partly, stretch: stretch, witness: stretch.hostToShow,
      transport: transport, port: port)
  }
}

extension Outcome {
  fileprivate func isWrong(for intent: Intent) -> Bool {
    switch (intent, self) {
    case (_, .undetermined), (.any, _): false
    case (.reachable, let outcome): outcome != .reachable && outcome != .looped
    case (.unreachable, let outcome): outcome == .reachable
    case (.direct, let outcome): outcome != .direct
    }
  }
}
