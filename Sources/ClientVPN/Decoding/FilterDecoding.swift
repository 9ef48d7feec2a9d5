import IPv4Space
import SourceText
import SourceTree

extension Decoder {
  func readNetworkACL(_ node: NodeIndex) -> NetworkACL? {
    guard let object = open(node, NetworkACLKey.table, key: "network_acls"), let name = requiredName(object, .name)
    else {
      return nil
    }
    var (unread, isUnknown) = ([ACLRule](), object.isNotKnown(.rules))
    let rules = objects(object, .rules, "rule") { readACLRule($0, &unread, &isUnknown) }
    return NetworkACL(
      name: name, id: text(object, .id)?.value, isDefault: flag(object, .isDefault)?.value ?? false,
      subnets: references(object, .subnets)?.elements ?? [], rules: rules, unreadRules: unread,
      rulesAreUnknown: isUnknown)
  }

  /// nil too for a rule that says of itself that it is not wholly known: with it no rule is.
  private func readACLRule(_ node: NodeIndex, _ unread: inout [ACLRule], _ isUnknown: inout Bool) -> ACLRule? {
    guard let object = open(node, ACLRuleKey.table, key: "rules") else { return nil }
    if object.hasNotKnown {
      isUnknown = true
      return nil
    }
    let name = text(object, .name)
    let direction = word(object, .direction, Direction.self, isRequired: true)
    let allows = requiredValue(object, .action).flatMap { node in
      word(node, key: "action", [(ModelWords.allow, true), (ModelWords.deny, false)])
    }
    let transport = requiredTransport(object, .transport)
    let source = value(object, .source).flatMap { prefixOrAddress($0, key: "source") }
    let destination = value(object, .destination).flatMap { prefixOrAddress($0, key: "destination") }
    let sourcePorts = ports(object, min: .sourcePortMin, max: .sourcePortMax, range: .sourcePorts)
    let destinationPorts = ports(object, min: .destinationPortMin, max: .destinationPortMax, range: .destinationPorts)
    let (type, code) = (integer(object, .type), integer(object, .code))
    let isUnread =
      isUnread(object, .source, source) || isUnread(object, .destination, destination)
      || isUnread(object, .type, type) || isUnread(object, .code, code)
      || isUnread(object, .sourcePortMin, sourcePorts.min) || isUnread(object, .sourcePortMax, sourcePorts.max)
      || isUnread(object, .sourcePorts, sourcePorts.min)
      || isUnread(object, .destinationPortMin, destinationPorts.min)
      || isUnread(object, .destinationPortMax, destinationPorts.max)
      || isUnread(object, .destinationPorts, destinationPorts.min)
    let place = openingPlace(node)
    func rule(_ direction: Field<Direction>, _ allows: Field<Bool>, _ transport: Field<String>) -> ACLRule {
      ACLRule(
        span: place, position: position, isUnread: isUnread, name: name, direction: direction, allows: allows,
        transport: transport, source: source, destination: destination, sourcePorts: sourcePorts,
        destinationPorts: destinationPorts, icmpType: type, icmpCode: code)
    }
    guard let direction, let allows, let transport else {
      for way in direction.map({ [$0] }) ?? Direction.allCases.map({ Field($0, place) }) {
        unread.append(rule(way, allows ?? Field(true, place), transport ?? Field("any", place)))
      }
      return nil
    }
    return rule(direction, allows, transport)
  }

  /// Whether a key has a value of which nothing could be made.
  private func isUnread<Key: ModelKey, Value>(_ object: ObjectReader<Key>, _ key: Key, _ read: Value?) -> Bool {
    read == nil && value(object, key) != nil
  }

  func readSecurityGroup(_ node: NodeIndex) -> SecurityGroup? {
    guard let object = open(node, SecurityGroupKey.table, key: "security_groups"),
      let name = requiredName(object, .name)
    else { return nil }
    var (unread, isUnknown) = ([SecurityGroupRule](), object.isNotKnown(.rules))
    let rules = objects(object, .rules, "rule") { readSecurityGroupRule($0, &unread, &isUnknown) }
    return SecurityGroup(
      name: name, id: text(object, .id)?.value, isDefault: flag(object, .isDefault)?.value ?? false,
      targets: references(object, .targets), rules: rules, unreadRules: unread,
      rulesAreUnknown: isUnknown, vpc: vpcReference(object, .vpc))
  }

  /// nil too for a rule that says of itself that it is not wholly known: it may allow anything.
  private func readSecurityGroupRule(
    _ node: NodeIndex, _ unread: inout [SecurityGroupRule], _ isUnknown: inout Bool
  ) -> SecurityGroupRule? {
    guard let object = open(node, SecurityGroupRuleKey.table, key: "rules") else { return nil }
    if object.hasNotKnown {
      isUnknown = true
      return nil
    }
    // No report needs the name, but its form is checked like that of any other.
    if let node = value(object, .name) { _ = scalar(node, key: name(SecurityGroupRuleKey.name), expected: "text") }
    let direction = word(object, .direction, Direction.self, isRequired: true)
    let transport = requiredTransport(object, .transport)
    let remote = value(object, .remote).flatMap(readPeer)
    let local = value(object, .local).flatMap { prefixOrAddress($0, key: "local") }
    let ports = ports(object, min: .portMin, max: .portMax, range: .ports)
    let (type, code) = (integer(object, .type), integer(object, .code))
    let isUnread =
      isUnread(object, .remote, remote) || isUnread(object, .local, local) || isUnread(object, .type, type)
      || isUnread(object, .code, code) || isUnread(object, .portMin, ports.min)
      || isUnread(object, .portMax, ports.max) || isUnread(object, .ports, ports.min)
    let place = openingPlace(node)
    func rule(_ direction: Field<Direction>, _ transport: Field<String>) -> SecurityGroupRule {
      SecurityGroupRule(
        span: place, position: position, isUnread: isUnread, direction: direction, transport: transport, remote: remote,
        local: local, ports: ports, icmpType: type, icmpCode: code)
    }
    guard let direction, let transport else {
      for way in direction.map({ [$0] }) ?? Direction.allCases.map({ Field($0, place) }) {
        unread.append(rule(way, transport ?? Field("any", place)))
      }
      return nil
    }
    return rule(direction, transport)
  }

  /// An address, a network or a security group, each as text or as the API's object.
  private func readPeer(_ node: NodeIndex) -> SecurityGroupRule.Peer? {
    if tree.kind(node) == .mapping {
      let isGroup = tree.keys(node).contains { ["id", "name", "crn"].contains(tree.text($0)) }
      if isGroup { return reference(node, key: "remote").map { .group($0) } }
    } else if tree.kind(node) == .scalar {
      let text = tree.bytes(node)
      let looksLikeAddress =
        text.contains(UInt8(ascii: ":")) || text.contains(UInt8(ascii: "/"))
        || text.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
      if !looksLikeAddress { return reference(node, key: "remote").map { .group($0) } }
    }
    return prefixOrAddress(node, key: "remote").map { .prefix($0) }
  }

  /// The protocol of a filter rule.
  private func requiredTransport<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> Field<String>? {
    let known = ModelWords.filterProtocols
    guard let field = requiredText(object, key) else { return nil }
    let number = field.value.hasPrefix("number_") ? UInt8(field.value.dropFirst("number_".count)) : nil
    guard known.contains(field.value) || number != nil else {
      let nearest = NearestName.of(field.value.lowercased(), among: known)
      let expected = "a protocol such as `tcp`, `udp`, `icmp`, `icmp_tcp_udp` or `any`"
      report(.invalidValue(key: "protocol", text: field.value, expected: expected, nearest: nearest), at: field.span)
      return nil
    }
    return field
  }

  /// Ports as two bounds, or as `443` or `1024-65535`.
  private func ports<Key: ModelKey>(_ object: ObjectReader<Key>, min: Key, max: Key, range: Key) -> PortBounds {
    var bounds = PortBounds(min: integer(object, min), max: integer(object, max))
    guard let node = value(object, range) else { return bounds }
    let expected = "a port such as 443, or a range such as 1024-65535"
    guard let scalar = scalar(node, key: name(range), expected: expected) else { return bounds }
    let text = tree.text(scalar)
    guard let (first, last) = Self.ends(ofPorts: text) else {
      report(.invalidValue(key: name(range), text: text, expected: expected, nearest: nil), at: scalar)
      return bounds
    }
    if bounds.min != nil || bounds.max != nil, let keyNode = object.keyNode(range) {
      report(.duplicateKey(name(range), synonym: bounds.min != nil ? name(min) : name(max)), at: keyNode)
    }
    bounds.min = Field(first, tree.span(node))
    bounds.max = Field(last, tree.span(node))
    return bounds
  }

  /// The ends of a range; a single port is both.
  private static func ends(ofPorts text: String) -> (first: Int, last: Int)? {
    guard let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")) else { return Int(text).map { ($0, $0) } }
    guard let first = Int(text[..<dash]), let last = Int(text[text.utf8.index(after: dash)...]), first >= 0, last >= 0
    else { return nil }
    return (first, last)
  }
}
