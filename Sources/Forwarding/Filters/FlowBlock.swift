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
  /// Routes of the server, by their positions, to whose destinations nothing passes, and of which no victim tells.
  public internal(set) var routes: [Int]
  /// What is wrong with a rule that may be meant to let the packets pass; nil if there is none.
  public let slip: Span?
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
  let server: VPNServer
  let model: Model
  let plan: AddressPlan
  private let groupSlips = GroupSlips()

  /// Every filter and route of the VPC that stops what clients are meant to reach: a declared service, an expectation, a
  /// network, every flow to an address of a subnet, or everything that a route of the server leads to. One entry a stage
  /// and holder, for filters also an action.
  func blocks() -> [FlowBlock] {
    var blocks: [FlowBlock] = []
    var numbers: [Key: Int] = [:]
    var victims: [Set<FlowBlock.Victim>] = []
    var told: Set<Int> = []
    func add(_ block: FlowBlock) {
      guard let number = numbers[Key(block)] else {
        numbers[Key(block)] = blocks.count
        victims.append(Set(block.victims))
        return blocks.append(block)
      }
      for victim in block.victims where victims[number].insert(victim).inserted {
        blocks[number].victims.append(victim)
      }
      blocks[number].routes += block.routes
    }
    for probe in probes {
      guard let block = block(probe) else { continue }
      if let route = reach.fates[probe.address].route { told.insert(route) }
      add(block)
    }
    for probe in routeProbes(except: told) {
      if let block = block(probe), block.stage.isOfServer { add(block) }
    }
    return blocks
  }

  private struct Key: Hashable {
    let stage: Stage
    let holder: FilterHolder?
    let action: ServerRoute.Action?
    let span: Span?
    let slip: Span?
    let address: IPv4Address?

    init(_ block: FlowBlock) {
      stage = block.stage
      holder = block.holder
      slip = block.slip
      // A route does the same to all packets, whatever the server did with them.
      action = block.holder == nil ? nil : block.action
      span = block.holder == nil ? block.span : nil
      // What has no group is told for each workload.
      let isWithoutGroup = block.stage == .workloadSecurityGroup && block.holder == .groups([])
      address = isWithoutGroup ? block.witness : nil
    }
  }

  /// A flow that should complete and does not.
  private struct Probe {
    var victim: FlowBlock.Victim?
    var route: Int?
    let address: IPv4Address
    let transport: TransportProtocol
    let port: UInt16?
    /// Whether the flow stands for every other one.
    var isAnyFlow: Bool {
      switch victim {
      case .subnet, .network, nil: true
      case .service, .expectation: false
      }
    }

    /// The workload that the flow is for, by its position.
    let workload: Int?

    init(
      _ victim: FlowBlock.Victim?, _ address: IPv4Address, _ flow: Flow, route: Int? = nil, workload: Int? = nil
    ) {
      (self.victim, self.route, self.address, transport, port) = (victim, route, address, flow.transport, flow.port)
      self.workload = workload
    }
  }

  private typealias Flow = (transport: TransportProtocol, port: UInt16?)

  private var probes: [Probe] {
    var probes: [Probe] = []
    var numbers = ServiceNumbers(model)
    for verdict in services where verdict.verdict != .reachable && verdict.outcome.isFlowFailure {
      guard let address = verdict.firstUnreached, let number = numbers.number(of: verdict) else { continue }
      let service = verdict.service.value
      probes.append(
        Probe(
          .service(workload: verdict.workload, service: number), address, (service.transport, service.port),
          workload: verdict.workload))
    }
    for verdict in expectations where verdict.holds == false {
      guard let expectation = model.expectations?.elements[verdict.expectation], expectation.expect.value == .reachable,
        let address = verdict.witness?.first
      else { continue }
      let flow = verdict.flow.map { ($0.transport, $0.port) } ?? flow(endingLike: reach.fates[address])
      probes.append(Probe(.expectation(verdict.expectation), address, flow, workload: verdict.workload))
    }
    for verdict in networks where verdict.isServed && verdict.intent == .reachable && verdict.outcome.isFlowFailure {
      guard let first = verdict.firstUnreached,
        let range = verdict.ranges.ranges.first(where: { $0.contains(first) })
      else { continue }
      let address = IPv4Range(first, range.last).hostToShow
      probes.append(Probe(.network(verdict.network), address, flow(endingLike: reach.fates[address])))
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
          probes.append(Probe(.subnet(verdict.subnet), range.hostToShow, flow(endingLike: fate)))
        }
        return true
      }
      return probes
    }
  }

  /// One packet to the destination of each route by which nothing passes the server's own filters, but the routes in
  /// `told`. What the model says clients do not need is no fault, and that they cannot ask for names of endpoints has a
  /// rule of its own.
  private func routeProbes(except told: Set<Int>) -> [Probe] {
    var stopped: [Int: [IPv4Range]] = [:]
    var passing = told
    reach.fates.forEach(in: .everything) { range, fate in
      guard let route = fate.route, fate.passage >= 0 else { return true }
      switch fate.outcome {
      case .requestBlocked where !fate.isPartial, .replyBlocked where !fate.isPartial:
        stopped[route, default: []].append(range)
      case .requestBlocked, .replyBlocked, .reachable, .undetermined, .noReturnPath: passing.insert(route)
      case .local, .direct, .looped, .noServerRoute, .serverDrop, .nowhere: break
      }
      return true
    }
    guard stopped.keys.contains(where: { !passing.contains($0) }) else { return [] }
    let resolvers = (server.dnsServers?.elements ?? []).map(\.value)
    let hasEndpoints = model.vpc.workloads?.elements.contains { $0.kind?.value == "endpoint_gateway" } ?? false
    let dismissed = dismissed
    return stopped.keys.sorted().filter { !passing.contains($0) }.compactMap { route in
      let addresses = IPv4Set(stopped[route] ?? []).subtracting(dismissed)
      let resolver = resolvers.first(where: addresses.contains)
      if hasEndpoints, resolver != nil { return nil }
      guard let address = resolver ?? plan.internetHost(in: addresses) ?? addresses.ranges.first?.hostToShow else {
        return nil
      }
      let query: Flow? = resolver.map { _ in (.udp, model.provider.dns.port) }
      return Probe(nil, address, query ?? flow(endingLike: reach.fates[address]), route: route)
    }
  }

  /// Addresses of which the model says that clients do not need them.
  private var dismissed: IPv4Set {
    let subnets = subnets.filter { verdict in
      let expect = model.vpc.subnets.elements[verdict.subnet].expect?.value
      return !verdict.isServed || expect.map { $0 != .reachable } ?? false
    }.map { IPv4Set(model.vpc.subnets.elements[$0.subnet].block.value) }
    let networks = networks.filter { verdict in
      let expect = model.networks?.elements[verdict.network].expect?.value
      return !verdict.isServed || expect.map { $0 != .reachable } ?? false
    }.map(\.ranges)
    let expectations = expectations.filter { verdict in
      model.expectations.map { $0.elements[verdict.expectation].expect.value != .reachable } ?? false
    }.map(\.ranges)
    return IPv4Set((subnets + networks + expectations).flatMap(\.ranges))
  }

  // MARK: Packets that show it

  /// A flow that ends as the whole address does.
  private func flow(endingLike fate: Fate) -> Flow {
    guard fate.passage >= 0 else { return (.icmp, nil) }
    let passage = reach.passages[Int(fate.passage)]
    let getsAsFar: ServiceSet =
      switch fate.outcome {
      case .replyBlocked, .noReturnPath: passage.leaving.isEmpty ? passage.arriving : passage.leaving
      default: .flows
      }
    return getsAsFar.flowToShow ?? (.icmp, nil)
  }

  private func block(_ probe: Probe) -> FlowBlock? {
    let workload = probe.workload.flatMap { reach.ofWorkloads[$0] == nil ? nil : $0 }
    let fate = reach.fates(to: workload)[probe.address]
    guard let action = fate.route.map({ table.routes[$0].action }), action.isKnownToForward else { return nil }
    let service = ServiceSet(probe.transport, port: probe.port)
    let paths = judge.paths(to: probe.address, fate, workload, action)
    let told = FlowWalk.telling(paths, to: probe.address, service)
    guard let stop = told.steps.last, stop.result == .stop else { return nil }
    // Where the far side does not know the way back, routes of the VPC are not the reason.
    if stop.stage == .replyRoute, fate.target != .subnet, fate.outcomeWithoutFlows != .reachable { return nil }
    return FlowBlock(
      stage: stop.stage, holder: stop.holder, action: action, span: stop.span, reason: stop.reason,
      victims: probe.victim.map { [$0] } ?? [], routes: probe.route.map { [$0] } ?? [],
      slip: slip(stop, probe.isAnyFlow ? nil : service, at: probe.address), witness: probe.address,
      transport: probe.transport, port: probe.port, workload: workload)
  }

  /// A rule that is written wrong, and may be meant to let packets pass where they are stopped.
  private func slip(_ stop: FlowWalk.Step, _ service: ServiceSet?, at address: IPv4Address) -> Span? {
    guard case .filterBlocks(_, let client, let isReply, _) = stop.reason else { return nil }
    // A request comes in at the workload, and its answer at the server.
    let isInbound = [.workloadACL, .workloadSecurityGroup, .replyServerACL].contains(stop.stage)
    let direction: Direction = isInbound ? .inbound : .outbound
    let known = model.provider.filters
    var slips: [RuleSlip] = []
    switch stop.holder {
    case .acl(let index)?:
      guard let acl = model.vpc.networkACLs?.elements[index] else { return nil }
      let deciding = acl.rules?.elements.first { $0.span == stop.span }?.position ?? .max
      slips = acl.slips(direction, isReply ? .reply : .request, known).filter { $0.position < deciding }
    case .groups(let groups)?:
      slips = groups.flatMap { groupSlips.slips(of: $0, direction, in: model) }
    case .unknown?, nil: return nil
    }
    return slips.first { $0.allows(service, at: address, client: client) }?.span
  }
}

extension Stage {
  /// Whether it is a filter of the server's own.
  fileprivate var isOfServer: Bool { [.serverSecurityGroup, .serverACL, .replyServerACL].contains(self) }
}

extension ServiceSet {
  /// A flow of the set that people know if possible: an echo, or TCP to a port of a usual service.
  fileprivate var flowToShow: (transport: TransportProtocol, port: UInt16?)? {
    if isSuperset(of: .icmpEcho) { return (.icmp, nil) }
    let usual = [443, 22, 80].first { contains(protocol: 6, slot: $0) }
    if let port = usual ?? ports(of: .tcp).first?.lowerBound { return (.tcp, port) }
    return ports(of: .udp).first.map { (.udp, $0.lowerBound) }
  }
}

extension ServerAnalysis {
  /// Filters and routes of the VPC that stop what clients are meant to reach, but not for want of a rule that is written
  /// wrong: that is told at the rule.
  public var flowBlocksToTell: [FlowBlock] { flowBlocks.filter { $0.slip == nil } }

  /// Filters that stop the tunnel, but not for want of a rule that is written wrong.
  public var tunnelBlocksToTell: [TunnelBlock] { (tunnelFilters?.blocks ?? []).filter { $0.slip == nil } }

  /// What is stopped for want of a rule in which something is wrong at a place.
  public func flowBlocks(bySlipAt span: Span) -> [FlowBlock] { flowBlocks.filter { $0.slip == span } }
}

extension Outcome {
  /// Whether filters or routes of the VPC can be the reason.
  var isFlowFailure: Bool { [.requestBlocked, .replyBlocked, .noReturnPath].contains(self) }
}

/// The positions of services among those of their workload, by their places: looked up for each that is not reached.
private struct ServiceNumbers {
  private let model: Model
  private var known: [Int: [Span: Int]] = [:]

  init(_ model: Model) { self.model = model }

  mutating func number(of verdict: ServiceVerdict) -> Int? {
    if let numbers = known[verdict.workload] { return numbers[verdict.service.span] }
    let services = model.vpc.workloads?.elements[verdict.workload].services?.elements ?? []
    let numbers = Dictionary(services.enumerated().map { ($0.element.span, $0.offset) }) { first, _ in first }
    known[verdict.workload] = numbers
    return numbers[verdict.service.span]
  }
}
