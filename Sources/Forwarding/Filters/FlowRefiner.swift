import ClientVPN
import IPv4Space

/// Takes filters and the routes of the VPC into fates that were decided without them.
struct FlowRefiner {
  private let actions: [ServerRoute.Action]
  private let networks: [Network]
  private let subnets: AddressMap<Int32>
  private let blocks: [IPv4Prefix]
  private var maker: PassageMaker
  private var inSubnet: [Key: AddressMap<Passage>] = [:]
  private var beyond: [BeyondKey: AddressMap<Passage>] = [:]
  private var numbers: [Passage: Int32] = [:]
  /// The passages that fates refer to.
  private(set) var passages: [Passage] = []

  private struct Key: Hashable {
    let subnet: Int
    let action: ServerRoute.Action
    /// The workload that is asked for; nil for all addresses.
    let workload: Int?
  }

  private struct BeyondKey: Hashable {
    let action: ServerRoute.Action
    let way: Network.Way?
  }

  init(_ judge: FlowJudge, _ table: RouteTable, _ model: Model, _ plan: AddressPlan) {
    maker = PassageMaker(judge)
    actions = table.routes.map(judge.server.certainAction)
    networks = model.networks?.elements ?? []
    blocks = plan.blocks
    subnets = AddressMap(
      longestPrefix: plan.blocks.enumerated().map { ($0.element, Int32($0.offset)) }, otherwise: -1)
  }

  /// The fates with filters and routes taken in.
  mutating func refined(_ fates: AddressMap<Fate>) -> AddressMap<Fate> {
    refined(fates, in: .everything, workload: nil)
  }

  /// The fates of packets to a workload within its subnet, wherever its address is.
  mutating func refined(_ fates: AddressMap<Fate>, to workload: Int, inSubnet subnet: Int) -> AddressMap<Fate> {
    refined(fates, in: blocks[subnet].canonical.range, workload: workload)
  }

  private mutating func refined(_ fates: AddressMap<Fate>, in range: IPv4Range, workload: Int?) -> AddressMap<Fate> {
    var segments: [(start: UInt32, value: Fate)] = []
    fates.forEach(in: range) { range, fate in
      append(fate, range, workload, to: &segments)
      return true
    }
    return AddressMap(segments, before: segments[0].value)
  }

  private mutating func append(
    _ fate: Fate, _ range: IPv4Range, _ workload: Int?, to segments: inout [(start: UInt32, value: Fate)]
  ) {
    guard let action = fate.route.map({ actions[$0] }), action.isKnownToForward, fate.outcome.passesFilters else {
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
        append(fate, part, passages(inSubnet: Int(subnet), workload, action), to: &segments)
      }
    case .network(let index):
      append(fate, range, passages(beyond: action, networks[index].via.value), to: &segments)
    case .service, .internet, .server: append(fate, range, passages(beyond: action, nil), to: &segments)
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

  private mutating func passages(
    inSubnet subnet: Int, _ workload: Int?, _ action: ServerRoute.Action
  ) -> AddressMap<Passage> {
    let key = Key(subnet: subnet, action: action, workload: workload)
    if let known = inSubnet[key] { return known }
    let map = maker.passages(blocks[subnet].canonical.range, inSubnet: subnet, workload: workload, action)
    inSubnet[key] = map
    return map
  }

  private mutating func passages(beyond action: ServerRoute.Action, _ way: Network.Way?) -> AddressMap<Passage> {
    let key = BeyondKey(action: action, way: way)
    if let known = beyond[key] { return known }
    let map = maker.passages(beyondVPC: action, by: way)
    beyond[key] = map
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
