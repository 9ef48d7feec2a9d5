import ClientVPN
import SourceText

// How network ACLs, security groups and their rules are called in findings.

extension NetworkACL {
  /// Path of the ACL in the model.
  var path: String { "vpc/network_acls/\(name.value)" }
  /// The ACL in words.
  var inWords: String { "network ACL \(name.value.quoted)" }
}

extension SecurityGroup {
  /// Path of the group in the model.
  var path: String { "vpc/security_groups/\(name.value)" }
  /// The group in words.
  var inWords: String { "security group \(name.value.quoted)" }
}

/// A rule of a network ACL or of a security group, for what both have.
struct WrittenFilterRule {
  /// What holds the rule.
  let holder: Holder
  /// Its place among the rules as written, from 0.
  let position: Int
  /// The name, as written.
  let name: Field<String>?
  /// Where it is written.
  let span: Span
  /// The protocol by the API's name.
  let transport: Field<String>
  /// Port ranges, each with what its keys begin with.
  let ports: [(bounds: PortBounds, what: String)]
  /// ICMP type; nil for all.
  let icmpType: Field<Int>?
  /// ICMP code; nil for all.
  let icmpCode: Field<Int>?

  /// The path and the words of a network ACL or a security group: made once, as it may have many rules.
  struct Holder {
    fileprivate let path, inWords: String

    init(_ acl: NetworkACL) { (path, inWords) = (acl.path, acl.inWords) }

    init(_ group: SecurityGroup) { (path, inWords) = (group.path, group.inWords) }
  }

  init(_ rule: ACLRule, of holder: Holder) {
    self.holder = holder
    position = rule.position
    name = rule.name
    span = rule.span
    transport = rule.transport
    ports = [(rule.sourcePorts, "source ports"), (rule.destinationPorts, "destination ports")]
    (icmpType, icmpCode) = (rule.icmpType, rule.icmpCode)
  }

  init(_ rule: SecurityGroupRule, of holder: Holder) {
    self.holder = holder
    position = rule.position
    name = nil
    span = rule.span
    transport = rule.transport
    ports = [(rule.ports, "ports")]
    (icmpType, icmpCode) = (rule.icmpType, rule.icmpCode)
  }

  /// The rule in words: "rule `web` of network ACL `main`".
  var inWords: String { "rule \(name.map(\.value.quoted) ?? "\(position + 1)") of \(holder.inWords)" }

  /// A cause about one thing in the rule, on the path that problems of its shape have too.
  func cause(_ what: String) -> Cause { Cause(holder.path, "rules/\(name?.value ?? "\(position)")/\(what)") }

  /// The first port that is written, with the keys' beginning.
  var firstPort: (port: Field<Int>, what: String)? {
    for (bounds, what) in ports {
      if let port = bounds.min ?? bounds.max { return (port, what) }
    }
    return nil
  }
}

extension VPC {
  /// Every rule of every network ACL, then of every security group, in the order of the model.
  func forEachFilterRule(_ body: (WrittenFilterRule) -> Void) {
    for acl in networkACLs?.elements ?? [] {
      let holder = WrittenFilterRule.Holder(acl)
      for rule in acl.rules?.elements ?? [] { body(WrittenFilterRule(rule, of: holder)) }
    }
    for group in securityGroups?.elements ?? [] {
      let holder = WrittenFilterRule.Holder(group)
      for rule in group.rules?.elements ?? [] { body(WrittenFilterRule(rule, of: holder)) }
    }
  }
}
