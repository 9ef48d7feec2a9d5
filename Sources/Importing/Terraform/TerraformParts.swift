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
  /// Resources that parts may belong to of which it is not known what they belong to.
  private var open: [Part: Candidates] = [:]
  /// Addresses of resources that the plan creates.
  let created: Set<String>
  /// What transit gateways join.
  private(set) var transitEnds: [TransitEnd] = []
  /// Parts of which it is not known what they belong to.
  private(set) var lost: [ImportGap] = []

  /// A connection of a transit gateway.
  struct TransitEnd {
    /// What tells gateways apart: the id, or the block that makes it.
    let gateway: String
    /// The VPC of the input that is joined; nil if it is another network.
    let vpc: Int?
    /// Position of the connection.
    let connection: Int
    let place: Span
  }

  /// What something has parts of.
  enum Part: Hashable {
    case routesOfServer, routesOfTable, rulesOfGroup, rulesOfACL, groupsOfTarget, tableOfSubnet, aclOfSubnet
    case gatewayOfSubnet, networks
  }

  private struct Candidates {
    var positions: Set<Int> = []
    var isAny = false
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

  /// Whether something may have parts of which it is not known what they belong to; nil is what a VPC has by default.
  func isOpen(_ part: Part, _ position: Int? = nil) -> Bool {
    guard let candidates = open[part] else { return false }
    return candidates.isAny || position.map(candidates.positions.contains) ?? false
  }

  private mutating func take(_ position: Int) {
    switch input.instances[position].type {
    case TerraformType.groupRule: add(position, to: "group", TerraformType.securityGroup, .rulesOfGroup)
    case TerraformType.aclRule: add(position, to: "network_acl", TerraformType.networkACL, .rulesOfACL)
    case TerraformType.tableRoute: add(position, to: "routing_table", TerraformType.routingTable, .routesOfTable)
    case TerraformType.serverRoute: add(position, to: "vpn_server", TerraformType.vpnServer, .routesOfServer)
    case TerraformType.vpnConnection: add(position, to: "vpn_gateway", TerraformType.vpnGateway, .networks)
    case TerraformType.groupTarget: addTarget(position)
    case TerraformType.transitConnection: addTransitEnd(position)
    case TerraformType.tableAttachment:
      attach(position, "routing_table", TerraformType.routingTable, \.tableAttachments, .tableOfSubnet)
    case TerraformType.aclAttachment:
      attach(position, "network_acl", TerraformType.networkACL, \.aclAttachments, .aclOfSubnet)
    case TerraformType.gatewayAttachment:
      attach(position, "public_gateway", TerraformType.publicGateway, \.gatewayAttachments, .gatewayOfSubnet)
    default: break
    }
  }

  // MARK: Members

  private mutating func add(_ position: Int, to attribute: String, _ type: String, _ part: Part) {
    switch resolver.link(attribute, of: position, to: [type]) {
    case .instance(let owner, _)?: members[owner, default: []].append(position)
    case .vpcDefault(let vpc, _)?: defaultMembers[Default(type: type, vpc: vpc), default: []].append(position)
    case let link?: lose(position, link, part)
    case nil: break
    }
  }

  /// A part of something that the input does not have, or that is not known: then it may belong to any that it can.
  private mutating func lose(_ position: Int, _ link: TerraformLink, _ part: Part) {
    let address = input.instances[position].address
    var sentence = "the input does not have what it belongs to; it takes no part in any verdict"
    if case .unknown(_, let reason, let among, _) = link {
      sentence = "\(reason); what it may belong to is undetermined"
      open[part, default: Candidates()].positions.formUnion(among)
      if among.isEmpty { open[part, default: Candidates()].isAny = true }
    }
    lost.append(
      ImportGap("vpc", address, "it is not known what `\(address)` belongs to", sentence, at: link.place(json)))
  }

  private mutating func addTarget(_ position: Int) {
    let group = resolver.link("security_group", of: position, to: [TerraformType.securityGroup])
    let target = resolver.link(
      "target", of: position,
      to: [
        TerraformType.vpnServer, TerraformType.instance, TerraformType.endpointGateway, TerraformType.loadBalancer,
      ])
    guard let group, let target else { return }
    switch (group, target) {
    case (_, .unknown): lose(position, target, .groupsOfTarget)
    case (.instance(let owner, _), _): targets[owner, default: []].append(target)
    case (.unknown(_, let reason, _, let place), .instance(let holder, _)):
      lose(
        position, .unknown("", because: reason, among: [holder], at: place), .groupsOfTarget)
    default: lose(position, group, .groupsOfTarget)
    }
  }

  private mutating func addTransitEnd(_ position: Int) {
    let instance = input.instances[position]
    let link = resolver.link("network_id", of: position, to: [TerraformType.vpc])
    guard let gateway = gateway(of: instance) else { return }
    transitEnds.append(
      TransitEnd(
        gateway: gateway, vpc: link?.position, connection: position,
        place: link?.place(json) ?? json.span(instance.node)))
  }

  private func gateway(of connection: TerraformInstance) -> String? {
    if let id = json.string("gateway", of: connection.values) { return id }
    guard let expression = input.expression(at: ["gateway"], of: connection) else { return nil }
    return json.items("references", of: expression).last.map { json.tree.text($0) }
  }

  private mutating func attach(
    _ position: Int, _ attribute: String, _ type: String, _ attachments: WritableKeyPath<Self, [Int: TerraformLink]>,
    _ part: Part
  ) {
    let subnet = resolver.link("subnet", of: position, to: [TerraformType.subnet])
    guard let link = resolver.link(attribute, of: position, to: [type]) else { return }
    switch subnet {
    case .instance(let owner, _)?: self[keyPath: attachments][owner] = link
    case let link?: lose(position, link, part)
    case nil: break
    }
  }
}
