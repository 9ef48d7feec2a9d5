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
  /// Whether the subnet holds a server, as far as is known, and nothing that clients want, and no expectation is written.
  public let holdsServersAlone: Bool
  /// The addresses that count: without the provider's. nil if there are none.
  public let usable: IPv4Range?
  /// The verdict for all of it.
  public let verdict: Verdict
  /// The outcome of the addresses that are not reached, the first one's where they differ.
  public let outcome: Outcome
  /// The verdict for each member of the server, if they differ.
  public internal(set) var members: [MemberVerdict] = []
}

/// Whether clients on one member of a server reach something.
public struct MemberVerdict: Sendable {
  /// Name of the subnet that the member stands in.
  public let subnet: String
  /// The verdict for all of it.
  public let verdict: Verdict
  /// The outcome of what is not reached.
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
  /// The verdict for each member of the server, if they differ.
  public internal(set) var members: [MemberVerdict] = []
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
  /// The first addresses that show it does not, with one fate.
  public let witness: IPv4Range?
  /// A flow there that shows it, if the expectation is about flows: one that completes where none is to, else one of
  /// those that do not.
  public let flow: Service?
  /// The workload that it is about, by its position.
  public let workload: Int?
  /// The flows that it is about; nil for any.
  let services: ServiceSet?
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
  /// The verdict for each member of the server, if they differ.
  public internal(set) var members: [MemberVerdict] = []
}

/// Makes verdicts from the fates of addresses.
struct VerdictMaker {
  let index: Int
  let server: VPNServer
  let model: Model
  let reach: FlowReach
  let occupants: SubnetOccupants
  /// A member of the server that is asked about alone, by its number; nil for all together.
  var member: Int?

  private var fates: AddressMap<Fate> { reach.fates }

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
  private enum Knowledge { case reached, partly, unreached, unknown, unknownPartly }

  func subnets() -> [SubnetVerdict] { withMembers { $0.subnetsTogether() } }

  private func subnetsTogether() -> [SubnetVerdict] {
    // What is reached alternates; merged, a subnet touches few segments however many routes there are.
    let knowledge = fates.mapped { fate -> Knowledge in
      let (outcome, isPartial) = fate.outcome(of: nil, reach.passages, member: member)
      return switch outcome {
      case .reachable: .reached
      case .undetermined: isPartial ? .unknownPartly : .unknown
      default: isPartial ? .partly : .unreached
      }
    }
    let served = servedSubnets()
    let subnets = model.vpc.subnets.elements
    return subnets.indices.map { index in
      let usable = model.provider.usableAddresses(of: subnets[index].block.value)
      let expect = subnets[index].expect?.value
      let summary = usable.map { summarize($0, knowledge) } ?? Summary()
      return SubnetVerdict(
        subnet: index, intent: expect ?? .reachable, isServed: served?.contains(index) ?? true,
        holdsServersAlone: expect == nil && occupants.mayHoldServersAlone(subnet: index),
        usable: usable,
        verdict: summary.verdict, outcome: summary.outcome)
    }
  }

  private func summarize(_ range: IPv4Range, _ knowledge: AddressMap<Knowledge>) -> Summary {
    var summary = Summary()
    knowledge.forEach(in: range) { stretch, known in
      // What is reached, as nearly everything is, needs no second look.
      let outcome =
        known == .reached
        ? .reachable : fates[stretch.first].outcome(of: nil, reach.passages, member: member).outcome
      summary.add(outcome, isPartial: known == .partly || known == .unknownPartly, at: stretch.first)
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

  func networks() -> [NetworkVerdict] { withMembers { $0.networksTogether() } }

  private func networksTogether() -> [NetworkVerdict] {
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

  fileprivate func summarize(_ ranges: IPv4Set, _ services: ServiceSet? = nil, to workload: Int? = nil) -> Summary {
    var summary = Summary()
    let fates = reach.fates(to: workload)
    for range in ranges.ranges {
      fates.forEach(in: range) { stretch, fate in
        let (outcome, isPartial) = outcome(fate, stretch, services, workload)
        summary.add(outcome, isPartial: isPartial, at: stretch.first)
        return !summary.isSettled
      }
    }
    return summary
  }

  /// What becomes of flows to addresses. No workload has one of the provider's.
  private func outcome(
    _ fate: Fate, _ stretch: IPv4Range, _ services: ServiceSet?, _ workload: Int?
  ) -> (outcome: Outcome, isPartial: Bool) {
    let known = fate.outcome(of: services, reach.passages, member: member)
    let arrives = known.outcome == .reachable || known.outcome == .undetermined
    guard arrives, let workload, model.hasAddressOfProvider(workload: workload) else { return known }
    return (.nowhere, false)
  }

  func expectations() -> [ExpectationVerdict] {
    let asksForPrefix = model.expectations?.elements.contains { $0.asksForPrefix } ?? false
    let reserved = asksForPrefix ? addressesOfProvider : .empty
    return (model.expectations?.elements ?? []).enumerated().compactMap { index, expectation in
      if expectation.from != nil, expectation.from?.index != self.index { return nil }
      return ranges(of: expectation, reserved).map { verdict(index, expectation, $0) }
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
    case .workload(let index): reach.addresses(ofWorkload: index)
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

  private func verdict(_ index: Int, _ expectation: Expectation, _ ranges: IPv4Set) -> ExpectationVerdict {
    let (intent, services) = (expectation.expect.value, expectation.services)
    let workload: Int? = if case .workload(let index) = expectation.target { index } else { nil }
    let summary = summarize(ranges, services, to: workload)
    var offender: (range: IPv4Range, fate: Fate)?
    var isUnknown = false
    for range in ranges.ranges {
      reach.fates(to: workload).forEach(in: range) { stretch, fate in
        let (outcome, isPartial) = outcome(fate, stretch, services, workload)
        if outcome == .undetermined { isUnknown = true }
        if offender == nil, !intent.fits(outcome, isPartial: isPartial) { offender = (stretch, fate) }
        return true
      }
    }
    return ExpectationVerdict(
      expectation: index, verdict: summary.verdict, outcome: summary.outcome, ranges: ranges,
      holds: offender != nil ? false : isUnknown && intent != .any ? nil : true, witness: offender?.range,
      flow: offender.flatMap { reach.flow(of: services, $0.fate, isToComplete: intent == .unreachable) }
        ?? services?.usualFlow,
      workload: workload, services: services)
  }
}

extension FlowReach {
  /// A flow to show at addresses with a fate, one that completes there if it is to; nil for an echo, as good as any.
  func flow(of services: ServiceSet?, _ fate: Fate, isToComplete: Bool) -> Service? {
    guard isToComplete, fate.passage >= 0 else { return services?.usualFlow }
    let passage = passages[Int(fate.passage)]
    let complete = passage.complete.union(passage.partial)
    guard let services else { return complete.isSuperset(of: .icmpEcho) ? nil : complete.usualFlow }
    let shown = complete.intersection(services)
    return (shown.isEmpty ? services : shown).usualFlow
  }
}

extension Intent {
  /// Whether an outcome is what is wanted; one that is not known never offends. Nothing is kept from clients that some
  /// of them reach.
  func fits(_ outcome: Outcome, isPartial: Bool) -> Bool {
    if self == .unreachable { return outcome != .reachable && !isPartial }
    if outcome == .undetermined { return true }
    return switch self {
    case .reachable: outcome == .reachable
    case .direct: outcome == .direct
    case .any, .unreachable: true
    }
  }
}

extension VerdictMaker {
  /// Whether clients reach each service of each workload: at its address, else anywhere in its subnet.
  func services() -> [ServiceVerdict] { withMembers { $0.servicesTogether() } }

  private func servicesTogether() -> [ServiceVerdict] {
    (model.vpc.workloads?.elements ?? []).enumerated().flatMap { index, workload -> [ServiceVerdict] in
      guard let services = workload.services?.elements, let ranges = reach.addresses(ofWorkload: index) else {
        return []
      }
      return services.map { service in
        let summary = summarize(ranges, ServiceSet(service.value), to: index)
        return ServiceVerdict(
          workload: index, service: service, verdict: summary.verdict, outcome: summary.outcome,
          firstUnreached: summary.unreached?.address)
      }
    }
  }
}

/// Something that is judged for all members of a server together, and for each if they differ.
private protocol JudgedByMember {
  var verdict: Verdict { get }
  var outcome: Outcome { get }
  var members: [MemberVerdict] { get set }
}

extension SubnetVerdict: JudgedByMember {}
extension NetworkVerdict: JudgedByMember {}
extension ServiceVerdict: JudgedByMember {}

extension VerdictMaker {
  /// Verdicts for all members together, with those for each alone where they differ.
  private func withMembers<Judged: JudgedByMember>(_ make: (VerdictMaker) -> [Judged]) -> [Judged] {
    var verdicts = make(self)
    guard reach.membersDiffer, let names = reach.judge?.subnetsOfMembers else { return verdicts }
    let alone = names.indices.map { number in
      var maker = self
      maker.member = number
      return make(maker)
    }
    for index in verdicts.indices {
      let own = alone.map { $0[index] }
      guard own.contains(where: { ($0.verdict, $0.outcome) != (own[0].verdict, own[0].outcome) }) else { continue }
      verdicts[index].members = zip(names, own).map {
        MemberVerdict(subnet: $0, verdict: $1.verdict, outcome: $1.outcome)
      }
    }
    return verdicts
  }
}

extension Model {
  /// Whether the address of a workload, by its position, is one that the provider keeps in a subnet.
  func hasAddressOfProvider(workload: Int) -> Bool {
    guard let address = vpc.workloads?.elements[workload].address?.value else { return false }
    let holder = vpc.workloads?.elements[workload].subnet?.index.map { vpc.subnets.elements[$0].block.value }
    let block = holder ?? vpc.subnets.elements.lazy.map(\.block.value).first { $0.contains(address) }
    guard let block, block.contains(address) else { return false }
    return !(provider.usableAddresses(of: block)?.contains(address) ?? false)
  }
}

extension ServiceSet {
  /// A flow to show of a set: one that a person would type if it is among them.
  fileprivate var usualFlow: Service? {
    let usual = [
      Service(transport: .tcp, port: 443), Service(transport: .udp, port: 53), Service(transport: .icmp, port: nil),
    ]
    if let flow = usual.first(where: { isSuperset(of: ServiceSet($0)) }) { return flow }
    return ports(of: .tcp).first.map { Service(transport: .tcp, port: $0.lowerBound) }
      ?? ports(of: .udp).first.map { Service(transport: .udp, port: $0.lowerBound) }
  }
}

extension Expectation {
  /// What the expectation is about: some flow of these is to complete, or none; nil for any flow.
  fileprivate var services: ServiceSet? {
    if transport == nil, port == nil { return nil }
    let port = port.flatMap { UInt16(exactly: $0.value) }
    return ServiceSet(transport?.value ?? .tcp, port: port)
  }

  fileprivate var asksForPrefix: Bool {
    if case .prefix = target { return true }
    return false
  }
}
