import SourceText
import SourceTree

// Network ACLs and security groups.
extension TerraformModelBuilder {
  mutating func networkACL(_ position: Int) -> Draft {
    var copier = named(position)
    let (name, values) = (networks.names[position], input.instances[position].values)
    let resource = "vpc/network_acls/\(name)"
    var rules = json.items("rules", of: values).enumerated().map { number, node in
      aclRule(node, at: ["rules", String(number)], of: position, number, resource)
    }
    let members = inOrder(parts.members[position] ?? [], beside: rules.count)
    rules += members.rules.enumerated().map { number, member in
      aclRule(input.instances[member].values, at: [], of: member, rules.count + number, resource)
    }
    let key = json.members("rules", of: values).first.map { json.tree.span($0.key) }
    copier.draft.set("rules", rules, at: key)
    if !members.isCertain { tellOrder(name, resource, &copier.draft) }
    markPendingRules(of: position, hasMembers: !members.rules.isEmpty, resource, &copier.draft)
    return copier.draft
  }

  /// Rules in blocks that are made of something that is not known. Where nothing is written, rules of their own follow, or
  /// none are known.
  private mutating func markPendingRules(
    of position: Int, hasMembers: Bool, _ resource: String, _ draft: inout Draft
  ) {
    let instance = input.instances[position]
    let isOpen = parts.isOpen(.rulesOfACL, position)
    if isOpen { draft.setNotKnown("rules") }
    let isUnsaid = json.items("rules", of: instance.values).isEmpty && input.isUnknown(["rules"], of: instance)
    guard input.isPending(["rules"], of: instance) || isUnsaid && !hasMembers && !isOpen else { return }
    let origin = input.origin(of: ["rules"], of: instance)
    draft.setNotKnown("rules", at: origin.place)
    gaps.add(
      resource, "rules", "the rules of network ACL `\(networks.names[position])` are not known until apply",
      "\(origin.reason); what passes the ACL is undetermined", at: origin.place)
  }

  // MARK: Order

  /// Rules that are resources of their own, each of which names the one that it stands before; and whether that tells
  /// what decides. Where all rules of a direction allow, or all deny, the order does not matter.
  func inOrder(_ rules: [Int], beside others: Int) -> (rules: [Int], isCertain: Bool) {
    guard rules.count + others > 1, !rules.isEmpty else { return (rules, true) }
    let chains = chains(of: rules)
    var directions: [String: (actions: Set<String>, chains: Set<Int>)] = [:]
    for (number, chain) in chains.enumerated() {
      for rule in chain {
        let values = input.instances[rule].values
        let direction = json.string("direction", of: values) ?? ""
        directions[direction, default: ([], [])].actions.insert(json.string("action", of: values) ?? "")
        directions[direction, default: ([], [])].chains.insert(number)
      }
    }
    let isCertain = directions.values.allSatisfy { $0.actions.count == 1 || $0.chains.count == 1 }
    return (chains.flatMap(\.self), others == 0 && isCertain)
  }

  /// Rules one after the other as far as each names the next one; those in a circle by themselves.
  private func chains(of rules: [Int]) -> [[Int]] {
    var next: [Int: Int] = [:]
    var followers: Set<Int> = []
    let own = Set(rules)
    for rule in rules {
      let following = resolver.link("before", of: rule, to: [TerraformType.aclRule])?.position
      guard let following, own.contains(following), followers.insert(following).inserted else { continue }
      next[rule] = following
    }
    var (chains, taken): ([[Int]], Set<Int>) = ([], [])
    for first in rules.filter({ !followers.contains($0) }) + rules where taken.insert(first).inserted {
      var chain = [first]
      while let following = next[chain[chain.count - 1]], taken.insert(following).inserted { chain.append(following) }
      chains.append(chain)
    }
    return chains
  }

  mutating func tellOrder(_ name: String, _ resource: String, _ draft: inout Draft) {
    draft.setNotKnown("rules")
    gaps.add(
      resource, "rules", "the input does not tell the order of the rules of network ACL `\(name)`",
      "`before` does not name the next rule of each one but the last, and the first rule that matches decides; what passes the ACL is undetermined",
      at: draft.place)
  }

  // MARK: Rules

  private static let partsOfACLRule: [Argument] = [
    ("direction", "direction"), ("action", "action"), ("protocol", "protocol"), ("source", "source"),
    ("destination", "destination"),
  ]

  private static let portsOfACLRule: [Argument] = [
    ("source_port_min", "source_port_min"), ("source_port_max", "source_port_max"),
    ("port_min", "destination_port_min"), ("port_max", "destination_port_max"),
  ]

  private static let message: [Argument] = [("type", "type"), ("code", "code")]

  /// A rule of the ACL; `path` leads to it in the resource at a position.
  mutating func aclRule(
    _ node: NodeIndex, at path: [String], of position: Int, _ number: Int, _ resource: String
  ) -> Draft {
    var copier = FieldCopier(json, node, emptyIsUnset: true)
    copier.copy("name", "direction", "action")
    let block = addProtocol(to: &copier, absent: json.string("action", of: node) == "deny" ? "any" : "icmp_tcp_udp")
    copier.copy("source", "destination")
    copyPorts(
      &copier, block?.node, ["source_port_min", "source_port_max"], as: ["source_port_min", "source_port_max"])
    copyPorts(&copier, block?.node, ["port_min", "port_max"], as: ["destination_port_min", "destination_port_max"])
    copyPorts(&copier, block?.node, ["type", "code"], as: ["type", "code"])
    let name = json.string("name", of: node) ?? json.string("destination", of: node) ?? String(number)
    let (rule, words) = ("\(resource)/rules/\(name)", "a rule of `\(input.instances[position].address)`, `\(name)`")
    markPending(Self.partsOfACLRule, at: path, of: position, rule, words, &copier.draft)
    markPending(
      matching(Self.portsOfACLRule, node, block), at: path + (block?.path ?? []), of: position, rule, words,
      &copier.draft)
    return copier.draft
  }

  /// The arguments that say something beside the protocol: ports, or the ICMP message.
  private func matching(_ ports: [Argument], _ node: NodeIndex, _ block: Block?) -> [Argument] {
    switch block?.path.first ?? json.string("protocol", of: node) ?? "" {
    case "tcp", "udp": ports
    case "icmp": Self.message
    default: []
    }
  }

  /// A block that gives the protocol by its name.
  private struct Block {
    let node: NodeIndex
    let path: [String]
  }

  /// The protocol, which older configurations give by a block of its name; the block, if it is such.
  private func addProtocol(to copier: inout FieldCopier, absent: String) -> Block? {
    // A state has an empty text where nothing is set, and 0 for ports.
    if json.string("protocol", of: copier.object).map({ !$0.isEmpty })
      ?? (json.value("protocol", of: copier.object) != nil)
    {
      copier.copy("protocol")
      return nil
    }
    for name in ["tcp", "udp", "icmp"] {
      guard let member = json.members(name, of: copier.object).first,
        let block = json.tree.kind(member.value) == .sequence
          ? json.tree.items(member.value).first(where: { _ in true }) : member.value
      else { continue }
      copier.draft.set("protocol", .node(member.key, at: nil))
      return Block(node: block, path: [name, "0"])
    }
    // What the provider sends for want of a protocol.
    copier.draft.set("protocol", .text(absent, at: json.span(json.value("name", of: copier.object) ?? copier.object)))
    return nil
  }

  private func isUnset(_ value: NodeIndex, _ name: String, _ rule: NodeIndex) -> Bool {
    let isMessage = ["type", "code"].contains(name)
    return json.string(value) == "0" && !(isMessage && json.string("protocol", of: rule) == "icmp")
  }

  private func copyPorts(_ copier: inout FieldCopier, _ block: NodeIndex?, _ names: [String], as keys: [String]) {
    for (name, key) in zip(names, keys) {
      guard let member = json.members(name, of: block ?? copier.object).first,
        !isUnset(member.value, name, copier.object)
      else { continue }
      copier.draft.set(key, .node(member.value, at: nil), at: json.tree.span(member.key))
    }
  }

  mutating func securityGroup(_ position: Int) -> Draft {
    var copier = named(position)
    let targets = parts.targets[position] ?? []
    for target in targets {
      tell(
        target, to: TerraformType.vpnServer, "vpc/security_groups/\(networks.names[position])", "targets",
        "a target of security group `\(networks.names[position])`")
    }
    let known = targets.filter { !$0.isUnknown }
    if !known.isEmpty { copier.draft.set("targets", known.map(target)) }
    if targets.contains(where: \.isUnknown) || parts.isOpen(.groupsOfTarget) { copier.draft.setNotKnown("targets") }
    let resource = "vpc/security_groups/\(networks.names[position])"
    let own = json.items("rules", of: input.instances[position].values)
    var rules = own.enumerated().map { number, node in groupRule(node, nil, number, resource) }
    for member in parts.members[position] ?? [] {
      rules.append(groupRule(input.instances[member].values, member, rules.count, resource))
    }
    copier.draft.set("rules", rules)
    if parts.isOpen(.rulesOfGroup, position) { copier.draft.setNotKnown("rules") }
    return copier.draft
  }

  private func target(_ link: TerraformLink) -> Draft.Value {
    guard case .instance(let position, let place) = link else { return reference(link, "") }
    guard input.instances[position].type == TerraformType.vpnServer else {
      return .text(workloadName(position), at: place)
    }
    return reference(link, TerraformType.vpnServer)
  }

  /// A rule; `position` is that of its resource, if it is one.
  mutating func groupRule(_ node: NodeIndex, _ position: Int?, _ number: Int, _ resource: String) -> Draft {
    var copier = FieldCopier(json, node, emptyIsUnset: true)
    copier.copy("name", "direction")
    let block = addProtocol(to: &copier, absent: "icmp_tcp_udp")
    if position == nil { copier.copy("remote") }
    copier.copy("local")
    copyPorts(&copier, block?.node, ["port_min", "port_max"], as: ["port_min", "port_max"])
    copyPorts(&copier, block?.node, ["type", "code"], as: ["type", "code"])
    guard let position else { return copier.draft }
    let rule = "\(resource)/rules/\(json.string("name", of: node) ?? String(number))"
    let words = "`\(input.instances[position].address)`"
    setRemote(position, rule, &copier.draft)
    markPending(
      ["direction", "protocol", "local"].map { ($0, $0) }, of: position, rule, words, &copier.draft)
    let ports: [Argument] = [("port_min", "port_min"), ("port_max", "port_max")]
    markPending(matching(ports, node, block), at: block?.path ?? [], of: position, rule, words, &copier.draft)
    return copier.draft
  }

  /// An address, a CIDR, or a group by its id.
  private mutating func setRemote(_ position: Int, _ resource: String, _ draft: inout Draft) {
    let instance = input.instances[position]
    if let value = json.value("remote", of: instance.values), let text = json.string(value), !text.isEmpty {
      let isAddress = text.utf8.allSatisfy { byte in
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
      if isAddress { return draft.set("remote", .node(value, at: nil)) }
    }
    if json.string("remote", of: instance.values) == "" { return }
    setLink(
      resolver.link("remote", of: position, to: [TerraformType.securityGroup]), to: TerraformType.securityGroup,
      as: "remote", resource, "the remote of `\(instance.address)`", &draft)
  }
}
