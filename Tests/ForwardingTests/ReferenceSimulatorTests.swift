import ClientVPN
import Forwarding
import IPv4Space
import SourceText
import TestSupport
import Testing

/// The engine against the slow reference simulator, on random models.
struct ReferenceSimulatorTests {
  private static let modelsPerSeed = 200

  /// Seeds of this run: fixed ones, and one that nobody chose.
  private static let seeds = Effort.part(of: Array(1...11) + [UInt64.random(in: 1000...UInt64(UInt32.max))])

  @Test(arguments: seeds)
  func engineAgrees(seed: UInt64) throws {
    for number in 0..<UInt64(Self.modelsPerSeed) {
      var generator = SplitMix64(seed: seed << 20 | number)
      let model = ReferenceSimulator.Model.random(&generator)
      let comparison = try Comparison(model)
      let difference = comparison.firstDifference(&generator)
      try #require(difference == nil, "seed \(seed), model \(number): \(difference ?? "")\n\(model.text)")
    }
  }
}

/// One model, seen by both.
private struct Comparison {
  let reference: ReferenceSimulator
  let analysis: Analysis
  let server: ServerAnalysis
  /// First addresses of the cells, and what the reference says of each.
  private let cells: [(first: UInt32, outcome: String, place: ReferenceSimulator.Place)]

  init(_ model: ReferenceSimulator.Model) throws {
    let reference = ReferenceSimulator(model: model)
    self.reference = reference
    analysis = try ForwardingTests.analysis(model.text)
    server = analysis.servers[0]
    cells = reference.boundaries.map { ($0, reference.outcome($0), reference.place(of: $0)) }
  }

  /// The first thing in which engine and reference differ, in words.
  func firstDifference(_ generator: inout SplitMix64) -> String? {
    if !analysis.model.problems.isEmpty { return "the model has problems: \(analysis.model.problems)" }
    for address in probes(&generator) {
      if let difference = difference(at: address) { return difference }
    }
    for subnet in reference.model.subnets.indices {
      if let difference = difference(inSubnet: subnet) { return difference }
    }
    for network in reference.model.networks.indices {
      if let difference = difference(inNetwork: network) { return difference }
    }
    for expectation in reference.model.expectations.indices {
      if let difference = difference(inExpectation: expectation) { return difference }
    }
    return differenceInTranslatedSubnets()
  }

  /// Every boundary with its neighbours, and some addresses at random.
  private func probes(_ generator: inout SplitMix64) -> [UInt32] {
    cells.flatMap { [$0.first &- 1, $0.first, $0.first &+ 1] }
      + (0..<20).map { _ in UInt32.random(in: 0...UInt32.max, using: &generator) }
  }

  // MARK: Single packets

  private func difference(at address: UInt32) -> String? {
    let expected = reference.outcome(address)
    let fate = server.fates[IPv4Address(bits: address)]
    if fate.outcome.rawValue != expected { return "\(dotted(address)) is \(fate.outcome.rawValue), not \(expected)" }
    if fate.route != reference.serverRoute(address) { return "\(dotted(address)) takes another route" }
    let trace = server.trace(to: IPv4Address(bits: address), in: analysis.model)
    return fault(of: trace, expected).map {
      "trace to \(dotted(address)), \(expected): \($0): \(trace.steps.map { ($0.stage, $0.result) })"
    }
  }

  /// Every witness: it ends as the fate says, stops once and last if at all, and stops exactly where nothing arrives.
  private func fault(of trace: Trace, _ expected: String) -> String? {
    let gateway = trace.packet.destination.bits
    // The VPN gateway answers by itself, whatever else has its address.
    let answersItself = gateway == reference.gateway && reference.entersTunnel(gateway) && !reference.isLooped
    let expected = answersItself && expected != "undetermined" ? "reachable" : expected
    if trace.outcome.rawValue != expected { return "ends \(trace.outcome.rawValue)" }
    if trace.packet.source?.bits != reference.client {
      return "comes from \(trace.packet.source?.description ?? "nobody")"
    }
    let stop = trace.steps.firstIndex { $0.result == .stop }
    if let stop, stop != trace.steps.count - 1 { return "something follows the stop" }
    if (stop != nil) == ["reachable", "undetermined"].contains(expected) { return "stop does not fit" }
    if expected == "undetermined", !trace.steps.contains(where: { $0.result == .unknown }) {
      return "nothing is unknown"
    }
    let order = trace.steps.compactMap { step in Stage.allCases.firstIndex(of: step.stage) }
    return order == order.sorted() && Set(order).count == order.count ? nil : "stages out of order"
  }

  // MARK: Subnets

  private func difference(inSubnet index: Int) -> String? {
    let verdict = server.subnets[index]
    guard let usable = reference.usable(reference.model.subnets[index]) else {
      return verdict.usable == nil ? nil : "subnet \(index) has usable addresses"
    }
    let outcomes = usable.map { reference.outcome($0) }
    let expected = ReferenceSimulator.verdict(Set(outcomes))
    if verdict.verdict.rawValue != expected { return "subnet \(index) is \(verdict.verdict), not \(expected)" }
    let runs = Self.runs(of: outcomes, from: usable.lowerBound) { $0 != "reachable" }
    if verdict.outcome.rawValue != runs.first?.outcome ?? "reachable" {
      return "subnet \(index) ends \(verdict.outcome)"
    }
    guard let range = verdict.usable else { return "subnet \(index) has no usable addresses" }
    let unreached = server.fates.unreached(in: range).map { Run($0.range, $0.fate.outcome.rawValue) }
    if unreached != runs { return "subnet \(index) has uncovered \(unreached), not \(runs)" }
    return differenceInGap(of: verdict, outcomes, from: usable.lowerBound)
  }

  private func differenceInGap(of verdict: SubnetVerdict, _ outcomes: [String], from first: UInt32) -> String? {
    let gap = server.gap(of: verdict)
    let unrouted = Self.runs(of: outcomes, from: first) { ["direct", "no-server-route"].contains($0) }
    let dropped = Self.runs(of: outcomes, from: first) { $0 == "server-drop" }
    let isSame =
      gap.unrouted.map(\.extent) == unrouted.map(\.extent) && gap.dropped.map(\.extent) == dropped.map(\.extent)
    return isSame && !gap.isTruncated ? nil : "subnet \(verdict.subnet) has gap \(gap), not \(unrouted), \(dropped)"
  }

  /// Neighbours with one outcome.
  private struct Run: Equatable {
    var extent: ClosedRange<UInt32>
    let outcome: String

    init(_ range: IPv4Range, _ outcome: String) {
      extent = range.extent
      self.outcome = outcome
    }
  }

  private static func runs(of outcomes: [String], from first: UInt32, where isMeant: (String) -> Bool) -> [Run] {
    var runs: [Run] = []
    for (offset, outcome) in outcomes.enumerated() where isMeant(outcome) {
      let address = IPv4Address(bits: first + UInt32(offset))
      if let last = runs.last, last.outcome == outcome, last.extent.upperBound + 1 == address.bits {
        runs[runs.count - 1].extent = last.extent.lowerBound...address.bits
      } else {
        runs.append(Run(IPv4Range(address, address), outcome))
      }
    }
    return runs
  }

  // MARK: Networks

  private func difference(inNetwork index: Int) -> String? {
    let verdict = server.networks[index]
    var mine = cells.filter { $0.place == .network(index) }
    // What something narrower claims wholly is judged as it is.
    if mine.isEmpty {
      mine = cells.filter { cell in reference.model.networks[index].cidrs.contains { $0.has(cell.first) } }
    }
    let expected = ReferenceSimulator.verdict(Set(mine.map(\.outcome)))
    if verdict.verdict.rawValue != expected { return "network \(index) is \(verdict.verdict), not \(expected)" }
    let known = mine.first { !["reachable", "undetermined"].contains($0.outcome) }
    if let known, verdict.firstUnreached?.bits != known.first {
      return "network \(index) shows \(String(describing: verdict.firstUnreached))"
    }
    if let known, verdict.outcome.rawValue != known.outcome { return "network \(index) ends \(verdict.outcome)" }
    return nil
  }

  // MARK: Expectations

  private func difference(inExpectation index: Int) -> String? {
    let expectation = reference.model.expectations[index]
    let verdict = server.expectations[index]
    let asked = cells.filter { expectation.destination.has($0.first) }
    // The provider's addresses never count, unless somebody asks for nothing else.
    let counted = asked.filter { !isReserved($0.first) }
    let outcomes = Set((counted.isEmpty ? asked : counted).map(\.outcome))
    if verdict.verdict.rawValue != ReferenceSimulator.verdict(outcomes) {
      return "expectation \(index) is \(verdict.verdict)"
    }
    let holds = ReferenceSimulator.holds(expectation.intent, outcomes)
    if verdict.holds != holds {
      return "expectation \(index): holds \(String(describing: verdict.holds)), not \(String(describing: holds))"
    }
    guard holds == false, let witness = verdict.witness else {
      return holds == false ? "expectation \(index) has no witness" : nil
    }
    let shown = ReferenceSimulator.holds(expectation.intent, [reference.outcome(witness.first.bits)])
    return shown == false ? nil : "expectation \(index): \(witness) shows nothing"
  }

  private func isReserved(_ address: UInt32) -> Bool {
    reference.model.subnets.contains { $0.has(address) && !(reference.usable($0)?.contains(address) ?? false) }
  }

  // MARK: Translation

  private func differenceInTranslatedSubnets() -> String? {
    var expected: [Int: [Int]] = [:]
    for (index, subnet) in reference.model.subnets.enumerated() {
      guard let usable = reference.usable(subnet) else { continue }
      let firsts = [usable.lowerBound] + cells.map(\.first).filter(usable.contains)
      let deciding = firsts.filter { reference.outcome($0) == "reachable" }.compactMap { reference.serverRoute($0) }
      for route in Set(deciding) where reference.model.routes[route].action == .translate {
        expected[route, default: []].append(index)
      }
    }
    let found = Dictionary(uniqueKeysWithValues: server.translatedSubnets.map { ($0.route, $0.subnets) })
    return found == expected ? nil : "translated subnets are \(found), not \(expected)"
  }
}
