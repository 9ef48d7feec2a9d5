import ClientVPN
import IPv4Space
import SourceText

// What is edited of network ACLs and security groups.

extension ChangeCollector {
  private typealias Value = Change.Value

  /// The edits of filters; none of a kind unless both models have it.
  func filterChanges() -> [Change] { ofNetworkACLs() + ofSecurityGroups() }

  /// Whether what stands in one model alone is a default resource, and the other model has none: as every VPC has one,
  /// it is left out there.
  func isLeftOut<Resource>(
    _ mine: Int?, _ theirs: Int?, of old: [Resource], _ new: [Resource], _ isDefault: (Resource) -> Bool
  ) -> Bool {
    if mine == nil, let theirs { return isDefault(new[theirs]) && !old.contains(where: isDefault) }
    if theirs == nil, let mine { return isDefault(old[mine]) && !new.contains(where: isDefault) }
    return false
  }

  // MARK: Network ACLs

  private func ofNetworkACLs() -> [Change] {
    guard let old = before.model.vpc.networkACLs?.elements, let new = after.model.vpc.networkACLs?.elements else {
      return []
    }
    let pairs = matching.networkACLs.all.filter { !isLeftOut($0, $1, of: old, new, \.isDefault) }
    return pairs.flatMap { mine, theirs -> [Change] in
      let scope = Scope.tunnel(
        tunnel(ofACL: mine, theirs), inVPC(oldSubnets: subnets(ofACL: mine, before), subnets(ofACL: theirs, after)))
      switch (mine, theirs) {
      case (nil, let index?):
        return [whole(.networkACL, .added, new[index].name, nil, Value("", new[index].name.span), .everyPacket, scope)]
      case (let index?, nil):
        return [
          whole(.networkACL, .removed, old[index].name, Value("", old[index].name.span), nil, .everyPacket, scope)
        ]
      case (let mine?, let theirs?):
        return renaming(.networkACL, old[mine].name, new[theirs].name) + rules(old[mine], new[theirs], scope)
      case (nil, nil): return []
      }
    }
  }

  private func subnets(ofACL acl: Int?, _ analysis: Analysis) -> [Int] {
    guard let acl else { return [] }
    return analysis.model.vpc.subnets.elements.indices.filter {
      analysis.attachments.networkACL(ofSubnet: $0) == .known(acl)
    }
  }

  private func tunnel(ofACL old: Int?, _ new: Int?) -> ReachChange {
    tunnel(
      closedBy: { block, _ in new != nil && block.acl == new }, openedBy: { block, _ in old != nil && block.acl == old }
    )
  }

  /// What filters do to the tunnels of servers: those that stop one now, and those that stopped one. They are told with
  /// the position of the server.
  func tunnel(
    closedBy: (TunnelBlock, Int) -> Bool, openedBy: (TunnelBlock, Int) -> Bool
  ) -> ReachChange {
    servers.reduce(.unchanged) { result, server in
      func isOneOf(_ analysis: ServerAnalysis?, _ test: (TunnelBlock, Int) -> Bool) -> Bool {
        analysis.map { server in server.tunnelBlocks.contains { test($0, server.index) } } ?? false
      }
      return result.joined(
        ReachChange(
          widens: server.tunnel.widens && isOneOf(server.before, openedBy),
          narrows: server.tunnel.narrows && isOneOf(server.after, closedBy)))
    }
  }

  private func rules(_ old: NetworkACL, _ new: NetworkACL, _ scope: Scope) -> [Change] {
    guard let mine = old.rules?.elements, let theirs = new.rules?.elements, !old.rulesAreUnknown, !new.rulesAreUnknown
    else { return [] }
    let rules = Matching(mine, theirs, by: [{ $0.inShort }, { $0.name?.value }])
    let changes = rules.all.compactMap { before, after -> Change? in
      let (was, isNow) = (before.map { mine[$0] }, after.map { theirs[$0] })
      return was?.inShort == isNow?.inShort ? nil : rule(was, isNow, new, scope)
    }
    return changes + reordering(mine, theirs, rules, new, scope)
  }

  /// The first rule that matches decides: that rules which stay change places matters.
  private func reordering(
    _ old: [ACLRule], _ new: [ACLRule], _ rules: Matching, _ acl: NetworkACL, _ scope: Scope
  ) -> [Change] {
    let moved = Direction.allCases.flatMap { direction -> [(old: Int, new: Int)] in
      let pairs = rules.pairs.filter { old[$0.old].direction.value == direction }
      return zip(pairs, pairs.map(\.old).sorted()).filter { $0.old != $1 }.map(\.0)
    }
    guard let first = moved.first else { return [] }
    return [
      change(
        .networkACLOrder, .changed, "vpc/network_acls/\(acl.name.value)/rules", name: nil,
        owner: Change.Owner(thing: .networkACL, name: acl.name.value), Value("", old[first.old].span),
        Value("", new[first.new].span), .everyPacket, scope)
    ]
  }

  private func rule(_ was: ACLRule?, _ isNow: ACLRule?, _ acl: NetworkACL, _ scope: Scope) -> Change? {
    guard let rule = isNow ?? was else { return nil }
    let isChanged = was != nil && isNow != nil
    // A rule that allows lets more through when it comes, and less when it goes.
    let scope = isChanged ? scope : scope.limited(to: rule.allows.value == (was == nil) ? .widened : .narrowed)
    return change(
      .networkACLRule, isChanged ? .changed : was == nil ? .added : .removed,
      "vpc/network_acls/\(acl.name.value)/rules/\(rule.name?.value ?? rule.inShort)", name: rule.name?.value,
      owner: Change.Owner(thing: .networkACL, name: acl.name.value), was.map { Value($0.inShort, $0.span) },
      isNow.map { Value($0.inShort, $0.span) }, .everyPacket, scope)
  }

  // MARK: Security groups

  private func ofSecurityGroups() -> [Change] {
    guard let old = before.model.vpc.securityGroups?.elements, let new = after.model.vpc.securityGroups?.elements
    else { return [] }
    let pairs = matching.securityGroups.all.filter { !isLeftOut($0, $1, of: old, new, \.isDefault) }
    return pairs.flatMap { mine, theirs -> [Change] in
      let scope = scope(ofGroup: mine, theirs)
      switch (mine, theirs) {
      case (nil, let index?):
        return [
          whole(
            .securityGroup, .added, new[index].name, nil, Value("", new[index].name.span), .newConnectionsAlone, scope)
        ]
      case (let index?, nil):
        return [
          whole(
            .securityGroup, .removed, old[index].name, Value("", old[index].name.span), nil, .newConnectionsAlone,
            scope)
        ]
      case (let mine?, let theirs?):
        return renaming(.securityGroup, old[mine].name, new[theirs].name) + rules(old[mine], new[theirs], scope)
      case (nil, nil): return []
      }
    }
  }

  private func rules(_ old: SecurityGroup, _ new: SecurityGroup, _ scope: Scope) -> [Change] {
    guard let mine = old.rules?.elements, let theirs = new.rules?.elements else { return [] }
    let partners = matching.securityGroups.newOfOld
    let groups = after.model.vpc.securityGroups?.elements ?? []
    func short(_ rule: SecurityGroupRule, _ partner: (Int) -> Int?) -> String {
      rule.inShort { reference in reference.index.flatMap(partner).map { groups[$0].name.value } ?? reference.text }
    }
    let before = mine.map { short($0) { partners[$0] } }
    let after = theirs.map { short($0) { $0 } }
    let rules = Matching(before, after, by: [{ $0 }])
    // What a model lacks may be one of the rules that it does not tell.
    let (added, removed) = (old.rulesAreUnknown ? [] : rules.added, new.rulesAreUnknown ? [] : rules.removed)
    return added.map { rule(after[$0], theirs[$0].span, .added, new, scope) }
      + removed.map { rule(before[$0], mine[$0].span, .removed, new, scope) }
  }

  private func rule(
    _ text: String, _ span: Span, _ event: Change.Event, _ group: SecurityGroup, _ scope: Scope
  ) -> Change {
    change(
      .securityGroupRule, event, "vpc/security_groups/\(group.name.value)/rules/\(text)", name: nil,
      owner: Change.Owner(thing: .securityGroup, name: group.name.value), event == .removed ? Value(text, span) : nil,
      event == .added ? Value(text, span) : nil, .newConnectionsAlone,
      scope.limited(to: event == .added ? .widened : .narrowed))
  }

  private func scope(ofGroup old: Int?, _ new: Int?) -> Scope {
    func places(_ analysis: Analysis, _ group: Int?) -> (ranges: [IPv4Range], servers: Set<Int>) {
      guard let group else { return ([], []) }
      let workloads = analysis.model.vpc.workloads?.elements ?? []
      let ranges = analysis.attachments.workloads(inGroup: group).compactMap { analysis.model.range(of: workloads[$0]) }
      return (ranges, Set(analysis.attachments.servers(inGroup: group)))
    }
    let (mine, theirs) = (places(before, old), places(after, new))
    let scope = Scope.inVPC(IPv4Set(mine.ranges + theirs.ranges), old: mine.servers, new: theirs.servers)
    func isOfGroups(_ block: TunnelBlock) -> Bool { if case .groups = block.filter { true } else { false } }
    let change = tunnel(
      closedBy: { isOfGroups($0) && theirs.servers.contains($1) },
      openedBy: { isOfGroups($0) && mine.servers.contains($1) })
    return .tunnel(change, scope)
  }

  // MARK: Whole resources

  private func whole(
    _ thing: Change.Thing, _ event: Change.Event, _ name: Field<String>, _ before: Value?, _ after: Value?,
    _ reason: Change.Reason, _ scope: Scope
  ) -> Change {
    let list = thing == .networkACL ? "network_acls" : "security_groups"
    return change(
      thing, event, "vpc/\(list)/\(name.value)", name: name.value, before, after, reason, scope)
  }

  private func renaming(_ thing: Change.Thing, _ old: Field<String>, _ new: Field<String>) -> [Change] {
    guard old.value != new.value else { return [] }
    return [
      whole(thing, .renamed, new, Value(old.value, old.span), Value(new.value, new.span), .nameAlone, .nothing)
    ]
  }
}

extension Model {
  /// The address of a workload; for want of one its subnet.
  func range(of workload: Workload) -> IPv4Range? {
    if let address = workload.address?.value { return IPv4Range(address, address) }
    return workload.subnet?.index.map { vpc.subnets.elements[$0].block.value.range }
  }
}

extension TunnelBlock {
  /// Position of the network ACL; nil if it is another filter.
  fileprivate var acl: Int? {
    switch filter {
    case .inboundACL(let acl, _), .outboundACL(let acl, _): acl
    case .groups: nil
    }
  }

  /// Position of the subnet of a network ACL; nil if it is another filter.
  var subnet: Int? {
    switch filter {
    case .inboundACL(_, let subnet), .outboundACL(_, let subnet): subnet
    case .groups: nil
    }
  }
}

extension ACLRule {
  /// What the rule says, without its name.
  fileprivate var inShort: String {
    let ends = [(source, sourcePorts, "from"), (destination, destinationPorts, "to")].compactMap { end -> String? in
      let (prefix, ports, word) = end
      let parts = [prefix.map { $0.value.canonical }.flatMap { $0.length == 0 ? nil : "\($0)" }, ports.inShort]
      let text = parts.compactMap(\.self).joined(separator: " ")
      return text.isEmpty ? nil : "\(word) \(text)"
    }
    return ([direction.value.rawValue, allows.value ? "allow" : "deny", transport.value, icmp] + ends)
      .compactMap(\.self).joined(separator: " ")
  }

  private var icmp: String? { icmpType.map { "type \($0.value)\(icmpCode.map { " code \($0.value)" } ?? "")" } }
}

extension SecurityGroupRule {
  /// What the rule says; `name` names a group.
  fileprivate func inShort(_ name: (Reference) -> String) -> String {
    let peer: String? =
      switch remote {
      case .prefix(let prefix): prefix.value.length == 0 ? nil : "remote \(prefix.value.canonical)"
      case .group(let reference): "remote group \(name(reference))"
      case nil: nil
      }
    let own = local.flatMap { $0.value.length == 0 ? nil : "local \($0.value.canonical)" }
    let icmp = icmpType.map { "type \($0.value)\(icmpCode.map { " code \($0.value)" } ?? "")" }
    return [direction.value.rawValue, transport.value, icmp, ports.inShort, peer, own].compactMap(\.self).joined(
      separator: " ")
  }
}

extension PortBounds {
  /// The ports; nil for all.
  fileprivate var inShort: String? {
    let (low, high) = (min?.value ?? 1, max?.value ?? 65535)
    if low <= 1, high >= 65535 { return nil }
    return low == high ? "port \(low)" : "ports \(low)-\(high)"
  }
}
