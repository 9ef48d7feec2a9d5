/// SPEC §2, steps 4 to 6, for one packet and its answer at a time, slowly: no sets, no maps, nothing taken from the
/// engine. What the model does not tell is tried in every way it may be.
///
/// Numbers are small so that few packets stand for all: `clients`, `ports` and `services` hold one of each stretch that
/// no rule of a random model divides.
final class FilterSimulator {
  typealias Block = ReferenceSimulator.Block

  enum Transport: String { case any, tcp, udp, icmp, icmpTCPUDP = "icmp_tcp_udp" }

  struct Service: Hashable {
    var transport: Transport
    /// 0 for ICMP.
    var port: Int
  }

  /// A block with its ends, asked often.
  struct Network {
    let block: Block
    private let first, last: UInt32

    init(_ block: Block) { (self.block, first, last) = (block, block.first, block.last) }

    func has(_ address: UInt32) -> Bool { first <= address && address <= last }
  }

  struct Rule {
    var isInbound = true
    var allows = true
    var transport = Transport.any
    /// ACL: source and destination. Groups: the other end, and this end.
    var source, destination: Network?
    var sourcePorts, ports: ClosedRange<Int>?
    var group: Group?
  }

  /// A security group: of the model by its number, or one that the model leaves out.
  enum Group: Hashable { case known(Int), other }

  struct Route {
    var destination: Network
    var zone: Int?
    var action: String
    var hop: UInt32?
    var priority: Int
    var isFromService = false
  }

  struct Table {
    /// nil is not modelled.
    var accepts: Bool?
    var isTransitIngress = false
    var routes: [Route]
  }

  struct Subnet {
    var block: Network
    var zone: Int?
    var acl, table: Int?
  }

  struct Workload {
    var subnet: Int?
    var address: UInt32?
    /// nil is not modelled.
    var groups: [Group]?
  }

  struct Expectation {
    enum Target { case address(UInt32), subnet(Int), workload(Int) }
    var target: Target
    var transport: Transport?
    var port: Int?
    var intent: String
  }

  struct Model {
    var subnets: [Subnet] = []
    var acls: [[Rule]]?
    var groups: [[Rule]]?
    var tables: [Table]?
    var workloads: [Workload] = []
    /// The subnets of the server's members; nil is not modelled.
    var members: [Int]?
    var serverGroups: [Group]?
    var privateIPs: [UInt32]?
    /// What the server does with packets to each subnet, and to the network beyond.
    var actions: [String] = []
    var way = "vpn_gateway"
    var expectations: [Expectation] = []
  }

  static let pool = ReferenceSimulator.block(192, 168, 252, 0, 28)
  static let far = ReferenceSimulator.block(10, 9, 0, 0, 24)
  static let ports = [32768, 39999, 40000, 50000, 50001, 65535]
  static let services =
    [Service(transport: .icmp, port: 0)]
    + [Transport.tcp, .udp].flatMap { name in
      [22, 443, 1000, 2000, 33000, 45000, 65535].map { Service(transport: name, port: $0) }
    }

  let model: Model
  private let worlds: [World]
  private var known: [Question: Facts] = [:]

  init(model: Model) {
    self.model = model
    worlds = Self.worlds(model)
  }

  /// What is not known and may be one way or another: the zones of subnets, and whether tables accept the server's
  /// routes.
  final class World: Sendable {
    let zones: [Int]
    let accepts: [Bool]

    init(zones: [Int], accepts: [Bool]) { (self.zones, self.accepts) = (zones, accepts) }
  }

  private static func worlds(_ model: Model) -> [World] {
    var worlds = [World(zones: [], accepts: [])]
    for subnet in model.subnets {
      let zones = subnet.zone.map { [$0] } ?? [0, 1, 2]
      worlds = worlds.flatMap { world in zones.map { World(zones: world.zones + [$0], accepts: world.accepts) } }
    }
    for table in model.tables ?? [] {
      let accepts = table.accepts.map { [$0] } ?? [true, false]
      worlds = worlds.flatMap { world in accepts.map { World(zones: world.zones, accepts: world.accepts + [$0]) } }
    }
    return worlds
  }

  /// The worlds that differ in something that packets to a target meet: of others the first.
  private func worlds(concerning target: Target) -> [World] {
    let subnets = Set((model.members ?? []) + (subnet(of: target.address).map { [$0] } ?? []))
    let tables = Set(subnets.compactMap { model.subnets[$0].table } + (ingressTable.map { [$0] } ?? []))
    return worlds.filter { world in
      world.zones.indices.allSatisfy { subnets.contains($0) || world.zones[$0] == worlds[0].zones[$0] }
        && world.accepts.indices.allSatisfy { tables.contains($0) || world.accepts[$0] == worlds[0].accepts[$0] }
    }
  }

  /// Where packets go: to an address, and if it does not tell, to which workload.
  struct Target {
    var address: UInt32
    var workload: Int?
  }

  // MARK: Who is where

  func subnet(of address: UInt32) -> Int? { model.subnets.firstIndex { $0.block.has(address) } }

  func workload(at address: UInt32) -> Int? { model.workloads.firstIndex { $0.address == address } }

  private func action(to address: UInt32) -> String { model.actions[subnet(of: address) ?? model.subnets.count] }

  private func has(_ workload: Int, _ group: Group) -> Bool? { model.workloads[workload].groups?.contains(group) }

  // MARK: One packet

  /// The client's end of a packet, the member it goes by, and which of the ways that things may be is asked about.
  private struct Case {
    var member: Int?
    var client: UInt32?
    var port: Int
    var world: World
    /// Where an answer comes in from beyond the VPC.
    var ingressZone = 9
    /// Whether what is not known otherwise goes well.
    var isLucky: Bool
  }

  /// What happens to one packet and its answer.
  struct Journey {
    var arrives, leaves, completes: Bool
  }

  private func journey(_ target: Target, _ service: Service, _ at: Case) -> Journey {
    let there = subnet(of: target.address)
    let action = self.action(to: target.address)
    let isInside = there != nil && at.member == there
    let isUntouched = isInside && action == "translate"
    var arrives = passesServerGroups(target, service, at)
    if !isUntouched {
      arrives = arrives && passesACL(at.member, isInbound: false, target.address, service, at, isRequest: true)
      arrives = arrives && passesACL(there, isInbound: true, target.address, service, at, isRequest: true)
    }
    if !isInside, let member = at.member { arrives = arrives && isRoutedOn(target.address, member, there, at) }
    if let workload = target.workload ?? workload(at: target.address) {
      arrives = arrives && passesGroups(of: workload, target.address, service, at, action)
    }
    let leaves =
      arrives
      && (isUntouched || passesACL(there, isInbound: false, target.address, service, at, isRequest: false))
    let completes =
      leaves
      && (isUntouched
        || isReturned(from: there, at, action)
          && passesACL(at.member, isInbound: true, target.address, service, at, isRequest: false))
    return Journey(arrives: arrives, leaves: leaves, completes: completes)
  }

  // MARK: ACLs

  private func passesACL(
    _ subnet: Int?, isInbound: Bool, _ address: UInt32, _ service: Service, _ at: Case, isRequest: Bool
  ) -> Bool {
    guard let acls = model.acls, let subnet else { return true }
    guard let number = model.subnets[subnet].acl else { return at.isLucky }
    func passes(_ client: UInt32) -> Bool {
      for rule in acls[number] where rule.isInbound == isInbound {
        let (source, destination) = isRequest ? (client, address) : (address, client)
        let (from, to) = isRequest ? (at.port, service.port) : (service.port, at.port)
        guard rule.source?.has(source) ?? true, rule.destination?.has(destination) ?? true else { continue }
        guard matches(rule.transport, service.transport) else { continue }
        if service.transport != .icmp {
          guard rule.sourcePorts?.contains(from) ?? true, rule.ports?.contains(to) ?? true else { continue }
        }
        return rule.allows
      }
      return false
    }
    return decided(at, passes)
  }

  private func matches(_ rule: Transport, _ transport: Transport) -> Bool {
    rule == .any || rule == .icmpTCPUDP || rule == transport
  }

  /// A client's end that is not known may be any.
  private func decided(_ at: Case, _ passes: (UInt32) -> Bool) -> Bool {
    if let client = at.client { return passes(client) }
    return at.isLucky ? Self.anywhere.contains(where: passes) : Self.anywhere.allSatisfy(passes)
  }

  /// One address of each stretch that rules of random models tell apart.
  private static let anywhere: [UInt32] = {
    var addresses: [UInt32] = [0]
    for subnet in UInt32(0)..<4 {
      for part in UInt32(0)..<4 { addresses.append(ReferenceSimulator.block(10, 0, subnet, part * 4, 32).first) }
    }
    for part in UInt32(0)..<4 { addresses.append(pool.first + part * 4) }
    for (b, d) in [(UInt32(5), UInt32(0)), (9, 0), (9, 128)] {
      addresses.append(ReferenceSimulator.block(10, b, 0, d, 32).first)
    }
    return addresses
  }()

  // MARK: Security groups

  private func passesServerGroups(_ target: Target, _ service: Service, _ at: Case) -> Bool {
    guard let groups = model.groups else { return true }
    guard let attached = model.serverGroups else { return at.isLucky }
    if attached.contains(.other), at.isLucky { return true }
    let rules = attached.flatMap { group -> [Rule] in if case .known(let number) = group { groups[number] } else { [] }
    }
    return decided(at) { client in
      rules.contains { rule in
        guard !rule.isInbound, fits(rule, service), rule.destination?.has(client) ?? true else { return false }
        if let group = rule.group { return isIn(group, target) ?? at.isLucky }
        return rule.source?.has(target.address) ?? true
      }
    }
  }

  private func fits(_ rule: Rule, _ service: Service) -> Bool {
    matches(rule.transport, service.transport)
      && (service.transport == .icmp || rule.ports?.contains(service.port) ?? true)
  }

  /// Whether what is at a target is in a group; nil if the model does not tell.
  private func isIn(_ group: Group, _ target: Target) -> Bool? {
    if let workload = target.workload ?? workload(at: target.address) { return has(workload, group) }
    if group == .other { return nil }
    guard let there = subnet(of: target.address) else { return false }
    let mayBeHere = model.workloads.indices.contains(where: { number in
      let workload = model.workloads[number]
      return workload.address == nil && (workload.subnet ?? there) == there && (has(number, group) ?? true)
    })
    return mayBeHere ? nil : false
  }

  private func passesGroups(
    of workload: Int, _ address: UInt32, _ service: Service, _ at: Case, _ action: String
  ) -> Bool {
    guard let groups = model.groups else { return true }
    guard let attached = model.workloads[workload].groups else { return at.isLucky }
    if attached.contains(.other), at.isLucky { return true }
    let rules = attached.flatMap { group -> [Rule] in if case .known(let number) = group { groups[number] } else { [] }
    }
    return decided(at) { client in
      rules.contains { rule in
        guard rule.isInbound, fits(rule, service), rule.destination?.has(address) ?? true else { return false }
        guard let group = rule.group else { return rule.source?.has(client) ?? true }
        return action == "translate" && (model.serverGroups?.contains(group) ?? at.isLucky)
      }
    }
  }

  // MARK: Routing

  private func route(_ table: Int, to address: UInt32, zone: Int, injected: Bool) -> Route? {
    guard let table = model.tables?[table] else { return nil }
    var candidates = table.routes.filter { $0.destination.has(address) && ($0.zone ?? zone) == zone }
    if injected, Self.pool.has(address) {
      let half = Block(base: address, length: model.members?.count == 2 ? 29 : 28)
      candidates.append(Route(destination: Network(half), action: "injected", priority: 2))
    }
    var best: Route?
    for candidate in candidates {
      guard let now = best else {
        best = candidate
        continue
      }
      let (a, b) = (
        (-candidate.destination.block.length, candidate.priority), (-now.destination.block.length, now.priority)
      )
      if a < b { best = candidate }
    }
    return best
  }

  private func isRoutedOn(_ address: UInt32, _ member: Int, _ there: Int?, _ at: Case) -> Bool {
    guard model.tables != nil else { return true }
    guard let table = model.subnets[member].table else { return at.isLucky }
    let accepts = at.world.accepts[table]
    switch route(table, to: address, zone: at.world.zones[member], injected: accepts)?.action {
    case "drop"?: return false
    case "deliver"?: return there == nil || at.isLucky
    default: return true
    }
  }

  private func isReturned(from there: Int?, _ at: Case, _ action: String) -> Bool {
    guard model.tables != nil else { return true }
    guard let there else {
      return ingressTable.map { isReturned(by: $0, zone: at.ingressZone, at, action) } ?? true
    }
    guard let table = model.subnets[there].table else { return at.isLucky }
    return isReturned(by: table, zone: at.world.zones[there], at, action)
  }

  private var ingressTable: Int? {
    guard model.way == "transit_gateway", let tables = model.tables else { return nil }
    return tables.firstIndex { $0.isTransitIngress && $0.accepts == true } ?? tables.firstIndex { $0.isTransitIngress }
  }

  /// Answers from beyond the VPC may come in by any zone.
  private func ingressZones(_ address: UInt32) -> [Int] {
    guard subnet(of: address) == nil, let ingressTable, let table = model.tables?[ingressTable] else { return [9] }
    guard table.routes.contains(where: { $0.zone != nil }) else { return [9] }
    return Set(model.subnets.compactMap(\.zone) + table.routes.compactMap(\.zone)).sorted()
  }

  private func isReturned(by table: Int, zone: Int, _ at: Case, _ action: String) -> Bool {
    func returns(_ client: UInt32) -> Bool {
      let route = route(table, to: client, zone: zone, injected: at.world.accepts[table])
      switch route?.action {
      case "injected"?: return true
      case "drop"?: return false
      case "deliver"?:
        guard let hop = route?.hop else { return false }
        if let own = model.privateIPs {
          if own.contains(hop) { return true }
        } else {
          let isInside = model.members.map { $0.contains { model.subnets[$0].block.has(hop) } }
          if route?.isFromService == true {
            if isInside ?? true { return true }
          } else if isInside ?? true {
            return at.isLucky
          }
        }
        return action == "translate" && at.isLucky
      default: return action == "translate"
      }
    }
    return decided(at, returns)
  }

  // MARK: All packets

  /// The members that are asked about together, or one alone.
  private func cases(_ address: UInt32, _ member: Int?, _ world: World, isLucky: Bool) -> [[Case]] {
    let members: [Int?] = model.members.map { $0.map { $0 } } ?? [nil]
    let asked = member.map { [members[$0]] } ?? members
    var cases: [[Case]] = []
    for member in asked {
      let clients: [UInt32?] =
        if action(to: address) == "deliver" {
          (0..<4).map { Self.pool.first + $0 * 4 + 1 }
        } else {
          member.map { subnet in [4, 8, 12].map { model.subnets[subnet].block.block.first + $0 } } ?? [nil]
        }
      for zone in ingressZones(address) {
        for client in clients {
          cases.append(
            Self.ports.map {
              Case(member: member, client: client, port: $0, world: world, ingressZone: zone, isLucky: isLucky)
            })
        }
      }
    }
    return cases
  }

  struct Answer: Equatable {
    var outcome: String
    var isPartial: Bool
  }

  private struct Question: Hashable {
    let address: UInt32
    let workload: Int?
    let service: Service
    let member: Int?
  }

  /// What is known of one service.
  private struct Facts {
    var (isSure, isPartial) = (true, true)
    var (isPossible, arrives, leaves) = (false, false, false)
    var isLost = true
  }

  private func facts(_ target: Target, _ service: Service, _ member: Int?) -> Facts {
    let question = Question(address: target.address, workload: target.workload, service: service, member: member)
    if let facts = known[question] { return facts }
    var facts = Facts()
    for world in worlds(concerning: target) {
      func journeys(isLucky: Bool) -> [[Journey]] {
        cases(target.address, member, world, isLucky: isLucky).map { $0.map { journey(target, service, $0) } }
      }
      let lucky = journeys(isLucky: true)
      if lucky.joined().allSatisfy(\.arrives) { facts.arrives = true }
      if lucky.joined().allSatisfy(\.leaves) { facts.leaves = true }
      if lucky.joined().allSatisfy(\.completes) { facts.isPossible = true }
      if !isLost(target.address, member, world) { facts.isLost = false }
      let unlucky = lucky.contains { $0.allSatisfy(\.completes) } ? journeys(isLucky: false) : []
      if unlucky.isEmpty || !unlucky.joined().allSatisfy(\.completes) { facts.isSure = false }
      if !unlucky.contains(where: { $0.allSatisfy(\.completes) }) { facts.isPartial = false }
    }
    known[question] = facts
    return facts
  }

  /// Whether a route leads some answer away.
  private func isLost(_ address: UInt32, _ member: Int?, _ world: World) -> Bool {
    let (there, action) = (subnet(of: address), action(to: address))
    return cases(address, member, world, isLucky: true).contains { ports in
      let isUntouched = there != nil && ports[0].member == there && action == "translate"
      return !isUntouched && !isReturned(from: there, ports[0], action)
    }
  }

  /// What becomes of some flow of several services to a target.
  func answer(_ target: Target, _ services: [Service] = FilterSimulator.services, member: Int? = nil) -> Answer {
    let action = self.action(to: target.address)
    let facts = services.map { self.facts(target, $0, member) }
    let (isSure, isPossible) = (facts.contains(where: \.isSure), facts.contains(where: \.isPossible))
    let (arrives, leaves) = (facts.contains(where: \.arrives), facts.contains(where: \.leaves))
    let (isPartial, isLost) = (facts.contains(where: \.isPartial), facts.contains(where: \.isLost))
    let known =
      isSure
      ? "reachable"
      : isPossible
        ? "undetermined"
        : !arrives ? "request-blocked" : !leaves ? "reply-blocked" : isLost ? "no-return-path" : "reply-blocked"
    switch (farSide(target.address, action), known) {
    case ("reachable", _): return Answer(outcome: known, isPartial: isPartial && !isSure)
    case (_, "request-blocked"), ("undetermined", "reply-blocked"), ("undetermined", "no-return-path"):
      return Answer(outcome: known, isPartial: false)
    case ("no-return-path", "reply-blocked") where !leaves: return Answer(outcome: known, isPartial: false)
    case (let outcome, _): return Answer(outcome: outcome, isPartial: false)
    }
  }

  /// Whether what lies beyond the VPC knows the way back.
  private func farSide(_ address: UInt32, _ action: String) -> String {
    if subnet(of: address) != nil || action == "translate" || model.way == "vpn_gateway" { return "reachable" }
    guard let tables = model.tables else { return "undetermined" }
    return tables.contains { $0.isTransitIngress && $0.accepts == true } ? "reachable" : "no-return-path"
  }

  // MARK: Verdicts

  /// Addresses of a subnet that stand for all that count: 5 and 9 are never a workload's.
  func addresses(ofSubnet subnet: Int) -> [UInt32] {
    let block = model.subnets[subnet].block.block
    let own = model.workloads.compactMap(\.address).filter(block.has)
    return ([block.first + 5, block.first + 9] + own).sorted()
  }

  func targets(ofWorkload number: Int) -> [Target] {
    let workload = model.workloads[number]
    if let address = workload.address { return [Target(address: address)] }
    return (workload.subnet.map { [$0] } ?? []).flatMap { subnet in
      [5, 9].map { Target(address: model.subnets[subnet].block.block.first + $0, workload: number) }
    }
  }

  func verdict(_ answers: [Answer]) -> String {
    let isReached = answers.contains { $0.outcome == "reachable" || $0.isPartial }
    if answers.contains(where: { !["reachable", "undetermined"].contains($0.outcome) }) {
      return isReached ? "partly" : "unreachable"
    }
    return isReached && !answers.contains { $0.outcome == "undetermined" } ? "reachable" : "undetermined"
  }

  func holds(_ intent: String, _ answers: [Answer]) -> Bool? {
    switch intent {
    case "unreachable":
      if answers.contains(where: { $0.outcome == "reachable" || $0.isPartial }) { return false }
    case "reachable":
      if answers.contains(where: { !["reachable", "undetermined"].contains($0.outcome) }) { return false }
    default: return true
    }
    return answers.contains { $0.outcome == "undetermined" } ? nil : true
  }
}
