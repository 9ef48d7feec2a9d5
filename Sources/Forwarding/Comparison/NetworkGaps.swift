import ClientVPN

// What of filters and routing tables is not compared, because one of the models alone does not tell it.

extension ChangeCollector {
  /// The rules and routes that one of the models lacks and may have.
  func networkNotCompared() -> [Comparison.NotCompared] {
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
  ) -> Comparison.NotCompared? {
    guard wasUnknown != isUnknown else { return nil }
    return Comparison.NotCompared(
      thing: thing, owner: Change.Owner(thing: owner, name: name), isUnknownInNew: isUnknown)
  }
}
