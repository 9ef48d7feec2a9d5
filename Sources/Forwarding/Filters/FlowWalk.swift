import ClientVPN
import IPv4Space
import SourceText

/// One packet of a client and its answer, followed through the filters and routes between them.
struct FlowWalk {
  let path: FlowPath
  let destination: IPv4Address
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

  /// The walk that tells what becomes of the packets: the one that is stopped first if there is, else one of which
  /// something is not known, else any.
  static func telling(_ paths: [FlowPath], to destination: IPv4Address, _ service: ServiceSet) -> [Step] {
    var best: (steps: [Step], weight: Int) = ([], -1)
    for path in paths {
      let walk = FlowWalk(path: path, destination: destination, service: service)
      let ports = Set((path.request + path.reply).flatMap(\.ports)).union([path.ports.range.lowerBound]).sorted()
      for client in path.representatives {
        for port in ports {
          let steps = walk.steps(client, port)
          let weight = weight(of: steps)
          if weight > best.weight { best = (steps, weight) }
        }
      }
    }
    return best.steps
  }

  /// The earlier a stop, the more it weighs; then what is not known.
  private static func weight(of steps: [Step]) -> Int {
    guard let last = steps.last, last.result == .stop else { return steps.contains { $0.result == .unknown } ? 1 : 0 }
    return 100 - (Stage.allCases.firstIndex(of: last.stage) ?? 0)
  }

  /// The stages, as far as the packet gets.
  private func steps(_ client: IPv4Address, _ port: UInt16) -> [Step] {
    let request = path.request.map { step($0, client, port) }
    let split = request.firstIndex { $0.stage == .workloadACL || $0.stage == .workloadSecurityGroup } ?? request.count
    var steps = Array(request[..<split])
    steps.append(requestRoute)
    steps += request[split...]
    let reply = path.reply.map { step($0, client, port) }
    let last = reply.firstIndex { $0.stage == .replyServerACL } ?? reply.count
    steps += reply[..<last]
    if path.staysInVPC { steps.append(replyRoute(client)) }
    steps += reply[last...]
    let stop = steps.firstIndex { $0.result == .stop }
    return stop.map { Array(steps[...$0]) } ?? steps
  }

  private func step(_ filter: FilterStage, _ client: IPv4Address, _ port: UInt16) -> Step {
    let isSourceKnown = path.source.range != nil
    let comparesSource = filter.rules?.contains { !$0.client.isAny } ?? false
    let (allows, span) =
      isSourceKnown || !comparesSource
      ? filter.decision(service, at: destination, client: client, port: port) : (nil, filter.span)
    let end: IPv4Address? = isSourceKnown ? client : nil
    let isReply = filter.stage == .replyWorkloadACL || filter.stage == .replyServerACL
    switch allows {
    case true?:
      return Step(
        stage: filter.stage, result: .pass, reason: .filterAllows(filter.name, end, isReply: isReply), span: span,
        holder: filter.holder)
    case false?:
      let isByRule = span != filter.span
      return Step(
        stage: filter.stage, result: .stop, reason: .filterBlocks(filter.name, end, isReply: isReply, byRule: isByRule),
        span: span,
        holder: filter.holder)
    case nil: return Step(stage: filter.stage, result: .unknown, reason: .filterUnknown, span: span)
    }
  }

  private var requestRoute: Step {
    func step(_ result: Evidence.Result, _ reason: StageReason, _ span: Span?) -> Step {
      Step(stage: .vpcRoute, result: result, reason: reason, span: span)
    }
    if path.isRequestRoutingUnknown { return step(.unknown, .routingTableUnknown, nil) }
    guard let routing = path.requestRouting else { return step(.pass, path.staysInVPC ? .inVPC : .leavesVPC, nil) }
    switch routing[destination] {
    case .drop(let index):
      let route = routing.table.routes?.elements[index]
      return step(.stop, .vpcRouteDrops(routing.table.name.value, route?.network), route?.destination.span)
    case .hop(let index) where path.staysInVPC:
      let route = routing.table.routes?.elements[index]
      return step(.unknown, .vpcRouteHops(routing.table.name.value, route?.nextHop?.value), route?.destination.span)
    default:
      let reason: StageReason = path.staysInVPC ? .inVPC : .leavesVPC
      guard let route = routing.route(to: destination) else { return step(.pass, reason, nil) }
      return step(
        .pass, .vpcRouteLetsOn(routing.table.name.value, route.network, isInVPC: path.staysInVPC),
        route.destination.span)
    }
  }

  private func replyRoute(_ client: IPv4Address) -> Step {
    func step(_ result: Evidence.Result, _ reason: StageReason, _ span: Span?) -> Step {
      Step(stage: .replyRoute, result: result, reason: reason, span: span)
    }
    let isTranslated = if case .subnet = path.source { true } else { false }
    let home: StageReason = isTranslated ? .translatedReturns : .poolIsRouted
    guard let routing = path.replyRouting, path.source.range != nil else {
      return path.isReplyRoutingUnknown ? step(.unknown, .routingTableUnknown, nil) : step(.pass, home, nil)
    }
    let name = routing.table.name.value
    switch (routing[client], path.isReturned(to: client)) {
    case (.system, true?):
      guard let route = routing.route(to: client) else { return step(.pass, home, nil) }
      return step(.pass, .answerLetsOn(name, route.network), route.destination.span)
    case (.hop, true?): return step(.pass, home, routing.route(to: client)?.destination.span)
    case (_, true?): return step(.pass, home, routing.table.acceptRoutesFrom?.key)
    case (_, nil): return step(.unknown, .acceptanceUnknown(name), routing.table.name.span)
    case (.drop(let index), _):
      let route = routing.table.routes?.elements[index]
      return step(.stop, .vpcRouteDrops(name, route?.network), route?.destination.span)
    case (.hop(let index), _):
      let route = routing.table.routes?.elements[index]
      return step(.stop, .answerLedAway(name, route?.network, route?.nextHop?.value), route?.destination.span)
    default:
      return step(.stop, .tableRejectsPool(name), routing.table.acceptRoutesFrom?.key ?? routing.table.name.span)
    }
  }
}
