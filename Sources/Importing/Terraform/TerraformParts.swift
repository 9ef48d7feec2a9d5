import ClientVPN
import SourceText
import SourceTree

/// Resources that are parts of others, or attach one to another, by the position of what they belong to.
struct TerraformParts {
  private let input: TerraformInput
  private let resolver: TerraformResolver
  private let names: TerraformNames
  private var json: JSONText { input.json }

  /// Rules, routes and connections in the order of the input.
  private(set) var members: [Int: [Int]] = [:]
  /// Those of the default group, ACL and table of a VPC.
  private var defaultMembers: [Default: [Int]] = [:]
  private(set) var targets: [Int: [TerraformLink]] = [:]
  private(set) var tableAttachments: [Int: TerraformLink] = [:]
  private(set) var aclAttachments: [Int: TerraformLink] = [:]
  private(set) var gatewayAttachments: [Int: TerraformLink] = [:]
  /// Groups, ACLs and tables of which a rule or route is not known until apply, and why: they are not modelled.
  private(set) var flaws: [Int: ImportGap] = [:]
  /// Servers of which a route is not known until apply, and why.
  private(set) var serverFlaws: [Int: [ImportGap]] = [:]
  /// Addresses of resources that the plan creates.
  let created: Set<String>
  /// Transit gateways and the VPCs of the input that they join.
  private(set) var transitEnds: [TransitEnd] = []
  /// Parts of which it is not known what they belong to.
  private(set) var lost: [ImportGap] = []

  /// A VPC at a transit gateway.
  struct TransitEnd {
    /// What tells gateways apart: the id, or the block that makes it.
    let gateway: String
    let vpc: Int
    let place: Span
  }

  private struct Default: Hashable {
    let type: String
    let vpc: Int
  }

  init(_ networks: TerraformNetworks) {
    input = networks.input
    resolver = networks.resolver
    names = networks.names
    let json = networks.input.json
    created = Set(
      json.items("resource_changes", of: networks.input.root).compactMap { change in
        let actions = json.items("actions", of: json.value("change", of: change)).map { json.tree.text($0) }
        return actions == ["create"] ? json.string("address", of: change) : nil
      })
    for position in input.instances.indices { take(position) }
  }

  /// The parts of the default resource of a type that a VPC has.
  func defaultMembers(_ type: String, of vpc: Int) -> [Int] { defaultMembers[Default(type: type, vpc: vpc)] ?? [] }

  /// Whether something belongs to the default resource of a type that a VPC has.
  func hasDefault(_ type: String, of vpc: Int) -> Bool { !defaultMembers(type, of: vpc).isEmpty }

  private mutating func take(_ position: Int) {
    switch input.instances[position].type {
    case TerraformType.groupRule: add(position, to: "group", TerraformType.securityGroup)
    case TerraformType.aclRule: add(position, to: "network_acl", TerraformType.networkACL)
    case TerraformType.tableRoute: add(position, to: "routing_table", TerraformType.routingTable)
    case TerraformType.serverRoute: add(position, to: "vpn_server", TerraformType.vpnServer)
    case TerraformType.vpnConnection: add(position, to: "vpn_gateway", TerraformType.vpnGateway)
    case TerraformType.groupTarget: addTarget(position)
    case TerraformType.transitConnection: addTransitEnd(position)
    case TerraformType.tableAttachment:
      attach(position, "routing_table", TerraformType.routingTable, \.tableAttachments)
    case TerraformType.aclAttachment: attach(position, "network_acl", TerraformType.networkACL, \.aclAttachments)
    case TerraformType.gatewayAttachment:
      attach(position, "public_gateway", TerraformType.publicGateway, \.gatewayAttachments)
    case TerraformType.networkACL: noteInlineFlaw(position)
    default: break
    }
  }

  // MARK: Members

  private mutating func add(_ position: Int, to attribute: String, _ type: String) {
    switch resolver.link(attribute, of: position, to: [type]) {
    case .instance(let owner, _)?:
      members[owner, default: []].append(position)
      noteFlaw(position, of: owner)
    case .vpcDefault(let vpc, _)?: defaultMembers[Default(type: type, vpc: vpc), default: []].append(position)
    case let link?: lose(position, link)
    case nil: break
    }
  }

  /// A part of something that the input does not have, or that is not known.
  private mutating func lose(_ position: Int, _ link: TerraformLink) {
    let address = input.instances[position].address
    var reason = "the input does not have what it belongs to"
    if case .unknown(_, let because, _) = link { reason = because }
    lost.append(
      ImportGap(
        "vpc", address, "it is not known what `\(address)` belongs to", "\(reason); it takes no part in any verdict",
        at: link.place(json)))
  }

  private mutating func addTarget(_ position: Int) {
    let group = resolver.link("security_group", of: position, to: [TerraformType.securityGroup])
    let target = resolver.link(
      "target", of: position,
      to: [TerraformType.vpnServer, TerraformType.instance, TerraformType.endpointGateway])
    guard let target else { return }
    switch group {
    case .instance(let owner, _)?: targets[owner, default: []].append(target)
    case let link?: lose(position, link)
    case nil: break
    }
  }

  private mutating func addTransitEnd(_ position: Int) {
    guard let link = resolver.link("network_id", of: position, to: [TerraformType.vpc]), let vpc = link.position,
      let gateway = gateway(of: input.instances[position])
    else { return }
    transitEnds.append(TransitEnd(gateway: gateway, vpc: vpc, place: link.place(json)))
  }

  private func gateway(of connection: TerraformInstance) -> String? {
    if let id = json.string("gateway", of: connection.values) { return id }
    guard let expression = input.expression(at: ["gateway"], of: connection) else { return nil }
    return json.items("references", of: expression).last.map { json.tree.text($0) }
  }

  private mutating func attach(
    _ position: Int, _ attribute: String, _ type: String, _ attachments: WritableKeyPath<Self, [Int: TerraformLink]>
  ) {
    let subnet = resolver.link("subnet", of: position, to: [TerraformType.subnet])
    guard let link = resolver.link(attribute, of: position, to: [type]) else { return }
    switch subnet {
    case .instance(let owner, _)?: self[keyPath: attachments][owner] = link
    case let link?: lose(position, link)
    case nil: break
    }
  }

  // MARK: What is not known

  /// Attributes without which a part says something else than it will.
  private static let needed: [String: [String]] = [
    TerraformType.groupRule: ["direction", "protocol", "port_min", "port_max", "type", "code", "local"],
    TerraformType.aclRule: [
      "direction", "action", "protocol", "source", "destination", "source_port_min", "source_port_max", "port_min",
      "port_max", "type", "code",
    ],
    TerraformType.tableRoute: ["destination", "action"], TerraformType.serverRoute: ["destination", "action"],
  ]

  private mutating func noteFlaw(_ position: Int, of owner: Int) {
    let instance = input.instances[position]
    let pending = (Self.needed[instance.type] ?? []).first { isPending($0, position) } ?? unknownRemote(position)
    guard let pending else { return }
    let fact = "`\(pending)` of `\(instance.address)` is not known until apply"
    let place = json.span(
      input.expression(at: [pending], of: instance).map { expression in
        json.value("references", of: expression).flatMap { json.tree.items($0).first { _ in true } } ?? expression
      } ?? instance.node)
    switch instance.type {
    case TerraformType.serverRoute:
      serverFlaws[owner, default: []].append(
        ImportGap(
          "vpn_servers/\(names[owner])/routes/\(names[position])", pending, fact,
          "what the server forwards, and what clients reach, is undetermined", at: place))
    default: flaws[owner] = flaws[owner] ?? flaw(of: owner, pending, fact, at: place)
    }
  }

  private func flaw(of owner: Int, _ field: String, _ fact: String, at place: Span) -> ImportGap {
    let type = input.instances[owner].type
    let (list, words) =
      switch type {
      case TerraformType.securityGroup: ("security_groups", "security group")
      case TerraformType.networkACL: ("network_acls", "network ACL")
      default: ("routing_tables", "routing table")
      }
    return ImportGap(
      "vpc/\(list)/\(names[owner])", field, fact,
      "\(words) `\(names[owner])` is not modelled for that, and what depends on it is undetermined", at: place)
  }

  private func isPending(_ name: String, _ position: Int) -> Bool {
    let instance = input.instances[position]
    return !json.hasKey(name, in: instance.values) && input.expression(at: [name], of: instance) != nil
  }

  /// The remote of a rule of a group may be another group, which references tell.
  private func unknownRemote(_ position: Int) -> String? {
    guard input.instances[position].type == TerraformType.groupRule, isPending("remote", position) else { return nil }
    switch resolver.link("remote", of: position, to: [TerraformType.securityGroup]) {
    case .instance, .vpcDefault: return nil
    default: return "remote"
    }
  }

  /// A rule inside of an ACL that lacks what each rule has.
  private mutating func noteInlineFlaw(_ position: Int) {
    let instance = input.instances[position]
    let isWhollyPending = isPending("rules", position)
    let broken = json.items("rules", of: instance.values).enumerated().first { _, rule in
      !["direction", "action", "source", "destination"].allSatisfy { json.value($0, of: rule) != nil }
    }
    guard isWhollyPending || broken != nil else { return }
    let name = broken.flatMap { json.string("name", of: $0.element) } ?? broken.map { String($0.offset + 1) }
    let fact =
      name.map { "rule `\($0)` of `\(instance.address)` is not wholly known until apply" }
      ?? "the rules of `\(instance.address)` are not known until apply"
    flaws[position] = flaw(of: position, "rules", fact, at: json.span(broken?.element ?? instance.node))
  }
}
