import ClientVPN

// What of the network is not compared, because one of the models alone does not tell it.

extension ChangeCollector {
  private typealias NotCompared = Comparison.NotCompared

  /// What of the VPC and of what lies beyond one of the models alone tells.
  func networkNotCompared() -> [Comparison.NotCompared] {
    rulesNotCompared() + notCompared(after.model, beside: before.model, isNew: true)
      + notCompared(before.model, beside: after.model, isNew: false)
  }

  /// The rules and routes that one of the models lacks and may have.
  private func rulesNotCompared() -> [NotCompared] {
    let (old, new) = (before.model.vpc, after.model.vpc)
    let acls = pairs(old.networkACLs?.elements, new.networkACLs?.elements, matching.networkACLs)
    let groups = pairs(old.securityGroups?.elements, new.securityGroups?.elements, matching.securityGroups)
    let tables = pairs(old.routingTables?.elements, new.routingTables?.elements, matching.routingTables)
    return acls.compactMap {
      notCompared(.networkACLRule, .networkACL, $1.name.value, $0.rulesAreUnknown, $1.rulesAreUnknown)
    }
      + groups.compactMap {
        notCompared(.securityGroupRule, .securityGroup, $1.name.value, $0.rulesAreUnknown, $1.rulesAreUnknown)
      }
      + tables.compactMap {
        notCompared(.vpcRoute, .routingTable, $1.name.value, $0.routesAreUnknown, $1.routesAreUnknown)
      }
  }

  private func pairs<Resource>(_ old: [Resource]?, _ new: [Resource]?, _ matching: Matching) -> [(Resource, Resource)] {
    guard let old, let new else { return [] }
    return matching.pairs.map { (old[$0.old], new[$0.new]) }
  }

  private func notCompared(
    _ thing: Change.Thing, _ owner: Change.Thing, _ name: String, _ wasUnknown: Bool, _ isUnknown: Bool
  ) -> NotCompared? {
    guard wasUnknown != isUnknown else { return nil }
    return NotCompared(thing: thing, owner: Change.Owner(thing: owner, name: name), isUnknownInNew: isUnknown)
  }

  // MARK: Fields and lists

  /// What a model says that it does not know, and the other one tells.
  private func notCompared(_ silent: Model, beside other: Model, isNew: Bool) -> [NotCompared] {
    guard !silent.gaps.isEmpty else { return [] }
    let (own, theirs) = (silent.resourcePaths, other.resourcePaths)
    return silent.gaps.compactMap { gap in
      guard knowledge.isTold(gap, inNew: !isNew) else { return nil }
      if let list = NetworkList.of(gap), list.isModelled(in: other), list.isModelled(in: silent) || list == .networks {
        return NotCompared(thing: list.thing, owner: nil, isUnknownInNew: isNew)
      }
      // What the other model lacks altogether is added or removed; what is too little known to be in the model is here.
      guard theirs.contains(gap.resource) || !own.contains(gap.resource), let item = NetworkItem(gap) else {
        return nil
      }
      return NotCompared(thing: item.thing, owner: item.owner, isUnknownInNew: isNew)
    }
  }
}

/// A list of a model that it may say not to know.
private enum NetworkList: String, CaseIterable {
  case subnets, workloads, networks
  case addressPrefixes = "address_prefixes"
  case routingTables = "routing_tables"
  case networkACLs = "network_acls"
  case securityGroups = "security_groups"

  static func of(_ gap: ImportGap) -> NetworkList? {
    let list = NetworkList(rawValue: gap.field)
    return list.flatMap { gap.resource == $0.place ? $0 : nil }
  }

  /// The path of what has the list.
  var place: String { self == .networks ? "" : "vpc" }

  var thing: Change.Thing {
    switch self {
    case .subnets: .subnet
    case .workloads: .workload
    case .networks: .network
    case .addressPrefixes: .addressPrefix
    case .routingTables: .routingTable
    case .networkACLs: .networkACL
    case .securityGroups: .securityGroup
    }
  }

  func isModelled(in model: Model) -> Bool {
    switch self {
    case .subnets: true
    case .workloads: model.vpc.workloads != nil
    case .networks: model.networks != nil
    case .addressPrefixes: model.vpc.addressPrefixes != nil
    case .routingTables: model.vpc.routingTables != nil
    case .networkACLs: model.vpc.networkACLs != nil
    case .securityGroups: model.vpc.securityGroups != nil
    }
  }
}

/// A field of a resource that a model says not to know.
private struct NetworkItem {
  let thing: Change.Thing
  let owner: Change.Owner

  /// nil for what is not compared, or told otherwise.
  init?(_ gap: ImportGap) {
    guard let (list, name) = Self.steps(gap.resource) else { return nil }
    switch list {
    case .subnets:
      guard let thing = Self.ofSubnet[gap.field] else { return nil }
      (self.thing, owner) = (thing, Change.Owner(thing: .subnet, name: name))
    case .routingTables:
      guard let thing = Self.ofRoutingTable[gap.field] else { return nil }
      (self.thing, owner) = (thing, Change.Owner(thing: .routingTable, name: name))
    // These are compared by all that their model says.
    case .workloads, .networks: (thing, owner) = (list.thing, Change.Owner(thing: list.thing, name: name))
    case .addressPrefixes, .networkACLs, .securityGroups: return nil
    }
  }

  /// The list and the name of a resource, by its path; what stands in a resource is none.
  private static func steps(_ resource: String) -> (list: NetworkList, name: String)? {
    for list in NetworkList.allCases {
      let prefix = list.place.isEmpty ? "\(list.rawValue)/" : "\(list.place)/\(list.rawValue)/"
      if resource.hasPrefix(prefix) { return (list, String(resource.dropFirst(prefix.count))) }
    }
    return nil
  }

  private static let ofSubnet: [String: Change.Thing] = [
    "ipv4_cidr_block": .subnetBlock, "network_acl": .subnetNetworkACL, "routing_table": .subnetRoutingTable,
    "public_gateway": .publicGateway,
  ]
  private static let ofRoutingTable: [String: Change.Thing] = Dictionary(
    [("accept_routes_from", .acceptedRoutes), ("advertise_routes_to", .advertisedRoutes)]
      + RoutingTable.ingressKeys.map { ($0, .ingress) }, uniquingKeysWith: { first, _ in first })
}

extension Model {
  /// The paths of the resources whose fields are compared.
  fileprivate var resourcePaths: Set<String> {
    Set(
      vpc.subnets.elements.map { "vpc/subnets/\($0.name.value)" }
        + (vpc.routingTables?.elements ?? []).map { "vpc/routing_tables/\($0.name.value)" }
        + (vpc.workloads?.elements ?? []).map { "vpc/workloads/\($0.name.value)" }
        + (networks?.elements ?? []).map { "networks/\($0.name.value)" })
  }
}
