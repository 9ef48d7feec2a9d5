import ClientVPN
import IPv4Space
import SourceText

/// Puts the filters and routes together that the packets of one server's clients meet.
struct FlowJudge {
  let server: VPNServer
  private let index: Int
  private let model: Model
  private let attachments: Attachments
  private let ports: EphemeralPorts
  private let members: [Member]
  /// Whether a member may stand in a subnet that is not known.
  private let subnetsAreUnknown: Bool
  private let acls: [FilterKey: FilterStage]
  private let serverGroups: FilterStage?
  private let workloadGroups: [FilterKey: FilterStage]
  private let tables: [RoutingKey: SubnetRouting]
  private let zones: SubnetZones
  private let hops: ServerHops
  private let placement: WorkloadPlacement
  private let subnets: SubnetLookup

  /// A member of the server: the subnet that it stands in; nil if the subnets are not modelled.
  private struct Member {
    let subnet: Int?
    let addresses: IPv4Range?
  }

  /// Whether a model has filters or routing tables at all.
  static func isNeeded(for model: Model) -> Bool { hasFilters(model) || model.vpc.routingTables != nil }

  /// Whether a model has filters.
  static func hasFilters(_ model: Model) -> Bool {
    model.vpc.networkACLs != nil || model.vpc.securityGroups != nil
  }

  init(_ index: Int, _ model: Model, _ attachments: Attachments, _ ports: EphemeralPorts) {
    self.index = index
    self.model = model
    self.attachments = attachments
    self.ports = ports
    let server = model.servers[index]
    self.server = server
    hops = ServerHops(index, model)
    let zones = SubnetZones(model)
    self.zones = zones
    let placement = WorkloadPlacement(model)
    self.placement = placement
    self.subnets = SubnetLookup(model)
    let subnets = (server.subnets?.elements ?? []).compactMap(\.index)
    subnetsAreUnknown = server.subnetsAreUnknown
    members =
      subnets.isEmpty || subnetsAreUnknown
      ? [Member(subnet: nil, addresses: nil)] : subnets.map { Self.member($0, model) }
    acls = Self.filters(model, attachments, ofServer: subnets)
    let stages = GroupStages(index, model, attachments, placement)
    serverGroups = stages.ofServer(workload: nil)
    workloadGroups = stages.ofWorkloads
    tables = Self.tables(model, attachments, zones, pool: Self.poolRoutes(server, members: members.count, model))
  }

  private static func member(_ subnet: Int, _ model: Model) -> Member {
    let block = model.vpc.subnets.elements[subnet].block.value.canonical
    // The provider's addresses in a subnet are nobody's.
    return Member(subnet: subnet, addresses: model.provider.usableAddresses(of: block) ?? block.range)
  }

  /// The pool in as many equal parts as there are members, for which the service writes routes (IBM VPC documentation,
  /// propagating VPN server routes).
  private static func poolRoutes(_ server: VPNServer, members: Int, _ model: Model) -> InjectedRoutes {
    guard let pool = server.clientPool?.value.canonical else {
      return .unknown(shortest: model.provider.clientPoolLengths.lowerBound)
    }
    guard members == 2, pool.length < 32 else { return .known([pool]) }
    let first = IPv4Prefix(pool.address, length: pool.length + 1)
    return .known([first, IPv4Prefix(IPv4Address(bits: first.last.bits &+ 1), length: pool.length + 1)])
  }

  /// What holds the rules of the server's security groups; nil if none are modelled.
  var serverHolder: FilterHolder? { serverGroups?.holder }

  /// Whether the server's security groups let a service out to an address; nil if it is not known.
  func passesServerGroups(_ service: ServiceSet, to address: IPv4Address) -> Bool? {
    guard let serverGroups else { return nil }
    let client = ClientEnd(
      address: server.clientAddress ?? IPv4Address(bits: 0), port: EphemeralPorts.all.range.lowerBound)
    return serverGroups.decision(service, at: address, client).allows
  }

  // MARK: Paths

  /// The workloads of a subnet of which the addresses are known; the first of those with one address.
  func placedWorkloads(inSubnet subnet: Int) -> [(workload: Int, address: IPv4Address)] {
    placement.placed[subnet] ?? []
  }

  /// Names of the subnets that the members of the server stand in; empty if they are not modelled.
  var subnetsOfMembers: [String] {
    members.compactMap { $0.subnet.map { model.vpc.subnets.elements[$0].name.value } }
  }

  /// The paths to an address with a fate, or to one workload if the address does not tell that it is for it.
  func paths(to address: IPv4Address, _ fate: Fate, _ workload: Int?, _ action: ServerRoute.Action) -> [FlowPath] {
    switch fate.target {
    case .subnet:
      guard let subnet = subnets.subnet(of: address) else { return [] }
      let placed = placedWorkloads(inSubnet: subnet).first { $0.address == address }
      return paths(toSubnet: subnet, workload: workload ?? placed?.workload, action)
    case .network(let index): return paths(beyondVPC: action, by: model.networks?.elements[index].via.value)
    case .service, .internet, .server, .clientPool, .vpnGateway, .clientItself, .nothing:
      return paths(beyondVPC: action, by: nil)
    }
  }

  /// One path a member to a subnet, or to one workload in it.
  func paths(toSubnet subnet: Int, workload: Int?, _ action: ServerRoute.Action) -> [FlowPath] {
    members.enumerated().map { number, member in
      var path = path(number, member, action, workload)
      let isInside = member.subnet == subnet
      // No ACL applies between two addresses of one subnet.
      if !(isInside && action == .translate) {
        path.request += acl(ofSubnet: member.subnet, .serverACL)
        path.request += acl(ofSubnet: subnet, .workloadACL)
        path.leaving += acl(ofSubnet: subnet, .replyWorkloadACL)
        path.returning += acl(ofSubnet: member.subnet, .replyServerACL)
        path.replyRouting = replyRouting(ofSubnet: subnet, action, isUnknown: &path.isReplyRoutingUnknown)
      }
      // Nor does a routing table decide about packets to an address of the subnet that they come from.
      if !isInside {
        path.requestRouting = routing(ofSubnet: member.subnet, isUnknown: &path.isRequestRoutingUnknown)
      }
      if let workload { path.request += groups(ofWorkload: workload, action) }
      return path
    }
  }

  /// One path a member to what lies beyond the VPC; where answers come in by an ingress routing table, one for each zone.
  func paths(beyondVPC action: ServerRoute.Action, by way: Network.Way?) -> [FlowPath] {
    let ingress = ingressTables(by: way)
    return members.enumerated().flatMap { number, member -> [FlowPath] in
      var path = path(number, member, action, nil)
      path.request += acl(ofSubnet: member.subnet, .serverACL)
      path.returning += acl(ofSubnet: member.subnet, .replyServerACL)
      path.requestRouting = routing(ofSubnet: member.subnet, isUnknown: &path.isRequestRoutingUnknown)
      path.staysInVPC = false
      if ingress.isEmpty { return [path] }
      return ingress.map { routing in
        var path = path
        path.replyRouting = ReplyRouting(routing: routing, hops: hops, isTranslated: action == .translate)
        return path
      }
    }
  }

  private func path(_ number: Int, _ member: Member, _ action: ServerRoute.Action, _ workload: Int?) -> FlowPath {
    let pool = server.clientPool?.value.canonical.range
    let source: FlowPath.Source = action == .translate ? .subnet(member.addresses) : .pool(pool)
    var path = FlowPath(member: number, source: source, ports: ports)
    path.usualClient = server.clientAddress
    path.request = groupsOfServer(workload)
    return path
  }

  // MARK: Security groups

  /// Where the address of a workload is not known, its groups tell whether a reference to a group matches it.
  private func groupsOfServer(_ workload: Int?) -> [FilterStage] {
    guard let serverGroups else { return [] }
    guard let workload, placement.isUnplaced(workload) else { return [serverGroups] }
    return [GroupStages(index, model, attachments, placement).ofServer(workload: workload) ?? serverGroups]
  }

  private func groups(ofWorkload workload: Int, _ action: ServerRoute.Action) -> [FilterStage] {
    let (positions, isComplete) = attachments.knownGroups(ofWorkload: workload)
    return workloadGroups[.ofWorkloads(positions, isComplete: isComplete, action)].map { [$0] } ?? []
  }

  // MARK: ACLs

  private func acl(ofSubnet subnet: Int?, _ stage: Stage) -> [FilterStage] {
    guard let subnet else { return subnetsAreUnknown && model.vpc.networkACLs != nil ? [.unknown(stage)] : [] }
    switch attachments.networkACL(ofSubnet: subnet) {
    case .notModelled: return []
    case .undetermined: return [.unknown(stage)]
    case .known(let index) where model.vpc.networkACLs?.elements[index].rulesAreUnknown ?? false:
      return [.unknown(stage)]
    case .known(let index): return acls[.acl(index, stage)].map { [$0] } ?? []
    }
  }

  /// The rules of every ACL that is attached, in numbers.
  private static func filters(
    _ model: Model, _ attachments: Attachments, ofServer members: [Int]
  ) -> [FilterKey: FilterStage] {
    guard let acls = model.vpc.networkACLs?.elements else { return [:] }
    var filters: [FilterKey: FilterStage] = [:]
    func add(_ index: Int, _ stage: Stage, _ direction: Direction, _ leg: FlowLeg) {
      let key = FilterKey.acl(index, stage)
      guard filters[key] == nil else { return }
      let acl = acls[index]
      let rules = (acl.rules?.elements ?? []).filter { $0.direction.value == direction }
      filters[key] = FilterStage(
        stage: stage, key: key, holder: .acl(index), name: "network ACL `\(acl.name.value)`",
        rules: rules.map { FilterRule($0, leg) }, span: acl.name.span)
    }
    for subnet in model.vpc.subnets.elements.indices {
      guard case .known(let index) = attachments.networkACL(ofSubnet: subnet) else { continue }
      add(index, .workloadACL, .inbound, .request)
      add(index, .replyWorkloadACL, .outbound, .reply)
    }
    for subnet in members {
      guard case .known(let index) = attachments.networkACL(ofSubnet: subnet) else { continue }
      add(index, .serverACL, .outbound, .request)
      add(index, .replyServerACL, .inbound, .reply)
    }
    return filters
  }

  // MARK: Routing tables

  private static func tables(
    _ model: Model, _ attachments: Attachments, _ zones: SubnetZones, pool: InjectedRoutes
  ) -> [RoutingKey: SubnetRouting] {
    guard let tables = model.vpc.routingTables?.elements else { return [:] }
    var routings: [RoutingKey: SubnetRouting] = [:]
    func add(_ table: Int, _ zone: String?) {
      let key = RoutingKey(table: table, zone: zone)
      if routings[key] == nil { routings[key] = SubnetRouting(key, tables[table], pool: pool) }
    }
    for subnet in model.vpc.subnets.elements.indices {
      if case .known(let table) = attachments.routingTable(ofSubnet: subnet) {
        add(table, zones.zone(ofSubnet: subnet)?.value)
      }
    }
    for table in tables.indices where tables[table].isIngress {
      for zone in Self.zones(ofIngress: tables[table], model, zones) { add(table, zone) }
    }
    return routings
  }

  /// The zones in which packets can come in.
  private static func zones(ofIngress table: RoutingTable, _ model: Model, _ zones: SubnetZones) -> [String] {
    let named = (table.routes?.elements ?? []).compactMap { $0.zone?.value }
    // Without routes of zones all zones are alike.
    guard !named.isEmpty else { return [""] }
    return Set(named + model.vpc.subnets.elements.indices.compactMap { zones.zone(ofSubnet: $0)?.value }).sorted()
  }

  /// The table that routes what comes in by a way, for each zone; none if none does.
  private func ingressTables(by way: Network.Way?) -> [SubnetRouting] {
    guard let way, let all = model.vpc.routingTables?.elements else { return [] }
    let ingress = all.indices.filter { all[$0].ingressSources.contains { $0.way == way } }
    // One table alone can have a source; of several that by which answers come back is taken to have it.
    let accepting = ingress.first { VPCRouting.acceptsServerRoutes(all[$0]) ?? false }
    guard let table = accepting ?? ingress.first else { return [] }
    return Self.zones(ofIngress: all[table], model, zones).compactMap { tables[RoutingKey(table: table, zone: $0)] }
  }

  private func replyRouting(
    ofSubnet subnet: Int, _ action: ServerRoute.Action, isUnknown: inout Bool
  ) -> ReplyRouting? {
    routing(ofSubnet: subnet, isUnknown: &isUnknown).map {
      ReplyRouting(routing: $0, hops: hops, isTranslated: action == .translate)
    }
  }

  private func routing(ofSubnet subnet: Int?, isUnknown: inout Bool) -> SubnetRouting? {
    guard let subnet else {
      isUnknown = isUnknown || subnetsAreUnknown && model.vpc.routingTables != nil
      return nil
    }
    switch attachments.routingTable(ofSubnet: subnet) {
    case .notModelled: return nil
    case .undetermined:
      isUnknown = true
      return nil
    case .known(let index) where model.vpc.routingTables?.elements[index].routesAreUnknown ?? false:
      isUnknown = true
      return nil
    case .known(let index): return tables[RoutingKey(table: index, zone: zones.zone(ofSubnet: subnet)?.value)]
    }
  }
}

extension FilterStage {
  /// A filter of which the rules are not known.
  static func unknown(_ stage: Stage) -> FilterStage {
    FilterStage(stage: stage, key: .unknown(stage), holder: .unknown, name: "", rules: nil, span: nil)
  }
}
