import ClientVPN
import IPv4Space
import SourceText

// What is edited of the VPC: its subnets and address prefixes, and its routing tables.

extension ChangeCollector {
  private typealias Value = Change.Value

  /// The edits of the VPC, its address prefixes and its subnets.
  func networkChanges() -> [Change] { ofVPC() + ofAddressPrefixes() + ofSubnets() }

  private func ofVPC() -> [Change] {
    let (old, new) = (before.model.vpc, after.model.vpc)
    var changes: [Change] = []
    if let name = old.name, let newName = new.name, name.value != newName.value {
      changes.append(
        change(
          .vpc, .renamed, "vpc", name: newName.value, Value(name.value, name.span),
          Value(newName.value, newName.span), .nameAlone, .nothing))
    }
    if let access = old.classicAccess, let newAccess = new.classicAccess, access.value != newAccess.value {
      changes.append(
        change(
          .classicAccess, .changed, "vpc/classic_access", name: nil, Value("\(access.value)", access.span),
          Value("\(newAccess.value)", newAccess.span), .surroundings, .rest(.everything)))
    }
    return changes
  }

  private func ofAddressPrefixes() -> [Change] {
    guard let old = before.model.vpc.addressPrefixes?.elements, let new = after.model.vpc.addressPrefixes?.elements
    else { return [] }
    let prefixes = Matching(old, new, by: [{ $0.cidr.value.canonical.description }])
    return prefixes.added.map { changed(new[$0], .added) } + prefixes.removed.map { changed(old[$0], .removed) }
  }

  private func changed(_ prefix: AddressPrefix, _ event: Change.Event) -> Change {
    let network = prefix.cidr.value.canonical
    let value = Value(network.description, prefix.cidr.span)
    return change(
      .addressPrefix, event, "vpc/address_prefixes/\(prefix.name?.value ?? network.description)",
      name: prefix.name?.value, event == .removed ? value : nil, event == .added ? value : nil, .surroundings,
      .rest(IPv4Set(network)))
  }

  // MARK: Subnets

  private func ofSubnets() -> [Change] {
    let (old, new) = (before.model.vpc.subnets.elements, after.model.vpc.subnets.elements)
    return matching.subnets.all.flatMap { mine, theirs -> [Change] in
      switch (mine, theirs) {
      case (nil, let index?):
        [subnet(.subnet, .added, new[index], nil, new[index].value, .surroundings, .addresses(new[index].addresses))]
      case (let index?, nil):
        [gone(old[index])]
      case (let mine?, let theirs?): ofSubnet(mine, theirs, old[mine], new[theirs])
      case (nil, nil): []
      }
    }
  }

  /// A subnet that the new model lacks: it is removed, or the addresses that it will have are not known.
  private func gone(_ old: Subnet) -> Change {
    guard let place = knowledge.remaking(of: old) else {
      return subnet(.subnet, .removed, old, old.value, nil, .surroundings, .addresses(old.addresses))
    }
    return subnet(.subnet, .replaced, old, old.value, Value("", place), .subnetRemade, .addresses(old.addresses))
  }

  private func ofSubnet(_ mine: Int, _ theirs: Int, _ old: Subnet, _ new: Subnet) -> [Change] {
    var changes: [Change] = []
    if knowledge.isReplaced(old, new) {
      changes.append(
        subnet(
          .subnet, .replaced, new, old.value, new.value, .subnetRemade,
          .addresses(old.addresses.union(new.addresses))))
    } else if old.name.value != new.name.value {
      changes.append(
        subnet(
          .subnet, .renamed, new, Value(old.name.value, old.name.span), Value(new.name.value, new.name.span),
          .nameAlone, .nothing))
    }
    if old.block.value.canonical != new.block.value.canonical {
      changes.append(
        subnet(
          .subnetBlock, .changed, new, old.value, new.value, .surroundings,
          .addresses(old.addresses.union(new.addresses))))
    }
    if (old.publicGateway == nil) != (new.publicGateway == nil),
      knowledge.areTold("public_gateway", old.path, new.path)
    {
      let values = [old, new].map { Value($0.publicGateway?.value ?? "none", $0.publicGateway?.span ?? $0.name.span) }
      changes.append(
        subnet(.publicGateway, .changed, new, values[0], values[1], .surroundings, inVPC(oldSubnets: [mine], [theirs])))
    }
    return changes + attachmentChanges(mine, theirs, old, new)
  }

  private func attachmentChanges(_ mine: Int, _ theirs: Int, _ old: Subnet, _ new: Subnet) -> [Change] {
    var changes: [Change] = []
    func add(
      _ thing: Change.Thing, _ pairs: [Int: Int], _ old: (holder: Attachments.Holder, reference: Reference?),
      _ new: (holder: Attachments.Holder, reference: Reference?), _ oldName: (Int) -> String?,
      _ newName: (Int) -> String?,
      _ reason: Change.Reason, tunnel: ReachChange = .unchanged
    ) {
      var names = (old.reference?.foreignID, new.reference?.foreignID)
      if case (.known(let was), .known(let isNow)) = (old.holder, new.holder) {
        guard pairs[was] != isNow else { return }
        names = (oldName(was), newName(isNow))
      }
      guard let was = names.0, let isNow = names.1, was != isNow else { return }
      changes.append(
        subnet(
          thing, .changed, after.model.vpc.subnets.elements[theirs],
          Value(was, old.reference?.span ?? before.model.vpc.subnets.elements[mine].name.span),
          Value(isNow, new.reference?.span ?? after.model.vpc.subnets.elements[theirs].name.span), reason,
          .tunnel(tunnel, inVPC(oldSubnets: [mine], [theirs]))))
    }
    let (mineVPC, theirVPC) = (before.model.vpc, after.model.vpc)
    add(
      .subnetNetworkACL, matching.networkACLs.newOfOld,
      (before.attachments.networkACL(ofSubnet: mine), old.networkACL),
      (after.attachments.networkACL(ofSubnet: theirs), new.networkACL),
      { mineVPC.networkACLs?.elements[$0].name.value }, { theirVPC.networkACLs?.elements[$0].name.value }, .everyPacket,
      tunnel: tunnel(closedBy: { block, _ in block.subnet == theirs }, openedBy: { block, _ in block.subnet == mine }))
    add(
      .subnetRoutingTable, matching.routingTables.newOfOld,
      (before.attachments.routingTable(ofSubnet: mine), old.routingTable),
      (after.attachments.routingTable(ofSubnet: theirs), new.routingTable),
      { mineVPC.routingTables?.elements[$0].name.value }, { theirVPC.routingTables?.elements[$0].name.value },
      .nextPacket)
    return changes
  }

  private func subnet(
    _ thing: Change.Thing, _ event: Change.Event, _ subnet: Subnet, _ before: Value?, _ after: Value?,
    _ reason: Change.Reason, _ scope: Scope
  ) -> Change {
    let path = subnet.path
    let isWhole = thing == .subnet
    return change(
      thing, event, isWhole ? path : "\(path)/\(thing.rawValue)", name: isWhole ? subnet.name.value : nil,
      owner: isWhole ? nil : Change.Owner(thing: .subnet, name: subnet.name.value), before, after, reason, scope)
  }

  /// Where filters and routes decide about these subnets: in their addresses, and everywhere for clients of servers that
  /// stand in them.
  func inVPC(oldSubnets: [Int], _ newSubnets: [Int]) -> Scope {
    func addresses(_ model: Model, _ subnets: [Int]) -> [IPv4Range] {
      subnets.map { model.vpc.subnets.elements[$0].block.value.range }
    }
    func servers(_ model: Model, _ subnets: [Int]) -> Set<Int> {
      let subnets = Set(subnets)
      return Set(
        model.servers.indices.filter { index in
          (model.servers[index].subnets?.elements ?? []).contains { $0.index.map(subnets.contains) ?? false }
        })
    }
    return .inVPC(
      IPv4Set(addresses(before.model, oldSubnets) + addresses(after.model, newSubnets)),
      old: servers(before.model, oldSubnets), new: servers(after.model, newSubnets))
  }
}

extension Subnet {
  fileprivate var path: String { "vpc/subnets/\(name.value)" }
  fileprivate var value: Change.Value { Change.Value(block.value.canonical.description, block.span) }
  fileprivate var addresses: IPv4Set { IPv4Set(block.value) }
}

extension Reference {
  /// The id of something that the model leaves out; nil for what is in it, and for what stands for something that is not
  /// known: an id of the service has no spaces.
  var foreignID: String? {
    guard index == nil, isAPIObject else { return nil }
    let known = id ?? text
    return known.isEmpty || known.contains(" ") ? nil : known
  }
}
