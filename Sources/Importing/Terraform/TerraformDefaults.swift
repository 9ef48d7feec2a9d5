import SourceText
import SourceTree

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
    let members = inOrder(parts.defaultMembers(TerraformType.networkACL, of: vpcInstance), beside: rules.count)
    for member in members.rules {
      rules.append(
        aclRule(input.instances[member].values, at: [], of: member, rules.count, "vpc/network_acls/\(name)"))
    }
    draft.set("rules", rules)
    if !members.isCertain { tellOrder(name, "vpc/network_acls/\(name)", &draft) }
    if parts.isOpen(.rulesOfACL) { draft.setNotKnown("rules") }
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
    for member in parts.defaultMembers(TerraformType.securityGroup, of: vpcInstance) {
      rules.append(
        groupRule(input.instances[member].values, member, rules.count, "vpc/security_groups/\(name)"))
    }
    draft.set("rules", rules)
    if parts.isOpen(.rulesOfGroup) { draft.setNotKnown("rules") }
    return draft
  }

  /// Accepts the routes of VPN servers and gateways.
  mutating func defaultTable(at place: Span) -> Draft? {
    guard let name = defaults[TerraformType.routingTable], let vpcInstance else { return nil }
    var draft = standard(name, at: place)
    draft.set("accept_routes_from", [.text("vpn_gateway", at: place), .text("vpn_server", at: place)])
    let routes = parts.defaultMembers(TerraformType.routingTable, of: vpcInstance)
    draft.set("routes", routes.map { route($0, "vpc/routing_tables/\(name)") })
    if parts.isOpen(.routesOfTable) { draft.setNotKnown("routes") }
    return draft
  }

  private func standard(_ name: String, at place: Span) -> Draft {
    var draft = Draft(at: place)
    draft.set("name", .text(name, at: place))
    draft.set("is_default", .word("true", at: place))
    return draft
  }
}
