import ClientVPN

/// What a security group is attached to, stated from either side.
public struct SecurityGroupUse: Sendable {
  /// VPN servers, by their positions.
  public internal(set) var servers: [Int] = []
  /// Workloads, by their positions.
  public internal(set) var workloads: [Int] = []
  /// How many targets there are that the model leaves out.
  public internal(set) var others = 0

  /// How many targets there are.
  public var count: Int { servers.count + workloads.count + others }
}

extension Analysis {
  /// What each security group is attached to, by the position of the group. Targets that have the default group because
  /// they name none count.
  public var securityGroupUses: [SecurityGroupUse] {
    let groups = model.vpc.securityGroups?.elements ?? []
    guard !groups.isEmpty else { return [] }
    var uses = [SecurityGroupUse](repeating: SecurityGroupUse(), count: groups.count)
    var names: Set<String> = []
    for (index, server) in model.servers.enumerated() {
      names.formUnion([server.name.value] + (server.id.map { [$0] } ?? []))
      for group in attachments.knownGroups(ofServer: index).positions { uses[group].servers.append(index) }
    }
    for (index, workload) in (model.vpc.workloads?.elements ?? []).enumerated() {
      names.insert(workload.name.value)
      for group in attachments.knownGroups(ofWorkload: index).positions { uses[group].workloads.append(index) }
    }
    for (index, group) in groups.enumerated() {
      let targets = group.targets?.elements ?? []
      uses[index].others =
        Set(targets.map { $0.id ?? $0.text }.filter { !names.contains($0) })
        .subtracting(targets.filter { names.contains($0.text) }.compactMap(\.id)).count
    }
    return uses
  }

  /// Whether the VPC gives the group to targets that name none.
  public func isDefault(securityGroup index: Int) -> Bool {
    model.vpc.defaultSecurityGroup.map { $0.index == index }
      ?? (model.vpc.securityGroups?.elements[index].isDefault ?? false)
  }

  /// How many security groups a VPN server is in, by its position.
  public func countOfSecurityGroups(ofServer server: Int) -> Int {
    count(model.servers[server].securityGroups, attachments.securityGroups(ofServer: server))
  }

  /// How many security groups a workload is in, by its position.
  public func countOfSecurityGroups(ofWorkload workload: Int) -> Int {
    count(model.vpc.workloads?.elements[workload].securityGroups, attachments.securityGroups(ofWorkload: workload))
  }

  /// Those known by their positions, or as many different ones as are named.
  private func count(_ named: ListField<Reference>?, _ known: [Int]?) -> Int {
    known?.count ?? Set((named?.elements ?? []).map { $0.id ?? $0.text }).count
  }
}
