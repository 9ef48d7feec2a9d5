import ClientVPN
import IPv4Space
import SourceText

/// Judges the flows of one server's clients: puts the filters and routes on their way together, and asks them.
struct FlowJudge {
  private let server: VPNServer
  private let index: Int
  private let model: Model
  private let attachments: Attachments
  private let ports: EphemeralPorts
  private let members: [Member]
  private let groups: [SecurityGroup]?
  private let acls: [ACLKey: FilterStage]
  private var serverGroups: [FilterStage]
  private var tables: [TableKey: VPCRouting] = [:]
  private let serverAddresses: Set<IPv4Address>
  /// Workloads with an address, by subnet.
  private let workloads: [Int: [(index: Int, address: IPv4Address)]]

  /// A member of the server: the subnet that it stands in; nil if the subnets are not modelled.
  struct Member {
    let subnet: Int?
    let block: IPv4Range?
  }

  /// Whether a model has filters or routing tables at all.
  static func isNeeded(for model: Model) -> Bool {
    model.vpc.networkACLs != nil || model.vpc.securityGroups != nil || model.vpc.routingTables != nil
  }

  init(_ index: Int, _ model: Model, _ attachments: Attachments, _ ports: EphemeralPorts) {
    self.index = index
    self.model = model
    self.attachments = attachments
    self.ports = ports
    let server = model.servers[index]
    self.server = server
    groups = model.vpc.securityGroups?.elements
    acls = Self.filters(model.vpc.networkACLs?.elements ?? [], ports)
    serverAddresses = Set(server.privateIPs?.elements.map(\.value) ?? [])
    let subnets = (server.subnets?.elements ?? []).compactMap(\.index)
    members =
      subnets.isEmpty
      ? [Member(subnet: nil, block: nil)]
      : subnets.map { Member(subnet: $0, block: model.vpc.subnets.elements[$0].block.value.canonical.range) }
    var workloads: [Int: [(index: Int, address: IPv4Address)]] = [:]
    for (number, workload) in (model.vpc.workloads?.elements ?? []).enumerated() {
      guard let address = workload.address?.value else { continue }
      let subnet =
        workload.subnet?.index
        ?? model.vpc.subnets.elements.firstIndex { $0.block.value.contains(address) }
      if let subnet { workloads[subnet, default: []].append((number, address)) }
    }
    self.workloads = workloads
    serverGroups = []
    if groups != nil {
      let attached = attachments.securityGroups(ofServer: index)
      serverGroups = [stage(.serverSecurityGroup, attached, .outbound) { addresses(ofWorkloadsIn: $0) }]
    }
    for subnet in model.vpc.subnets.elements.indices {
      guard case .known(let table) = attachments.routingTable(ofSubnet: subnet) else { continue }
      let key = TableKey(table: table, zone: model.vpc.subnets.elements[subnet].zone?.value)
      if tables[key] == nil { tables[key] = routing(key) }
    }
  }

  // MARK: Passages

  /// The passages of flows to the addresses of a subnet.
  func passages(_ range: IPv4Range, inSubnet subnet: Int, _ action: ServerRoute.Action) -> AddressMap<Passage> {
    var result = passages(range, paths(toSubnet: subnet, workload: nil, action))
    for (workload, address) in workloads[subnet] ?? [] where range.contains(address) {
      let single = IPv4Range(address, address)
      let own = passages(single, paths(toSubnet: subnet, workload: workload, action))[address]
      let isHere = AddressMap<Bool>(IPv4Set(single))
      result = result.zipped(with: isHere) { $1 ? own : $0 }
    }
    return result
  }

  /// The passages of flows to addresses beyond the VPC.
  func passages(_ range: IPv4Range, beyondVPC action: ServerRoute.Action) -> AddressMap<Passage> {
    passages(range, pathsBeyondVPC(action))
  }

  private func passages(_ range: IPv4Range, _ paths: [FlowPath]) -> AddressMap<Passage> {
    var joined: AddressMap<Passage>?
    for path in paths {
      for client in path.representatives {
        let passages = path.results(range, client: client).mapped { Passage($0) }
        joined = joined?.zipped(with: passages) { $0.joined($1) } ?? passages
      }
    }
    let nothing = Passage(
      complete: .empty, possible: .empty, partial: .empty, arriving: .empty, leaving: .empty, lacksReturnRoute: false)
    return joined ?? AddressMap(everywhere: nothing)
  }

  // MARK: Packets

  /// The stages of one packet to an address in the VPC.
  func walk(
    to address: IPv4Address, inSubnet subnet: Int, _ service: ServiceSet, _ action: ServerRoute.Action
  ) -> [FlowWalk.Step] {
    let workload = (workloads[subnet] ?? []).first { $0.address == address }?.index
    return FlowWalk.telling(paths(toSubnet: subnet, workload: workload, action), to: address, service)
  }

  /// The stages of one packet to an address beyond the VPC.
  func walk(
    to address: IPv4Address, beyondVPC service: ServiceSet, _ action: ServerRoute.Action
  ) -> [FlowWalk.Step] {
    FlowWalk.telling(pathsBeyondVPC(action), to: address, service)
  }

  /// What holds the rules of the server's security groups; nil if none are modelled.
  var serverHolder: FilterHolder? { serverGroups.first?.holder }

  /// Whether the server's security groups let a service out to an address; nil if it is not known.
  func passesServerGroups(_ service: ServiceSet, to address: IPv4Address) -> Bool? {
    guard let stage = serverGroups.first else { return nil }
    let client = server.clientAddress ?? IPv4Address(bits: 0)
    return stage.decision(service, at: address, client: client, port: stage.ports.first ?? .max).0
  }

  // MARK: Paths

  /// One path a member to a subnet, or to one workload in it.
  func paths(toSubnet subnet: Int, workload: Int?, _ action: ServerRoute.Action) -> [FlowPath] {
    let inbound = acl(ofSubnet: subnet, .workloadACL)
    let outbound = acl(ofSubnet: subnet, .replyWorkloadACL)
    let groups = workload.map { workloadGroups($0, action) } ?? []
    return members.map { member in
      var path = FlowPath(source: source(member, action), ports: ports)
      path.request = serverGroups
      // No ACL applies between two addresses of one subnet.
      let isInside = action == .translate && member.subnet == subnet
      if !isInside {
        path.request += acl(ofSubnet: member.subnet, .serverACL)
        path.request += inbound
        path.reply += outbound
        path.reply += acl(ofSubnet: member.subnet, .replyServerACL)
      }
      path.request += groups
      path.serverAddresses = serverAddresses
      path.usualClient = server.clientAddress
      path.requestRouting = routing(ofSubnet: member.subnet, isUnknown: &path.isRequestRoutingUnknown)
      path.replyRouting = routing(ofSubnet: subnet, isUnknown: &path.isReplyRoutingUnknown)
      return path
    }
  }

  /// One path a member to what lies beyond the VPC.
  func pathsBeyondVPC(_ action: ServerRoute.Action) -> [FlowPath] {
    members.map { member in
      var path = FlowPath(source: source(member, action), ports: ports)
      path.request = serverGroups
      path.request += acl(ofSubnet: member.subnet, .serverACL)
      path.reply += acl(ofSubnet: member.subnet, .replyServerACL)
      path.serverAddresses = serverAddresses
      path.usualClient = server.clientAddress
      path.requestRouting = routing(ofSubnet: member.subnet, isUnknown: &path.isRequestRoutingUnknown)
      path.staysInVPC = false
      return path
    }
  }

  private func source(_ member: Member, _ action: ServerRoute.Action) -> FlowPath.Source {
    if action == .translate { return .subnet(member.block) }
    return server.clientPool.map { .pool($0.value.canonical.range) } ?? .subnet(nil)
  }

  private func acl(
    ofSubnet subnet: Int?, _ stage: Stage
  ) -> [FilterStage] {
    guard let subnet else { return [] }
    switch attachments.networkACL(ofSubnet: subnet) {
    case .notModelled: return []
    case .undetermined: return [unknownFilter(stage)]
    case .known(let index):
      guard let filter = acls[ACLKey(acl: index, stage: stage)] else { return [] }
      return [filter]
    }
  }

  private func unknownFilter(_ stage: Stage) -> FilterStage {
    FilterStage(stage: stage, holder: .unknown, name: "", rules: nil, span: nil, ports: ports)
  }

  private struct ACLKey: Hashable {
    let acl: Int
    let stage: Stage
  }

  /// The rules of every ACL in numbers, for the server's subnets and for others.
  private static func filters(_ acls: [NetworkACL], _ ports: EphemeralPorts) -> [ACLKey: FilterStage] {
    var filters: [ACLKey: FilterStage] = [:]
    for (index, acl) in acls.enumerated() {
      func add(_ direction: Direction, _ leg: FlowLeg, _ stages: Stage...) {
        let rules = (acl.rules?.elements ?? []).filter { $0.direction.value == direction }.map { FilterRule($0, leg) }
        for stage in stages {
          filters[ACLKey(acl: index, stage: stage)] = FilterStage(
            stage: stage, holder: .acl(index), name: "network ACL `\(acl.name.value)`", rules: rules,
            span: acl.name.span, ports: ports)
        }
      }
      add(.outbound, .request, .serverACL)
      add(.inbound, .request, .workloadACL)
      add(.outbound, .reply, .replyWorkloadACL)
      add(.inbound, .reply, .replyServerACL)
    }
    return filters
  }

  private func workloadGroups(_ workload: Int, _ action: ServerRoute.Action) -> [FilterStage] {
    guard groups != nil else { return [] }
    let ofServer = attachments.securityGroups(ofServer: index) ?? []
    let attached = attachments.securityGroups(ofWorkload: workload)
    return [
      stage(.workloadSecurityGroup, attached, .inbound) { group in
        // A group stands for the server's own addresses, and never for those of the pool.
        action == .translate && ofServer.contains(group) ? .any : .set(.empty)
      }
    ]
  }

  /// The rules of security groups in one direction. `members` are the addresses that a reference to a group stands for;
  /// nil for any.
  private func stage(
    _ stage: Stage, _ attached: [Int]?, _ direction: Direction, members: (Int) -> AddressMatch
  ) -> FilterStage {
    guard let attached, let groups else {
      return unknownFilter(stage)
    }
    let rules = attached.flatMap { groups[$0].rules?.elements ?? [] }.filter { $0.direction.value == direction }
    let names = attached.map { "`\(groups[$0].name.value)`" }.joined(separator: ", ")
    return FilterStage(
      stage: stage, holder: .groups(attached), name: "security group\(attached.count == 1 ? "" : "s") \(names)",
      rules: rules.map { rule in
        switch rule.remote {
        case nil: FilterRule(rule, remote: .any)
        case .prefix(let prefix): FilterRule(rule, remote: AddressMatch(prefix.value))
        case .group(let reference): FilterRule(rule, remote: reference.index.map(members) ?? .set(.empty))
        }
      }, span: attached.first.map { groups[$0].name.span }, ports: ports)
  }

  private func addresses(ofWorkloadsIn group: Int) -> AddressMatch {
    let members = workloads.values.joined().filter {
      attachments.securityGroups(ofWorkload: $0.index)?.contains(group) ?? false
    }
    return .set(IPv4Set(members.map { IPv4Range($0.address, $0.address) }))
  }

  private func routing(ofSubnet subnet: Int?, isUnknown: inout Bool) -> VPCRouting? {
    guard let subnet else { return nil }
    switch attachments.routingTable(ofSubnet: subnet) {
    case .notModelled: return nil
    case .undetermined:
      isUnknown = true
      return nil
    case .known(let index):
      return tables[TableKey(table: index, zone: model.vpc.subnets.elements[subnet].zone?.value)]
    }
  }

  /// A routing table for packets from one zone.
  private struct TableKey: Hashable {
    let table: Int
    let zone: String?
  }

  private func routing(_ key: TableKey) -> VPCRouting? {
    guard let table = model.vpc.routingTables?.elements[key.table] else { return nil }
    let accepts = VPCRouting.acceptsServerRoutes(table) ?? false
    return VPCRouting(table, zone: key.zone, pool: accepts ? poolParts : [])
  }

  /// The pool in as many equal parts as there are members, for which the service writes routes (IBM VPC documentation,
  /// propagating VPN server routes).
  private var poolParts: [IPv4Prefix] {
    guard let pool = server.clientPool?.value.canonical else { return [] }
    guard members.count == 2, pool.length < 32 else { return [pool] }
    let first = IPv4Prefix(pool.address, length: pool.length + 1)
    return [first, IPv4Prefix(IPv4Address(bits: first.last.bits &+ 1), length: pool.length + 1)]
  }
}
