import ClientVPN
import IPv4Space
import SourceText

/// One packet of a client and its answer, followed through the filters and routes between them.
struct FlowWalk {
  /// The way of the packets.
  let path: FlowPath
  /// Where requests go.
  let destination: IPv4Address
  /// One service.
  let service: ServiceSet

  /// One stage of it.
  struct Step {
    let stage: Stage
    let result: Evidence.Result
    let reason: StageReason
    let span: Span?
    /// What holds the rules of a filter.
    var holder: FilterHolder?
  }

  /// What a packet passes.
  private enum Passed {
    case filter(FilterStage)
    case requestRoute, replyRoute
  }

  /// The walk that tells what becomes of the packets: the one that is stopped first if there is, else one of which
  /// something is not known, else any.
  static func telling(_ paths: [FlowPath], to destination: IPv4Address, _ service: ServiceSet) -> Told {
    var best = (told: Told(steps: [], member: 0), weight: -1)
    for path in paths {
      let steps = FlowWalk(path: path, destination: destination, service: service).telling()
      let weight = weight(of: steps)
      if weight > best.weight { best = (Told(steps: steps, member: path.member), weight) }
    }
    return best.told
  }

  /// The stages of a walk, and by which member of the server it goes.
  struct Told {
    let steps: [Step]
    let member: Int
  }

  /// The earlier a stop, the more it weighs; then what is not known.
  private static func weight(of steps: [Step]) -> Int {
    guard let last = steps.last, last.result == .stop else { return steps.contains { $0.result == .unknown } ? 1 : 0 }
    return 100 - (Stage.allCases.firstIndex(of: last.stage) ?? 0)
  }

  /// The stages, as far as a packet gets that is stopped as early as one can be, or of which something is not known.
  private func telling() -> [Step] {
    let passed = passed
    let end = firstEnd(passed, .stop) ?? firstEnd(passed, .unknown) ?? usualEnd
    let steps = passed.map { step($0, end) }
    return steps.firstIndex { $0.result == .stop }.map { Array(steps[...$0]) } ?? steps
  }

  private var usualEnd: ClientEnd {
    ClientEnd(address: path.shown(of: path.clients), port: path.ports.range.lowerBound)
  }

  private var passed: [Passed] {
    let isOfWorkload = { (filter: FilterStage) in
      filter.stage == .workloadACL || filter.stage == .workloadSecurityGroup
    }
    let split = path.request.firstIndex(where: isOfWorkload) ?? path.request.count
    var passed = path.request[..<split].map { Passed.filter($0) } + [.requestRoute]
    passed += path.request[split...].map { .filter($0) }
    passed += path.leaving.map { .filter($0) }
    if path.staysInVPC || path.replyRouting != nil { passed.append(.replyRoute) }
    return passed + path.returning.map { .filter($0) }
  }

  /// A client's end with this result at the earliest stage that has it for some.
  private func firstEnd(_ passed: [Passed], _ result: Evidence.Result) -> ClientEnd? {
    for stage in passed {
      switch stage {
      case .requestRoute: if requestRoute.result == result { return usualEnd }
      case .filter(let filter): if let end = firstEnd(at: filter, result) { return end }
      case .replyRoute: if let end = firstReturn(result) { return end }
      }
    }
    return nil
  }

  private func firstEnd(at filter: FilterStage, _ result: Evidence.Result) -> ClientEnd? {
    if path.source.range == nil { return step(filter, usualEnd).result == result ? usualEnd : nil }
    var end: ClientEnd?
    filter.forEachEnd(service, at: destination, in: path.clients, path.ports) { stretch, port, decision in
      if decision.result == result { end = ClientEnd(address: path.shown(of: stretch), port: port) }
      return end == nil
    }
    return end
  }

  private func firstReturn(_ result: Evidence.Result) -> ClientEnd? {
    guard path.source.range != nil, let routing = path.replyRouting else {
      return replyRoute(usualEnd.address).result == result ? usualEnd : nil
    }
    var starts = [path.clients.first.bits]
    for route in routing.routing.table.routes?.elements ?? [] {
      AddressStretches.addStarts(of: route.network.range, in: path.clients, to: &starts)
    }
    for stretch in AddressStretches.stretches(&starts, of: path.clients) {
      let address = path.shown(of: stretch)
      if replyRoute(address).result == result { return ClientEnd(address: address, port: usualEnd.port) }
    }
    return nil
  }

  // MARK: Steps

  private func step(_ passed: Passed, _ end: ClientEnd) -> Step {
    switch passed {
    case .filter(let filter): step(filter, end)
    case .requestRoute: requestRoute
    case .replyRoute: replyRoute(end.address)
    }
  }

  private func step(_ filter: FilterStage, _ end: ClientEnd) -> Step {
    let decision = path.source.range == nil ? unanimous(filter) : filter.decision(service, at: destination, end)
    let shown = path.source.range == nil ? nil : end.address
    let isReply = filter.stage == .replyWorkloadACL || filter.stage == .replyServerACL
    switch decision.allows {
    case true?:
      return Step(
        stage: filter.stage, result: .pass, reason: .filterAllows(filter.name, shown, isReply: isReply),
        span: decision.span, holder: filter.holder)
    case false?:
      return Step(
        stage: filter.stage, result: .stop,
        reason: .filterBlocks(filter.name, shown, isReply: isReply, byRule: decision.isByRule), span: decision.span,
        holder: filter.holder)
    case nil: return Step(stage: filter.stage, result: .unknown, reason: .filterUnknown, span: decision.span)
    }
  }

  /// What a filter does with packets of which the source is not known: what it does with all.
  private func unanimous(_ filter: FilterStage) -> FilterStage.Decision {
    // Of each end the worst that becomes of one of its ports.
    var worst: [(stretch: IPv4Range, decision: FilterStage.Decision)] = []
    filter.forEachEnd(service, at: destination, in: .everything, path.ports) { stretch, _, decision in
      if worst.last?.stretch != stretch {
        worst.append((stretch, decision))
      } else if let known = worst.last?.decision.allows, known, decision.allows != true {
        worst[worst.count - 1].decision = decision
      } else if worst.last?.decision.allows == nil, decision.allows == false {
        worst[worst.count - 1].decision = decision
      }
      return true
    }
    if let first = worst.first?.decision, worst.allSatisfy({ $0.decision.allows == first.allows }) { return first }
    return FilterStage.Decision(allows: nil, span: filter.span, isByRule: false)
  }

  private var requestRoute: Step {
    func step(_ result: Evidence.Result, _ reason: StageReason, _ span: Span?) -> Step {
      Step(stage: .vpcRoute, result: result, reason: reason, span: span)
    }
    let on = step(.pass, path.staysInVPC ? .inVPC : .leavesVPC, nil)
    if path.isRequestRoutingUnknown { return step(.unknown, .routingTableUnknown, nil) }
    guard let routing = path.requestRouting else { return on }
    let name = routing.table.name.value
    let way = path.requestWay(to: destination)
    if way == .on {
      guard let route = routing.alternatives[0].route(to: destination) else { return on }
      return step(.pass, .vpcRouteLetsOn(name, route.network, isInVPC: path.staysInVPC), route.destination.span)
    }
    switch (way, routing.alternatives[0][destination]) {
    case (.dropped, .drop(let index)):
      let route = routing.table.routes?.elements[index]
      return step(.stop, .vpcRouteDrops(name, route?.network), route?.destination.span)
    case (_, .hop(let index)):
      let route = routing.table.routes?.elements[index]
      return step(.unknown, .vpcRouteHops(name, route?.nextHop?.value), route?.destination.span)
    default: return step(.unknown, .zoneUnknown(name), routing.table.name.span)
    }
  }

  private func replyRoute(_ client: IPv4Address) -> Step {
    func step(_ result: Evidence.Result, _ reason: StageReason, _ span: Span?) -> Step {
      Step(stage: .replyRoute, result: result, reason: reason, span: span)
    }
    let isTranslated = if case .subnet = path.source { true } else { false }
    let home: StageReason = isTranslated ? .translatedReturns : .poolIsRouted
    guard let reply = path.replyRouting else {
      return path.isReplyRoutingUnknown ? step(.unknown, .routingTableUnknown, nil) : step(.pass, home, nil)
    }
    let table = reply.routing.table
    let name = table.name.value
    let ways = Set(reply.routing.alternatives.indices.flatMap { self.ways(reply, client, $0) })
    if ways == [.home] { return returning(by: reply.routing.alternatives[0], client, home, table) }
    let route: VPCRoute? =
      switch reply.routing.alternatives[0][client] {
      case .drop(let index), .hop(let index): table.routes?.elements[index]
      case .system, .injected: nil
      }
    if ways == [.unknown], let route {
      return step(.unknown, .vpcRouteHops(name, route.nextHop?.value), route.destination.span)
    }
    guard ways == [.lost] else {
      let reason: StageReason = reply.routing.isZoneUnknown ? .zoneUnknown(name) : .acceptanceUnknown(name)
      return step(.unknown, reason, table.name.span)
    }
    guard let route else {
      return step(.stop, .tableRejectsPool(name), table.acceptRoutesFrom?.key ?? table.name.span)
    }
    let reason: StageReason =
      route.drops
      ? .vpcRouteDrops(name, route.network) : .answerLedAway(name, route.network, route.nextHop?.value)
    return step(.stop, reason, route.destination.span)
  }

  /// An answer that comes home: with the line that lets it, if one does.
  private func returning(
    by routing: VPCRouting, _ client: IPv4Address, _ home: StageReason, _ table: RoutingTable
  ) -> Step {
    let route = routing.route(to: client)
    let (reason, span): (StageReason, Span?) =
      switch routing[client] {
      case .system: route.map { (.answerLetsOn(table.name.value, $0.network), $0.destination.span) } ?? (home, nil)
      case .hop: (home, route?.destination.span)
      case .drop, .injected: (home, table.acceptRoutesFrom?.key)
      }
    return Step(stage: .replyRoute, result: .pass, reason: reason, span: span)
  }

  /// What may become of an answer to a client's end, or to any if its address is not known.
  private func ways(_ reply: ReplyRouting, _ client: IPv4Address, _ alternative: Int) -> [ReplyRouting.Way] {
    path.source.range == nil
      ? reply.ways(alternative: alternative).values : [reply.way(to: client, alternative: alternative)]
  }
}

extension FilterStage.Decision {
  fileprivate var result: Evidence.Result {
    switch allows {
    case true?: .pass
    case false?: .stop
    case nil: .unknown
    }
  }
}
