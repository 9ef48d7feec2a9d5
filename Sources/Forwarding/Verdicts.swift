public import ClientVPN
public import IPv4Space

/// Whether clients of a server reach a subnet.
public struct SubnetVerdict: Sendable {
  /// Position of the subnet.
  public let subnet: Int
  /// What the model wants; reachable unless stated otherwise.
  public let intent: Intent
  /// Whether the server is meant to serve the subnet at all.
  public let isServed: Bool
  /// Whether the subnet holds a server and nothing that clients want, and no expectation is written.
  public let holdsServersAlone: Bool
  /// The addresses that count: without the provider's. nil if there are none.
  public let usable: IPv4Range?
  /// The verdict for all of it.
  public let verdict: Verdict
  /// The outcome of the addresses that are not reached, the first one's where they differ.
  public let outcome: Outcome
}

/// Whether clients of a server reach a declared network.
public struct NetworkVerdict: Sendable {
  /// Position of the network.
  public let network: Int
  /// What the model wants.
  public let intent: Intent
  /// Whether the server is meant to serve the network at all.
  public let isServed: Bool
  /// The verdict for all of it.
  public let verdict: Verdict
  /// The outcome of what is not reached.
  public let outcome: Outcome
  /// The ranges judged: those of the network that nothing narrower claims.
  public let ranges: IPv4Set
  /// The first address of the ranges that is not reached; if none is known to be, the first of which it is not known.
  public let firstUnreached: IPv4Address?
}

/// Whether an expectation holds for clients of a server.
public struct ExpectationVerdict: Sendable {
  /// Position of the expectation.
  public let expectation: Int
  /// The verdict for all of it.
  public let verdict: Verdict
  /// The outcome of what is not reached.
  public let outcome: Outcome
  /// The addresses that the expectation is about.
  public let ranges: IPv4Set
  /// Whether what is expected is what happens; nil if the model does not tell.
  public let holds: Bool?
  /// An address that shows it.
  public let witness: IPv4Address?
}

/// Whether clients of a server reach a service of a workload.
public struct ServiceVerdict: Sendable {
  /// Position of the workload.
  public let workload: Int
  /// The service as written.
  public let service: Field<Service>
  /// The verdict for all of it.
  public let verdict: Verdict
  /// The outcome of what is not reached.
  public let outcome: Outcome
  /// The first address at which it is not reached.
  public let firstUnreached: IPv4Address?
}

/// Makes verdicts from the fates of addresses.
struct VerdictMaker {
  let index: Int
  let server: VPNServer
  let model: Model
  let fates: AddressMap<Fate>
  let passages: [Passage]

  /// What is known of many addresses together. A known failure weighs more than what is not known.
  fileprivate struct Summary {
    var reached = false
    var unreached: (address: IPv4Address, outcome: Outcome)?
    var unknown: IPv4Address?

    mutating func add(_ outcome: Outcome, isPartial: Bool, at address: IPv4Address) {
      if isPartial { reached = true }
      switch outcome {
      case .reachable: reached = true
      case .undetermined: unknown = unknown ?? address
      default: unreached = unreached ?? (address, outcome)
      }
    }

    /// Whether more addresses cannot change the verdict.
    var isSettled: Bool { reached && unreached != nil }

    var verdict: Verdict {
      if unreached != nil { return reached ? .partly : .unreachable }
      return reached && unknown == nil ? .reachable : .undetermined
    }

    var outcome: Outcome { unreached?.outcome ?? (verdict == .reachable ? .reachable : .undetermined) }
  }

  /// What an outcome says about reachability, and no more.
  private enum Knowledge { case reached, partly, unreached, unknown }

  func subnets() -> [SubnetVerdict] {
    // What is reached alternates; merged, a subnet touches few segments however many routes there are.
    let knowledge = fates.mapped { fate -> Knowledge in
      switch fate.outcome {
      case .reachable: .reached
      case .undetermined: .unknown
      default: fate.isPartial ? .partly : .unreached
      }
    }
    let holding = model.subnetsHoldingServers
    let busy = Set((model.vpc.workloads?.elements ?? []).compactMap { $0.subnet?.index })
    let served = servedSubnets()
    let subnets = model.vpc.subnets.elements
    return subnets.indices.map { index in
      let usable = model.provider.usableAddresses(of: subnets[index].block.value)
      let expect = subnets[index].expect?.value
      let summary = usable.map { summarize($0, knowledge) } ?? Summary()
      return SubnetVerdict(
        subnet: index, intent: expect ?? .reachable, isServed: served?.contains(index) ?? true,
        holdsServersAlone: expect == nil && holding.contains(index) && !busy.contains(index), usable: usable,
        verdict: summary.verdict, outcome: summary.outcome)
    }
  }

  private func summarize(_ range: IPv4Range, _ knowledge: AddressMap<Knowledge>) -> Summary {
    var summary = Summary()
    knowledge.forEach(in: range) { stretch, known in
      let outcome = known == .reached ? .reachable : fates[stretch.first].outcome
      summary.add(outcome, isPartial: known == .partly, at: stretch.first)
      return !summary.isSettled
    }
    return summary
  }

  private func servedSubnets() -> Set<Int>? {
    server.serves.map { serves in
      Set(serves.elements.compactMap { if case .subnet(let index) = $0 { index } else { nil } })
    }
  }

  private func servedNetworks() -> Set<Int>? {
    server.serves.map { serves in
      Set(serves.elements.compactMap { if case .network(let index) = $0 { index } else { nil } })
    }
  }

  func networks() -> [NetworkVerdict] {
    let served = servedNetworks()
    return (model.networks?.elements ?? []).enumerated().map { index, network in
      let claimed = fates.addresses { $0.target == .network(index) }
      let ranges = claimed.isEmpty ? IPv4Set(network.cidrs.map(\.value)) : claimed
      let summary = summarize(ranges)
      return NetworkVerdict(
        network: index, intent: network.intent, isServed: served?.contains(index) ?? true, verdict: summary.verdict,
        outcome: summary.outcome, ranges: ranges, firstUnreached: summary.unreached?.address ?? summary.unknown)
    }
  }

  fileprivate func summarize(_ ranges: IPv4Set, _ service: ServiceSet? = nil) -> Summary {
    var summary = Summary()
    for range in ranges.ranges {
      fates.forEach(in: range) { stretch, fate in
        let (outcome, isPartial) = fate.outcome(of: service, passages)
        summary.add(outcome, isPartial: isPartial, at: stretch.first)
        return !summary.isSettled
      }
    }
    return summary
  }

  func expectations() -> [ExpectationVerdict] {
    let asksForPrefix = model.expectations?.elements.contains { $0.asksForPrefix } ?? false
    let reserved = asksForPrefix ? addressesOfProvider : .empty
    return (model.expectations?.elements ?? []).enumerated().compactMap { index, expectation in
      if expectation.from != nil, expectation.from?.index != self.index { return nil }
      guard let ranges = ranges(of: expectation, reserved) else { return nil }
      return verdict(index, expectation.expect.value, ranges, expectation.service)
    }
  }

  /// Addresses of subnets that belong to the provider: they never count (SPEC §2).
  private var addressesOfProvider: IPv4Set {
    let blocks = model.vpc.subnets.elements.map(\.block.value)
    return IPv4Set(blocks).subtracting(IPv4Set(blocks.compactMap(model.provider.usableAddresses)))
  }

  private func ranges(of expectation: Expectation, _ reserved: IPv4Set) -> IPv4Set? {
    switch expectation.target {
    case .prefix(let prefix): judged(IPv4Set(prefix), reserved)
    case .subnet(let index):
      model.provider.usableAddresses(of: model.vpc.subnets.elements[index].block.value).map { IPv4Set($0) }
    case .network(let index): networkRanges(index)
    case .workload(let index): workloadRanges(index)
    case nil: nil
    }
  }

  /// What counts of the addresses somebody asks for; all of them if nothing else is left.
  private func judged(_ addresses: IPv4Set, _ reserved: IPv4Set) -> IPv4Set {
    let counted = addresses.subtracting(reserved)
    return counted.isEmpty ? addresses : counted
  }

  private func networkRanges(_ index: Int) -> IPv4Set? {
    let claimed = fates.addresses { $0.target == .network(index) }
    return claimed.isEmpty ? (model.networks?.elements[index]).map { IPv4Set($0.cidrs.map(\.value)) } : claimed
  }

  /// The workload's address; for want of one, its subnet.
  fileprivate func workloadRanges(_ index: Int) -> IPv4Set? {
    guard let workload = model.vpc.workloads?.elements[index] else { return nil }
    if let address = workload.address?.value { return IPv4Set(IPv4Range(address, address)) }
    return workload.subnet?.index.flatMap { subnet in
      model.provider.usableAddresses(of: model.vpc.subnets.elements[subnet].block.value).map { IPv4Set($0) }
    }
  }

  private func verdict(
    _ index: Int, _ intent: Intent, _ ranges: IPv4Set, _ service: ServiceSet?
  ) -> ExpectationVerdict {
    let summary = summarize(ranges, service)
    var offender: IPv4Address?
    var isUnknown = false
    for range in ranges.ranges {
      fates.forEach(in: range) { stretch, fate in
        let outcome = fate.outcome(of: service, passages).outcome
        if outcome == .undetermined { isUnknown = true }
        if offender == nil, !Self.fits(outcome, intent) { offender = stretch.first }
        return true
      }
    }
    return ExpectationVerdict(
      expectation: index, verdict: summary.verdict, outcome: summary.outcome, ranges: ranges,
      holds: offender != nil ? false : isUnknown && intent != .any ? nil : true, witness: offender)
  }

  /// Whether an outcome is what is wanted; one that is not known never offends.
  private static func fits(_ outcome: Outcome, _ intent: Intent) -> Bool {
    if outcome == .undetermined { return true }
    return switch intent {
    case .reachable: outcome == .reachable
    case .unreachable: outcome != .reachable
    case .direct: outcome == .direct
    case .any: true
    }
  }
}

extension VerdictMaker {
  /// Whether clients reach each service of each workload: at its address, else anywhere in its subnet.
  func services() -> [ServiceVerdict] {
    (model.vpc.workloads?.elements ?? []).enumerated().flatMap { index, workload -> [ServiceVerdict] in
      guard let services = workload.services?.elements, let ranges = workloadRanges(index) else { return [] }
      return services.map { service in
        let summary = summarize(ranges, ServiceSet(service.value))
        return ServiceVerdict(
          workload: index, service: service, verdict: summary.verdict, outcome: summary.outcome,
          firstUnreached: summary.unreached?.address)
      }
    }
  }
}

extension ServiceSet {
  /// A service of a workload.
  init(_ service: Service) { self.init(service.transport, port: service.port) }

  /// Flows by a protocol to a port; to any port if none is given.
  init(_ transport: TransportProtocol, port: UInt16?) {
    let ports = port.map { $0...$0 } ?? 1...0xFFFF
    self =
      switch transport {
      case .icmp: .icmpEcho
      case .tcp: .tcp(ports)
      case .udp: .udp(ports)
      }
  }
}

extension Expectation {
  /// What the expectation is about; nil for any flow.
  fileprivate var service: ServiceSet? {
    if transport == nil, port == nil { return nil }
    let port = port.flatMap { UInt16(exactly: $0.value) }
    return ServiceSet(transport?.value ?? .tcp, port: port)
  }

  fileprivate var asksForPrefix: Bool {
    if case .prefix = target { return true }
    return false
  }
}
