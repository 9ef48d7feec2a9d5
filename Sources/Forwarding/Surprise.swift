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
  /// A flow that shows it; nil for an echo.
  public let flow: Service?
  /// The workload that an expectation is about, by its position.
  public let workload: Int?

  /// The protocol of the flow that shows it.
  public var transport: TransportProtocol? { flow?.transport }
  /// Its destination port.
  public var port: UInt16? { flow?.port }
}

extension ServerAnalysis {
  /// What goes against the intent: subnets that are reached and are not to be, networks and expectations. What the
  /// model does not tell is no surprise, nor is what a dead tunnel does not carry. Something kept from clients is kept
  /// from those of every server, whatever the server is for.
  public func surprises(in model: Model) -> [Surprise] {
    // What a filter or a route of the VPC stops is told with it.
    let blocked = Set(flowBlocks.flatMap(\.victims))
    let stated =
      subnets.indices.filter { subnets[$0].intent == .unreachable }.compactMap { surprise(subnets[$0]) }
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
    return [.transitGateway, .directLink, .classic].contains(via)
      && fates[witness].outcomeWithoutFlows == .noReturnPath && fates[witness].outcome == .noReturnPath
  }

  private func surprise(_ verdict: SubnetVerdict) -> Surprise? {
    guard let usable = verdict.usable else { return nil }
    return surprise(.subnet(verdict.subnet), verdict.intent, verdict.verdict, in: IPv4Set(usable))
  }

  private func surprise(_ verdict: NetworkVerdict, in model: Model) -> Surprise? {
    guard let network = model.networks?.elements[verdict.network] else { return nil }
    switch (verdict.intent, verdict.verdict) {
    case (.reachable, .unreachable) where verdict.isServed, (.reachable, .partly) where verdict.isServed,
      (.unreachable, _):
      return surprise(.network(network), verdict.intent, verdict.verdict, in: verdict.ranges)
    default: return nil
    }
  }

  private func surprise(_ verdict: ExpectationVerdict, in model: Model) -> Surprise? {
    guard verdict.holds == false, let expectation = model.expectations?.elements[verdict.expectation] else {
      return nil
    }
    let intent = expectation.expect.value
    if let workload = verdict.workload, model.hasAddressOfProvider(workload: workload), let stretch = verdict.witness {
      return Surprise(
        subject: .expectation(expectation), intent: intent, isPartial: false, stretch: stretch,
        witness: stretch.first, flow: verdict.flow, workload: workload)
    }
    return surprise(.expectation(expectation), intent, verdict.verdict, in: verdict.ranges, verdict)
  }

  private func surprise(
    _ subject: Surprise.Subject, _ intent: Intent, _ verdict: Verdict, in addresses: IPv4Set,
    _ expectation: ExpectationVerdict? = nil
  ) -> Surprise? {
    let reached = reach.fates(to: expectation?.workload)
    let isWrong = { [reach] (fate: Fate) in
      let (outcome, isPartial) = fate.outcome(of: expectation?.services, reach.passages)
      return !intent.fits(outcome, isPartial: isPartial) && !(intent == .reachable && outcome == .looped)
    }
    guard let stretch = wrong(in: addresses, reached, isWrong) else { return nil }
    let flow = reach.flow(of: expectation?.services, reached[stretch.first], isToComplete: intent == .unreachable)
    let isPartial = verdict != .reachable && (verdict != .unreachable || intent == .unreachable)
    return Surprise(
      subject: subject, intent: intent, isPartial: isPartial, stretch: stretch, witness: stretch.hostToShow,
      flow: flow, workload: expectation?.workload)
  }

  private func wrong(
    in addresses: IPv4Set, _ fates: AddressMap<Fate>, _ isWrong: (Fate) -> Bool
  ) -> IPv4Range? {
    let resolver = (server.dnsServers?.elements ?? []).map(\.value).first {
      addresses.contains($0) && isWrong(fates[$0])
    }
    for range in addresses.ranges {
      if let resolver {
        guard range.contains(resolver) else { continue }
        return fates.stretches(in: range, where: isWrong).map(\.range).first { $0.contains(resolver) }
      }
      if let first = fates.stretches(in: range, limit: 1, where: isWrong).first { return first.range }
    }
    return nil
  }
}
