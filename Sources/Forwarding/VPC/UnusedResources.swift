public import ClientVPN

// What stands in a VPC and does nothing there. The defaults of a VPC cannot be deleted and are left out. A reference to
// nothing may mean any of them, and is told as such: beside one of the kind nothing is listed.
extension Analysis {
  /// Network ACLs that no subnet has.
  public var unusedACLs: [NetworkACL] {
    let acls = model.vpc.networkACLs?.elements ?? []
    guard !acls.isEmpty else { return [] }
    if model.vpc.subnetsAreUnknown || model.vpc.subnets.elements.contains(where: { $0.networkACL.mayBeAny }) {
      return []
    }
    var used: Set<Int> = []
    for subnet in model.vpc.subnets.elements.indices {
      if case .known(let acl) = attachments.networkACL(ofSubnet: subnet) { used.insert(acl) }
    }
    return acls.indices.filter { index in
      let isDefault = model.vpc.defaultNetworkACL.map { $0.index == index } ?? acls[index].isDefault
      return !isDefault && !used.contains(index) && acls[index].subnets.isEmpty
    }.map { acls[$0] }
  }

  /// Routing tables that no subnet has, and by which nothing is routed that comes into the VPC.
  public var unusedRoutingTables: [RoutingTable] {
    let tables = routingTables
    guard !tables.isEmpty else { return [] }
    if model.vpc.subnetsAreUnknown || model.vpc.subnets.elements.contains(where: { $0.routingTable.mayBeAny }) {
      return []
    }
    var used: Set<Int> = []
    for subnet in model.vpc.subnets.elements.indices {
      if case .known(let table) = attachments.routingTable(ofSubnet: subnet) { used.insert(table) }
    }
    return tables.indices.filter { index in
      !isDefault(table: index) && !used.contains(index) && tables[index].subnets.isEmpty && !tables[index].isIngress
        && !tables[index].ingressIsUnknown
    }.map { tables[$0] }
  }

  /// Security groups that nothing is in and no rule names. Where neither workloads nor the targets of the group are
  /// modelled, it is not known.
  public var unusedSecurityGroups: [SecurityGroup] {
    let groups = model.vpc.securityGroups?.elements ?? []
    guard !groups.isEmpty else { return [] }
    if model.servers.contains(where: { $0.securityGroups.mayHaveAny })
      || (model.vpc.workloads?.elements ?? []).contains(where: { $0.securityGroups.mayHaveAny })
      || model.vpc.securityGroups?.isIncomplete ?? false
    {
      return []
    }
    var named: Set<Int> = []
    for group in groups {
      for rule in group.rules?.elements ?? [] {
        guard case .group(let reference)? = rule.remote else { continue }
        if reference.mayBeAny { return [] }
        if let index = reference.index { named.insert(index) }
      }
    }
    let uses = securityGroupUses
    return groups.indices.filter { index in
      let isKnown =
        groups[index].targets.map { !$0.isIncomplete } ?? (model.vpc.workloads.map { !$0.isIncomplete } ?? false)
      return isKnown && uses[index].count == 0 && !named.contains(index) && !isDefault(securityGroup: index)
    }.map { groups[$0] }
  }
}

extension Reference {
  /// Whether it names nothing that is known, or is not known itself.
  fileprivate var mayBeAny: Bool { index == nil && (!isAPIObject || isUnknown) }
}

extension Reference? {
  fileprivate var mayBeAny: Bool { self?.mayBeAny ?? false }
}

extension ListField<Reference>? {
  /// Whether one of them may be any.
  fileprivate var mayHaveAny: Bool { self.map { $0.isIncomplete || $0.elements.contains(where: \.mayBeAny) } ?? false }
}
