import ClientVPN
import IPv4Space

/// Takes filters and the routes of the VPC into fates that were decided without them.
struct FlowRefiner {
  private let judge: FlowJudge
  private let actions: [ServerRoute.Action]
  private let subnets: AddressMap<Int32>
  private let blocks: [IPv4Prefix]
  private var inSubnet: [Key: AddressMap<Passage>] = [:]
  private var beyond: [ServerRoute.Action: AddressMap<Passage>] = [:]
  private var numbers: [Passage: Int32] = [:]
  /// The passages that fates refer to.
  private(set) var passages: [Passage] = []

  private struct Key: Hashable {
    let subnet: Int
    let action: ServerRoute.Action
  }

  init(_ judge: FlowJudge, _ table: RouteTable, _ plan: AddressPlan) {
    self.judge = judge
    actions = table.routes.map(\.action)
    blocks = plan.blocks
    subnets = AddressMap(
      longestPrefix: plan.blocks.enumerated().map { ($0.element, Int32($0.offset)) }, otherwise: -1)
  }

  /// The fates with filters and routes taken in.
  mutating func refined(_ fates: AddressMap<Fate>) -> AddressMap<Fate> {
    var segments: [(start: UInt32, value: Fate)] = []
    fates.forEach(in: .everything) { range, fate in
      append(fate, range, to: &segments)
      return true
    }
    return AddressMap(segments, before: segments[0].value)
  }

  private mutating func append(_ fate: Fate, _ range: IPv4Range, to segments: inout [(start: UInt32, value: Fate)]) {
    guard let action = fate.route.map({ actions[$0] }), action != .drop, fate.outcome.passesFilters else {
      return segments.append((range.first.bits, fate))
    }
    switch fate.target {
    case .subnet:
      var parts: [(IPv4Range, Int32)] = []
      subnets.forEach(in: range) { part, subnet in
        parts.append((part, subnet))
        return true
      }
      for (part, subnet) in parts where subnet >= 0 {
        append(fate, part, passages(inSubnet: Int(subnet), action), to: &segments)
      }
    case .network, .service, .internet, .server: append(fate, range, passages(beyond: action), to: &segments)
    case .clientPool, .vpnGateway, .clientItself, .nothing: segments.append((range.first.bits, fate))
    }
  }

  private mutating func append(
    _ fate: Fate, _ range: IPv4Range, _ map: AddressMap<Passage>, to segments: inout [(start: UInt32, value: Fate)]
  ) {
    var parts: [(IPv4Range, Passage)] = []
    map.forEach(in: range) { part, passage in
      parts.append((part, passage))
      return true
    }
    for (part, passage) in parts { segments.append((part.first.bits, fate.taking(passage, number(of: passage)))) }
  }

  private mutating func passages(inSubnet subnet: Int, _ action: ServerRoute.Action) -> AddressMap<Passage> {
    let key = Key(subnet: subnet, action: action)
    if let known = inSubnet[key] { return known }
    let map = judge.passages(blocks[subnet].range, inSubnet: subnet, action)
    inSubnet[key] = map
    return map
  }

  private mutating func passages(beyond action: ServerRoute.Action) -> AddressMap<Passage> {
    if let known = beyond[action] { return known }
    let map = judge.passages(.everything, beyondVPC: action)
    beyond[action] = map
    return map
  }

  private mutating func number(of passage: Passage) -> Int32 {
    if let number = numbers[passage] { return number }
    let number = Int32(passages.count)
    passages.append(passage)
    numbers[passage] = number
    return number
  }
}

extension Outcome {
  /// Whether packets with this outcome, decided without filters, get as far as the filters.
  fileprivate var passesFilters: Bool { [.reachable, .undetermined, .noReturnPath].contains(self) }
}

extension Fate {
  /// The fate with a passage taken in: a known failure weighs more than what is not known.
  fileprivate func taking(_ passage: Passage, _ number: Int32) -> Fate {
    let (outcome, isPartial) = passage.outcome
    return switch (self.outcome, outcome) {
    case (.reachable, _): Fate(target: target, route: route, outcome: outcome, passage: number, isPartial: isPartial)
    case (.noReturnPath, .requestBlocked), (.undetermined, .requestBlocked), (.undetermined, .replyBlocked),
      (.undetermined, .noReturnPath):
      Fate(target: target, route: route, outcome: outcome, passage: number, isPartial: isPartial)
    case (.noReturnPath, .replyBlocked) where passage.leaving.isEmpty:
      Fate(target: target, route: route, outcome: outcome, passage: number, isPartial: isPartial)
    default: Fate(target: target, route: route, outcome: self.outcome, passage: number)
    }
  }
}
