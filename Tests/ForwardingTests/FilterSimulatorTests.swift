import ClientVPN
import Forwarding
import IPv4Space
import TestSupport
import Testing

/// The engine's filters and routes of the VPC against the slow simulator, on random models.
struct FilterSimulatorTests {
  private static let modelsPerSeed = 40

  /// Seeds of this run: fixed ones, and one that nobody chose.
  private static let seeds = Effort.part(of: Array(1...9) + [UInt64.random(in: 1000...UInt64(UInt32.max))])

  @Test(arguments: seeds)
  func engineAgrees(seed: UInt64) throws {
    var random = RandomFilters(seed: seed)
    var seen: [String: Int] = [:]
    for number in 0..<Self.modelsPerSeed {
      let model = random.model()
      let comparison = try FilterComparison(model)
      let difference = comparison.firstDifference(&seen)
      try #require(difference == nil, "seed \(seed), model \(number): \(difference ?? "")\n\(model.text)")
    }
    for word in [
      "reachable", "request-blocked", "reply-blocked", "no-return-path", "undetermined", "in part", "members",
    ] {
      #expect(seen[word, default: 0] > 0, "\(word) hardly ever occurs")
    }
  }
}

/// One model, seen by both.
private struct FilterComparison {
  private typealias Target = FilterSimulator.Target
  let reference: FilterSimulator
  let analysis: Analysis
  let server: ServerAnalysis

  init(_ model: FilterSimulator.Model) throws {
    reference = FilterSimulator(model: model)
    analysis = try ForwardingTests.analysis(model.text)
    server = analysis.servers[0]
  }

  /// The first thing in which engine and simulator differ, in words; counts what occurs.
  func firstDifference(_ seen: inout [String: Int]) -> String? {
    if !analysis.model.problems.isEmpty { return "the model has problems: \(analysis.model.problems)" }
    let beyond = [FilterSimulator.far.first + 4, FilterSimulator.far.first + 200]
    for address in reference.model.subnets.indices.flatMap(reference.addresses) + beyond {
      if let difference = difference(at: address, &seen) { return difference }
    }
    for subnet in reference.model.subnets.indices {
      if let difference = difference(inSubnet: subnet, &seen) { return difference }
    }
    for verdict in server.services {
      if let difference = difference(in: verdict, &seen) { return difference }
    }
    for verdict in server.expectations {
      if let difference = difference(in: verdict) { return difference }
    }
    return nil
  }

  private func difference(at address: UInt32, _ seen: inout [String: Int]) -> String? {
    let target = Target(address: address)
    // Traces are dear: of every address some services, others at each.
    for (number, service) in FilterSimulator.services.enumerated() where (number + Int(address & 0xFF)) % 4 == 0 {
      let expected = reference.answer(target, [service])
      seen[expected.outcome, default: 0] += 1
      let transport = TransportProtocol(rawValue: service.transport.rawValue) ?? .icmp
      let trace = server.trace(
        to: IPv4Address(bits: address), in: analysis.model, transport: transport,
        port: transport == .icmp ? nil : UInt16(service.port))
      guard trace.outcome.rawValue == expected.outcome else {
        return "\(dotted(address)) on \(service) is \(trace.outcome.rawValue), not \(expected.outcome)"
      }
    }
    let fate = server.fates[IPv4Address(bits: address)]
    let expected = reference.answer(target)
    if expected.isPartial { seen["in part", default: 0] += 1 }
    let isSame = fate.outcome.rawValue == expected.outcome && fate.isPartial == expected.isPartial
    return isSame ? nil : "\(dotted(address)) is \(fate.outcome) \(fate.isPartial), not \(expected)"
  }

  private func difference(inSubnet index: Int, _ seen: inout [String: Int]) -> String? {
    let verdict = server.subnets[index]
    let targets = reference.addresses(ofSubnet: index).map { Target(address: $0) }
    let expected = reference.verdict(targets.map { reference.answer($0) })
    if verdict.verdict.rawValue != expected { return "subnet \(index) is \(verdict.verdict), not \(expected)" }
    guard !verdict.members.isEmpty else { return nil }
    seen["members", default: 0] += 1
    for (number, member) in verdict.members.enumerated() {
      let expected = reference.verdict(targets.map { reference.answer($0, member: number) })
      if member.verdict.rawValue != expected { return "subnet \(index) is \(member), not \(expected)" }
    }
    return nil
  }

  private func difference(in verdict: ServiceVerdict, _ seen: inout [String: Int]) -> String? {
    let value = verdict.service.value
    let service = FilterSimulator.Service(
      transport: FilterSimulator.Transport(rawValue: value.transport.rawValue) ?? .any, port: Int(value.port ?? 0))
    let targets = reference.targets(ofWorkload: verdict.workload)
    func expected(_ member: Int? = nil) -> String {
      reference.verdict(targets.map { reference.answer($0, [service], member: member) })
    }
    if !verdict.members.isEmpty { seen["members", default: 0] += 1 }
    let isSame =
      verdict.verdict.rawValue == expected()
      && verdict.members.enumerated().allSatisfy { $1.verdict.rawValue == expected($0) }
    return isSame ? nil : "\(value) of workload \(verdict.workload) is \(verdict), not \(expected())"
  }

  private func difference(in verdict: ExpectationVerdict) -> String? {
    let expectation = reference.model.expectations[verdict.expectation]
    let services = FilterSimulator.services.filter { service in
      (expectation.transport ?? service.transport) == service.transport
        && (expectation.port ?? service.port) == service.port
    }
    let targets =
      switch expectation.target {
      case .address(let address): [Target(address: address)]
      case .subnet(let subnet): reference.addresses(ofSubnet: subnet).map { Target(address: $0) }
      case .workload(let workload): reference.targets(ofWorkload: workload)
      }
    let answers = targets.map { reference.answer($0, services) }
    let (outcome, holds) = (reference.verdict(answers), reference.holds(expectation.intent, answers))
    return verdict.verdict.rawValue == outcome && verdict.holds == holds
      ? nil
      : "expectation \(expectation) is \(verdict.verdict) and holds \(String(describing: verdict.holds)), not \(outcome) and \(String(describing: holds))"
  }
}
