import SourceText
import SourceTree

// Network ACLs and security groups.
extension TerraformModelBuilder {
  mutating func networkACL(_ position: Int) -> Draft {
    var copier = named(position)
    let values = input.instances[position].values
    var rules = json.items("rules", of: values).map { Draft.Value.object(aclRule($0)) }
    rules += (parts.members[position] ?? []).map { .object(aclRule(input.instances[$0].values)) }
    let key = json.members("rules", of: values).first.map { json.tree.span($0.key) }
    copier.draft.set("rules", rules, at: key)
    return copier.draft
  }

  private func aclRule(_ node: NodeIndex) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("name", "direction", "action")
    let block = addProtocol(to: &copier, absent: json.string("action", of: node) == "deny" ? "any" : "icmp_tcp_udp")
    copier.copy("source", "destination")
    copyPorts(&copier, block, ["source_port_min", "source_port_max"], as: ["source_port_min", "source_port_max"])
    copyPorts(&copier, block, ["port_min", "port_max"], as: ["destination_port_min", "destination_port_max"])
    copyPorts(&copier, block, ["type", "code"], as: ["type", "code"])
    return copier.draft
  }

  /// The protocol, which older configurations give by a block of its name; the block, if it is such.
  private func addProtocol(to copier: inout FieldCopier, absent: String) -> NodeIndex? {
    if json.value("protocol", of: copier.object) != nil {
      copier.copy("protocol")
      return nil
    }
    for name in ["tcp", "udp", "icmp"] {
      guard let member = json.members(name, of: copier.object).first,
        let block = json.tree.kind(member.value) == .sequence
          ? json.tree.items(member.value).first(where: { _ in true }) : member.value
      else { continue }
      copier.draft.set("protocol", .node(member.key, at: nil))
      return block
    }
    // What the provider sends for want of a protocol.
    copier.draft.set("protocol", .text(absent, at: json.span(json.value("name", of: copier.object) ?? copier.object)))
    return nil
  }

  private func copyPorts(_ copier: inout FieldCopier, _ block: NodeIndex?, _ names: [String], as keys: [String]) {
    for (name, key) in zip(names, keys) {
      guard let member = json.members(name, of: block ?? copier.object).first else { continue }
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
    if !targets.isEmpty { copier.draft.set("targets", targets.map(target)) }
    let own = json.items("rules", of: input.instances[position].values)
    let rules = own + (parts.members[position] ?? []).map { input.instances[$0].values }
    let owners = own.map { _ in Int?.none } + (parts.members[position] ?? []).map(Optional.some)
    copier.draft.set("rules", zip(rules, owners).map { .object(groupRule($0, $1)) })
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
  func groupRule(_ node: NodeIndex, _ position: Int?) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("name", "direction")
    let block = addProtocol(to: &copier, absent: "icmp_tcp_udp")
    if let position {
      copier.draft.set("remote", remote(position))
    } else {
      copier.copy("remote")
    }
    copier.copy("local")
    copyPorts(&copier, block, ["port_min", "port_max"], as: ["port_min", "port_max"])
    copyPorts(&copier, block, ["type", "code"], as: ["type", "code"])
    return copier.draft
  }

  /// An address, a CIDR, or a group by its id.
  private func remote(_ position: Int) -> Draft.Value? {
    if let value = json.value("remote", of: input.instances[position].values), let text = json.string(value) {
      let isAddress = text.utf8.allSatisfy { byte in
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
      if isAddress { return .node(value, at: nil) }
    }
    return resolver.link("remote", of: position, to: [TerraformType.securityGroup]).map {
      reference($0, TerraformType.securityGroup)
    }
  }
}

// What the service makes with a VPC (IBM VPC documentation, default network ACL, security group and routing table).
extension TerraformModelBuilder {
  /// Lets everything through, unless the VPC is made without rules.
  mutating func defaultACL(at place: Span) -> Draft? {
    guard let name = defaults[TerraformType.networkACL], let vpcInstance else { return nil }
    var draft = standard(name, at: place)
    var rules: [Draft] = []
    if !json.isTrue("no_sg_acl_rules", of: input.instances[vpcInstance].values) {
      rules = ["inbound", "outbound"].map { direction in
        var rule = Draft(at: place)
        rule.set("name", .text("allow-\(direction)", at: place))
        rule.set("direction", .text(direction, at: place))
        rule.set("action", .text("allow", at: place))
        rule.set("protocol", .text("icmp_tcp_udp", at: place))
        return rule
      }
    }
    rules += parts.defaultMembers(TerraformType.networkACL, of: vpcInstance).map { aclRule(input.instances[$0].values) }
    draft.set("rules", rules)
    return draft
  }

  /// Lets its own members in and everything out, unless the VPC is made without rules.
  mutating func defaultGroup(at place: Span) -> Draft? {
    guard let name = defaults[TerraformType.securityGroup], let vpcInstance else { return nil }
    var draft = standard(name, at: place)
    var rules: [Draft] = []
    if !json.isTrue("no_sg_acl_rules", of: input.instances[vpcInstance].values) {
      rules = ["inbound", "outbound"].map { direction in
        var rule = Draft(at: place)
        rule.set("direction", .text(direction, at: place))
        rule.set("protocol", .text("icmp_tcp_udp", at: place))
        if direction == "inbound" { rule.set("remote", .text(name, at: place)) }
        return rule
      }
    }
    rules += parts.defaultMembers(TerraformType.securityGroup, of: vpcInstance).map {
      groupRule(input.instances[$0].values, $0)
    }
    draft.set("rules", rules)
    return draft
  }

  /// Accepts the routes of VPN servers and gateways.
  mutating func defaultTable(at place: Span) -> Draft? {
    guard let name = defaults[TerraformType.routingTable], let vpcInstance else { return nil }
    var draft = standard(name, at: place)
    draft.set("accept_routes_from", [.text("vpn_gateway", at: place), .text("vpn_server", at: place)])
    draft.set("routes", parts.defaultMembers(TerraformType.routingTable, of: vpcInstance).map { route($0) })
    return draft
  }

  private func standard(_ name: String, at place: Span) -> Draft {
    var draft = Draft(at: place)
    draft.set("name", .text(name, at: place))
    draft.set("is_default", .word("true", at: place))
    return draft
  }
}
