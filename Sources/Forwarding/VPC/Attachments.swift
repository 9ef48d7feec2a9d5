import ClientVPN

/// What is attached to what in a VPC, stated from either side, with the defaults.
public struct Attachments: Sendable {
  /// What is attached to one resource.
  public enum Holder: Sendable, Equatable {
    /// Position of the routing table or network ACL.
    case known(Int)
    /// The model has none of its kind.
    case notModelled
    /// The model has some, and neither an attachment nor a default.
    case undetermined
  }

  /// In which subnets servers and workloads stand.
  public let occupants: SubnetOccupants
  private let routingTables: [Holder]
  private let networkACLs: [Holder]
  fileprivate let groupsOfWorkloads: [Groups]
  fileprivate let groupsOfServers: [Groups]
  /// By the position of a security group, where all groups of a workload or server are known.
  private let workloadsInGroups, serversInGroups: [Int: [Int]]

  /// The security groups of a workload or server.
  fileprivate struct Groups {
    /// Those of the model, ascending.
    var positions: [Int]
    /// Those that the model leaves out.
    var others: [Reference] = []
    /// Whether there may be more.
    var isIncomplete = false
    /// Whether one of them may have other rules.
    var rulesAreUnknown = false
  }

  /// Whether a workload or server is in a security group.
  enum Membership {
    case member, outsider, unknown
  }

  /// The routing table of a subnet, by its position.
  public func routingTable(ofSubnet subnet: Int) -> Holder {
    routingTables.isEmpty ? .notModelled : routingTables[subnet]
  }

  /// The subnets that have a routing table, by their positions.
  public func subnets(ofRoutingTable table: Int) -> [Int] {
    routingTables.indices.filter { routingTables[$0] == .known(table) }
  }

  /// The network ACL of a subnet, by its position.
  public func networkACL(ofSubnet subnet: Int) -> Holder {
    networkACLs.isEmpty ? .notModelled : networkACLs[subnet]
  }

  /// Positions of the security groups of a workload, by its position; nil if they are not known.
  public func securityGroups(ofWorkload workload: Int) -> [Int]? { groupsOfWorkloads[workload].known }

  /// Positions of the security groups of a server, by its position; nil if they are not known.
  public func securityGroups(ofServer server: Int) -> [Int]? { groupsOfServers[server].known }

  /// The workloads in a security group, by their positions, as far as all groups of a workload are known.
  func workloads(inGroup group: Int) -> [Int] { workloadsInGroups[group] ?? [] }

  /// The servers in a security group, by their positions, as far as all groups of a server are known.
  func servers(inGroup group: Int) -> [Int] { serversInGroups[group] ?? [] }

  /// The security groups of a workload that are known, by their positions, and whether there may be others.
  func knownGroups(ofWorkload workload: Int) -> (positions: [Int], isComplete: Bool) {
    (groupsOfWorkloads[workload].positions, groupsOfWorkloads[workload].known != nil)
  }

  /// The security groups of a server that are known, by their positions, and whether there may be others.
  func knownGroups(ofServer server: Int) -> (positions: [Int], isComplete: Bool) {
    (groupsOfServers[server].positions, groupsOfServers[server].known != nil)
  }

  /// Whether a server, by its position, may be in other groups than those that are known, whatever their rules are.
  func mayHaveOtherGroups(ofServer server: Int) -> Bool { groupsOfServers[server].isIncomplete }

  /// Whether a workload, by its position, is in the group that a reference stands for.
  func membership(ofWorkload workload: Int, in group: Reference) -> Membership {
    groupsOfWorkloads[workload].membership(in: group)
  }

  /// Whether a server, by its position, is in the group that a reference stands for.
  func membership(ofServer server: Int, in group: Reference) -> Membership {
    groupsOfServers[server].membership(in: group)
  }

  init(_ model: Model) {
    occupants = SubnetOccupants(model)
    let vpc = model.vpc
    let subnets = vpc.subnets.elements
    routingTables = Self.holders(
      subnets.count, { subnets[$0].routingTable }, vpc.routingTables?.elements.map(\.subnets),
      mayHaveOthers: vpc.routingTables?.isIncomplete ?? false,
      standard: vpc.defaultRoutingTable, vpc.routingTables?.elements.firstIndex(where: \.isDefault))
    networkACLs = Self.holders(
      subnets.count, { subnets[$0].networkACL }, vpc.networkACLs?.elements.map(\.subnets),
      mayHaveOthers: vpc.networkACLs?.isIncomplete ?? false,
      standard: vpc.defaultNetworkACL, vpc.networkACLs?.elements.firstIndex(where: \.isDefault))
    let groups = vpc.securityGroups
    let standard = vpc.defaultSecurityGroup?.index ?? groups?.elements.firstIndex(where: \.isDefault)
    let workloads = vpc.workloads?.elements ?? []
    groupsOfWorkloads = Self.groups(workloads.map { ($0.securityGroups, [$0.name.value]) }, groups, standard)
    groupsOfServers = Self.groups(
      model.servers.map { ($0.securityGroups, [$0.name.value] + ($0.id.map { [$0] } ?? [])) }, groups, standard)
    (workloadsInGroups, serversInGroups) = (Self.members(of: groupsOfWorkloads), Self.members(of: groupsOfServers))
  }

  private static func members(of groups: [Groups]) -> [Int: [Int]] {
    var members: [Int: [Int]] = [:]
    for (target, groups) in groups.enumerated() {
      for group in groups.known ?? [] { members[group, default: []].append(target) }
    }
    return members
  }

  /// The subnet's own statement, else the other side's, else the default; empty if none of the kind is modelled. Where
  /// there may be others of the kind, one of them may name the subnet.
  private static func holders(
    _ count: Int, _ own: (Int) -> Reference?, _ stated: [[Reference]]?, mayHaveOthers: Bool,
    standard: Reference?, _ marked: Int?
  ) -> [Holder] {
    guard let stated else { return [] }
    let fallback = mayHaveOthers ? nil : standard.map { $0.index } ?? marked
    // A reference to a resource that the model leaves out tells that it is another one than those in the model.
    var holders = (0..<count).map { subnet -> Holder in
      (own(subnet).map { $0.index } ?? fallback).map { .known($0) } ?? .undetermined
    }
    for (holder, subnets) in stated.enumerated() {
      for subnet in subnets.compactMap(\.index) where own(subnet) == nil { holders[subnet] = .known(holder) }
    }
    return holders
  }

  /// The target's own list together with the groups that name it; without either the default group. Where there may be
  /// other groups, or other targets of one, it may be in more.
  private static func groups(
    _ targets: [(own: ListField<Reference>?, names: [String])], _ groups: ListField<SecurityGroup>?, _ standard: Int?
  ) -> [Groups] {
    let mayBeNamed = groups.map { $0.isIncomplete || $0.elements.contains { $0.targets?.isIncomplete ?? false } }
    var holders: [String: [Int]] = [:]
    for (index, group) in (groups?.elements ?? []).enumerated() {
      for target in group.targets?.elements ?? [] { holders[target.text, default: []].append(index) }
    }
    return targets.map { target in
      let own = target.own?.elements ?? []
      let all = Set(own.compactMap(\.index) + target.names.flatMap { holders[$0] ?? [] })
      let isDefault = all.isEmpty && target.own == nil && mayBeNamed != true
      let positions = isDefault ? standard.map { [$0] } ?? [] : all.sorted()
      return Groups(
        positions: positions, others: own.filter { $0.index == nil },
        isIncomplete: isDefault ? standard == nil : groups == nil || target.own?.isIncomplete ?? mayBeNamed ?? true,
        rulesAreUnknown: positions.contains { groups?.elements[$0].rulesAreUnknown ?? false })
    }
  }
}

extension Attachments.Groups {
  /// All of them; nil if the model does not tell. A group that the API names and the model leaves out may allow anything.
  fileprivate var known: [Int]? { isIncomplete || rulesAreUnknown || !others.isEmpty ? nil : positions }

  fileprivate func membership(in group: Reference) -> Attachments.Membership {
    if let index = group.index {
      if positions.contains(index) { return .member }
    } else if others.contains(where: { $0.isSame(as: group) }) {
      return .member
    }
    return isIncomplete ? .unknown : .outsider
  }
}

extension Reference {
  /// Whether two references to something that the model leaves out stand for the same.
  fileprivate func isSame(as other: Reference) -> Bool {
    if let id, let otherID = other.id { return id == otherID }
    return text == other.text || id == other.text || text == other.id
  }
}
