public import ClientVPN
public import IPv4Space
public import SourceText

/// A filter, or a route of the VPC, that stops flows which clients are meant to have.
public struct FlowBlock: Sendable {
  /// What is meant to be reached and is not.
  public enum Victim: Sendable, Hashable {
    /// A subnet, by its position: every flow to some of its addresses fails.
    case subnet(Int)
    /// A declared network, by its position.
    case network(Int)
    /// A service of a workload, by their positions.
    case service(workload: Int, service: Int)
    /// An expectation, by its position.
    case expectation(Int)
  }

  /// Where flows are stopped.
  public let stage: Stage
  /// What holds the rules; nil where a route stops them.
  public let holder: FilterHolder?
  /// What the server does with the packets.
  public let action: ServerRoute.Action
  /// What decides: a rule, a route, or the filter itself if no rule matches.
  public let span: Span?
  /// Why.
  public let reason: StageReason
  /// What is not reached, in the order of the model.
  public internal(set) var victims: [Victim]
  /// A packet that shows it.
  public let witness: IPv4Address
  /// Its protocol and port.
  public let transport: TransportProtocol
  /// nil for ICMP.
  public let port: UInt16?
  /// The workload that it is for where its address does not tell, by its position.
  public let workload: Int?
}

/// Finds what stops flows that clients of a server are meant to have.
struct FlowBlockFinder {
  let judge: FlowJudge
  let table: RouteTable
  let reach: FlowReach
  let subnets: [SubnetVerdict]
  let networks: [NetworkVerdict]
  let services: [ServiceVerdict]
  let expectations: [ExpectationVerdict]
  let model: Model

  /// Every filter and route of the VPC that stops what clients are meant to reach: a declared service, an expectation, a
  /// network, or every flow to an address of a subnet. One entry a stage, holder and action.
  func blocks() -> [FlowBlock] {
    var blocks: [FlowBlock] = []
    var numbers: [Key: Int] = [:]
    for probe in probes {
      guard let block = block(probe) else { continue }
      let key = Key(
        stage: block.stage, holder: block.holder, action: block.action, span: block.holder == nil ? block.span : nil)
      if let number = numbers[key] {
        if !blocks[number].victims.contains(probe.victim) { blocks[number].victims.append(probe.victim) }
      } else {
        numbers[key] = blocks.count
        blocks.append(block)
      }
    }
    return blocks
  }

  private struct Key: Hashable {
    let stage: Stage
    let holder: FilterHolder?
    let action: ServerRoute.Action
    let span: Span?
  }

  /// A flow that should complete and does not.
  private struct Probe {
    let victim: FlowBlock.Victim
    let address: IPv4Address
    let transport: TransportProtocol
    let port: UInt16?
    /// The workload that the flow is for, by its position.
    var workload: Int?
  }

  private var probes: [Probe] {
    var probes: [Probe] = []
    for verdict in services where verdict.verdict != .reachable && verdict.outcome.isFlowFailure {
      guard let address = verdict.firstUnreached,
        let services = model.vpc.workloads?.elements[verdict.workload].services,
        let number = services.elements.firstIndex(where: { $0.span == verdict.service.span })
      else { continue }
      let service = verdict.service.value
      probes.append(
        Probe(
          victim: .service(workload: verdict.workload, service: number), address: address,
          transport: service.transport, port: service.port, workload: verdict.workload))
    }
    for verdict in expectations where verdict.holds == false {
      guard let expectation = model.expectations?.elements[verdict.expectation], expectation.expect.value == .reachable,
        let address = verdict.witness?.first
      else { continue }
      probes.append(
        Probe(
          victim: .expectation(verdict.expectation), address: address,
          transport: verdict.flow?.transport ?? .icmp, port: verdict.flow?.port, workload: verdict.workload))
    }
    for verdict in networks where verdict.isServed && verdict.intent == .reachable && verdict.outcome.isFlowFailure {
      guard let first = verdict.firstUnreached,
        let range = verdict.ranges.ranges.first(where: { $0.contains(first) })
      else { continue }
      let address = IPv4Range(first, range.last).hostToShow
      probes.append(Probe(victim: .network(verdict.network), address: address, transport: .icmp, port: nil))
    }
    return probes + subnetProbes(except: Set(judgedWorkloads))
  }

  /// Addresses of workloads that declare services: these are judged one by one.
  private var judgedWorkloads: [IPv4Address] {
    (model.vpc.workloads?.elements ?? []).compactMap { $0.services == nil ? nil : $0.address?.value }
  }

  /// One packet for each passage by which every flow to some addresses of a subnet fails.
  private func subnetProbes(except judged: Set<IPv4Address>) -> [Probe] {
    subnets.filter { $0.isServed && $0.intent == .reachable && $0.verdict != .reachable }.flatMap { verdict in
      guard let usable = verdict.usable else { return [Probe]() }
      var seen: Set<Int32> = []
      var probes: [Probe] = []
      reach.fates.forEach(in: usable) { range, fate in
        let isJudged = range.count == 1 && judged.contains(range.first)
        if !isJudged, fate.passage >= 0, fate.outcome.isFlowFailure, seen.insert(fate.passage).inserted {
          probes.append(
            Probe(victim: .subnet(verdict.subnet), address: range.hostToShow, transport: .icmp, port: nil))
        }
        return true
      }
      return probes
    }
  }

  private func block(_ probe: Probe) -> FlowBlock? {
    let workload = probe.workload.flatMap { reach.ofWorkloads[$0] == nil ? nil : $0 }
    let fate = reach.fates(to: workload)[probe.address]
    guard let action = fate.route.map({ table.routes[$0].action }), action != .drop else { return nil }
    let service = ServiceSet(probe.transport, port: probe.port)
    let paths = judge.paths(to: probe.address, fate, workload, action)
    let told = FlowWalk.telling(paths, to: probe.address, service)
    guard let stop = told.steps.last, stop.result == .stop else { return nil }
    // Where the far side does not know the way back, routes of the VPC are not the reason.
    if stop.stage == .replyRoute, fate.target != .subnet, fate.outcomeWithoutFlows != .reachable { return nil }
    return FlowBlock(
      stage: stop.stage, holder: stop.holder, action: action, span: stop.span, reason: stop.reason,
      victims: [probe.victim], witness: probe.address, transport: probe.transport, port: probe.port,
      workload: workload)
  }
}

extension Outcome {
  /// Whether filters or routes of the VPC can be the reason.
  var isFlowFailure: Bool { [.requestBlocked, .replyBlocked, .noReturnPath].contains(self) }
}
