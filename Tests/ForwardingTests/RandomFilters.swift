import TestSupport

/// Small random models with filters and routing tables: few addresses and ports, so that everything meets something, and
/// much that the model leaves out.
struct RandomFilters {
  private typealias Block = FilterSimulator.Block
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// One model with one server, which may have two members.
  mutating func model() -> FilterSimulator.Model {
    var model = FilterSimulator.Model()
    let (acls, groups, tables) = (1 + generator.below(3), 1 + generator.below(3), 1 + generator.below(3))
    if !generator.oneIn(4) { model.acls = (0..<acls).map { _ in aclRules() } }
    if !generator.oneIn(4) { model.groups = (0..<groups).map { _ in groupRules(groups) } }
    if !generator.oneIn(3) { model.tables = (0..<tables).map { _ in table() } }
    // One subnet at most without a zone: everything that it may be is tried.
    let zoneless = generator.oneIn(3) ? generator.below(4) : nil
    model.subnets = (0..<4).map { index in
      FilterSimulator.Subnet(
        block: .init(ReferenceSimulator.block(10, 0, UInt32(index), 0, 28)), zone: index == zoneless ? nil : index % 2,
        acl: generator.oneIn(8) ? nil : generator.below(acls), table: generator.oneIn(8) ? nil : generator.below(tables)
      )
    }
    model.workloads = (0..<4).map { _ in workload(model.subnets, groups) }
    // An address is one workload's.
    for index in model.workloads.indices.reversed() where model.workloads[index].address != nil {
      if model.workloads[..<index].contains(where: { $0.address == model.workloads[index].address }) {
        model.workloads[index].address = nil
      }
    }
    let members = generator.below(3)
    model.members = generator.oneIn(6) ? nil : members == 0 ? [2 + generator.below(2)] : [2, 3]
    if !generator.oneIn(8) { model.serverGroups = someGroups(groups) }
    if !generator.oneIn(3) { model.privateIPs = [ReferenceSimulator.block(10, 0, 2, 5, 32).first] }
    model.actions = (0..<5).map { _ in ["deliver", "translate"][generator.below(2)] }
    model.way = ["vpn_gateway", "transit_gateway"][generator.below(2)]
    model.expectations = (0..<3).map { _ in expectation(model) }
    return model
  }

  private mutating func workload(_ subnets: [FilterSimulator.Subnet], _ groups: Int) -> FilterSimulator.Workload {
    let subnet = generator.below(4)
    let address = subnets[subnet].block.block.first + UInt32([4, 6, 10, 12][generator.below(4)])
    return FilterSimulator.Workload(
      subnet: generator.oneIn(10) ? nil : subnet, address: generator.oneIn(3) ? nil : address,
      groups: generator.oneIn(8) ? nil : someGroups(groups))
  }

  private mutating func someGroups(_ count: Int) -> [FilterSimulator.Group] {
    var groups = [FilterSimulator.Group.known(generator.below(count))]
    if generator.oneIn(5) { groups = [.other] + (generator.oneIn(2) ? groups : []) }
    return generator.oneIn(10) ? [] : groups
  }

  private mutating func expectation(_ model: FilterSimulator.Model) -> FilterSimulator.Expectation {
    let target: FilterSimulator.Expectation.Target =
      switch generator.below(3) {
      case 0: .subnet(generator.below(4))
      case 1: .workload(generator.below(4))
      default: .address(model.subnets[generator.below(4)].block.block.first + 5)
      }
    let transport: FilterSimulator.Transport? = generator.oneIn(3) ? nil : [.icmp, .tcp, .udp][generator.below(3)]
    return FilterSimulator.Expectation(
      target: target, transport: transport,
      port: transport == nil || transport == .icmp || generator.oneIn(2) ? nil : [443, 22, 33000][generator.below(3)],
      intent: ["reachable", "unreachable", "unreachable", "any"][generator.below(4)])
  }

  // MARK: Routes

  private mutating func table() -> FilterSimulator.Table {
    let accepts: Bool? =
      switch generator.below(7) {
      case 0: nil
      case 1: false
      default: true
      }
    return FilterSimulator.Table(
      accepts: accepts, isTransitIngress: generator.oneIn(3), routes: (0..<generator.below(3)).map { _ in route() })
  }

  private mutating func route() -> FilterSimulator.Route {
    let pool = FilterSimulator.pool.first
    let destinations: [Block] = [
      Block(base: 0, length: 0), ReferenceSimulator.block(10, 0, 0, 0, 16), ReferenceSimulator.block(10, 0, 1, 0, 28),
      ReferenceSimulator.block(10, 0, 2, 8, 29), Block(base: pool, length: 29), Block(base: pool + 8, length: 30),
      Block(base: pool, length: 28),
    ]
    let zone = generator.oneIn(2) ? generator.below(3) : nil
    let priority = generator.below(4)
    switch generator.below(5) {
    case 0:
      return .init(destination: .init(destinations[generator.below(7)]), zone: zone, action: "drop", priority: priority)
    case 1:
      return .init(
        destination: .init(destinations[generator.below(7)]), zone: zone, action: "delegate", priority: priority)
    default:
      let hop = [(0, 9), (2, 5), (3, 6)][generator.below(3)]
      return .init(
        destination: .init(destinations[generator.below(7)]), zone: zone, action: "deliver",
        hop: ReferenceSimulator.block(10, 0, UInt32(hop.0), UInt32(hop.1), 32).first, priority: priority,
        isFromService: generator.oneIn(3))
    }
  }

  // MARK: Rules

  private mutating func block() -> Block? {
    let pool = FilterSimulator.pool.first
    let blocks: [Block?] = [
      nil, nil, ReferenceSimulator.block(10, 0, 0, 0, 16), ReferenceSimulator.block(10, 0, 0, 0, 28),
      ReferenceSimulator.block(10, 0, 1, 8, 29), ReferenceSimulator.block(10, 0, 2, 0, 28),
      ReferenceSimulator.block(10, 0, 2, 8, 29), ReferenceSimulator.block(10, 0, 3, 0, 28),
      ReferenceSimulator.block(10, 0, 3, 0, 30), ReferenceSimulator.block(10, 0, 3, 4, 30),
      ReferenceSimulator.block(10, 0, 0, 8, 29), ReferenceSimulator.block(10, 9, 0, 0, 25),
      Block(base: pool, length: 28), Block(base: pool, length: 29), Block(base: pool + 8, length: 30),
    ]
    return blocks[generator.below(blocks.count)]
  }

  private mutating func ports() -> ClosedRange<Int>? {
    switch generator.below(6) {
    case 0: 443...443
    case 1: 1...1024
    case 2: 32768...65535
    case 3: 40000...65535
    case 4: generator.oneIn(2) ? 40000...50000 : nil
    default: nil
    }
  }

  private mutating func rule(isACL: Bool) -> FilterSimulator.Rule {
    var rule = FilterSimulator.Rule()
    rule.isInbound = generator.oneIn(2)
    rule.transport = [.any, .tcp, .udp, .icmp, .icmpTCPUDP][generator.below(5)]
    rule.source = block().map { .init($0) }
    if isACL || generator.oneIn(5) { rule.destination = block().map { .init($0) } }
    guard rule.transport == .tcp || rule.transport == .udp else { return rule }
    rule.ports = ports()
    if isACL { rule.sourcePorts = ports() }
    return rule
  }

  private mutating func aclRules() -> [FilterSimulator.Rule] {
    var rules = (0..<generator.below(6)).map { _ in
      var rule = rule(isACL: true)
      rule.allows = !generator.oneIn(3)
      return rule
    }
    if !generator.oneIn(6) { rules.append(.init(isInbound: true)) }
    if !generator.oneIn(3) { rules.append(.init(isInbound: false)) }
    return rules
  }

  private mutating func groupRules(_ groups: Int) -> [FilterSimulator.Rule] {
    var rules = (0..<generator.below(5)).map { _ in
      var rule = rule(isACL: false)
      if generator.oneIn(3) {
        rule.source = nil
        rule.group = generator.oneIn(3) ? .other : .known(generator.below(groups))
      }
      return rule
    }
    if !generator.oneIn(3) { rules.append(.init(isInbound: false)) }
    return rules
  }
}

extension FilterSimulator.Model {
  /// The model as a file.
  var text: String {
    func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }
    func key(_ name: String, _ value: String?) -> String { value.map { ", \(name): \($0)" } ?? "" }
    func groupList(_ groups: [FilterSimulator.Group]?) -> String {
      key("security_groups", groups.map { list($0.map(\.text)) })
    }
    let subnets = subnets.enumerated().map { index, subnet in
      "{name: s\(index), ipv4_cidr_block: \(subnet.block.block)\(key("zone", subnet.zone.map { "z\($0)" }))"
        + key("network_acl", acls == nil ? nil : subnet.acl.map { "acl\($0)" })
        + key("routing_table", tables == nil ? nil : subnet.table.map { "rt\($0)" }) + "}"
    }
    let workloads = workloads.enumerated().map { index, workload in
      "{name: w\(index)\(key("subnet", workload.subnet.map { "s\($0)" }))\(key("address", workload.address.map(dotted)))"
        + (groups == nil ? "" : groupList(workload.groups)) + ", services: [tcp/443, udp/33000, icmp]}"
    }
    let expectations = expectations.map { expectation in
      let to =
        switch expectation.target {
        case .address(let address): dotted(address)
        case .subnet(let index): "s\(index)"
        case .workload(let index): "w\(index)"
        }
      return "{to: \(to), expect: \(expectation.intent)\(key("protocol", expectation.transport?.rawValue))"
        + "\(key("port", expectation.port.map { "\($0)" }))}"
    }
    let aclKey = acls.map {
      "\n  network_acls: \(list($0.enumerated().map { "{name: acl\($0), rules: \(list($1.map(\.aclText)))}" }))"
    }
    let groupKey = groups.map {
      "\n  security_groups: \(list($0.enumerated().map { "{name: sg\($0), rules: \(list($1.map(\.groupText)))}" }))"
    }
    let tableKey = tables.map { "\n  routing_tables: \(list($0.enumerated().map { "{name: rt\($0)\($1.text)}" }))" }
    let routes = actions.enumerated().map { index, action in
      "{destination: \(index < self.subnets.count ? self.subnets[index].block.block : FilterSimulator.far), action: \(action)}"
    }
    return """
      vpc:
        subnets: \(list(subnets))
        workloads: \(list(workloads))\(aclKey ?? "")\(groupKey ?? "")\(tableKey ?? "")
      networks: [{name: far, cidrs: [\(FilterSimulator.far)], via: \(way)}]
      expectations: \(list(expectations))
      vpn_servers:
        - {name: v, client_ip_pool: \(FilterSimulator.pool), routes: \(list(routes))\
      \(key("subnets", members.map { list($0.map { "s\($0)" }) }))\(groups == nil ? "" : groupList(serverGroups))\
      \(key("private_ips", privateIPs.map { list($0.map(dotted)) }))}

      """
  }
}

extension FilterSimulator.Group {
  fileprivate var text: String {
    switch self {
    case .known(let number): "sg\(number)"
    case .other: "{id: r006-elsewhere, name: elsewhere}"
    }
  }
}

extension FilterSimulator.Rule {
  private func key(_ name: String, _ value: String?) -> String { value.map { ", \(name): \($0)" } ?? "" }

  private func text(_ ports: ClosedRange<Int>?) -> String? { ports.map { "\($0.lowerBound)-\($0.upperBound)" } }

  fileprivate var aclText: String {
    "{direction: \(isInbound ? "inbound" : "outbound"), action: \(allows ? "allow" : "deny"), protocol: \(transport.rawValue)"
      + key("source", source?.block.description) + key("destination", destination?.block.description)
      + key("source_ports", text(sourcePorts)) + key("destination_ports", text(ports)) + "}"
  }

  fileprivate var groupText: String {
    "{direction: \(isInbound ? "inbound" : "outbound"), protocol: \(transport.rawValue)"
      + key("remote", group?.text ?? source?.block.description) + key("local", destination?.block.description)
      + key("ports", text(ports)) + "}"
  }
}

extension FilterSimulator.Table {
  fileprivate var text: String {
    let accepted = accepts.map { ", accept_routes_from: [\($0 ? "vpn_server" : "")]" } ?? ""
    let ingress =
      isTransitIngress ? ", route_transit_gateway_ingress: true, advertise_routes_to: [transit_gateway]" : ""
    return "\(accepted)\(ingress), routes: [\(routes.map(\.text).joined(separator: ", "))]"
  }
}

extension FilterSimulator.Route {
  fileprivate var text: String {
    "{destination: \(destination.block), action: \(action), priority: \(priority)\(zone.map { ", zone: z\($0)" } ?? "")"
      + (hop.map { ", next_hop: \(dotted($0))" } ?? "")
      + (isFromService ? ", origin: service, creator: vpn_server" : "")
      + "}"
  }
}
