import SourceText
import SourceTree

/// The VPCs of an inventory, and which resources belong to which.
struct IBMNetworks {
  let inventory: IBMInventory
  private var json: JSONText { inventory.json }
  /// One for each VPC, in the order in which the text names them first.
  private(set) var vpcs: [VPCEntry] = []
  private var numbers: [String: Int] = [:]
  /// Routes and clients by what holds them.
  private(set) var parts: [IBMInventory.List: [NodeIndex]] = [:]
  /// Connections of transit gateways, by gateway.
  private(set) var transitConnections: [String: [NodeIndex]] = [:]
  /// The transit gateways of each VPC.
  private(set) var transitGateways: [Int: Set<String>] = [:]
  /// Resources whose VPC the text does not tell.
  private(set) var homeless: [IBMResource] = []

  /// A VPC with its resources.
  struct VPCEntry {
    /// The description, or a reference that names it; nil if the text names no VPC at all.
    let node: NodeIndex?
    let isDescribed: Bool
    fileprivate(set) var resources: [IBMKind: [IBMResource]] = [:]

    subscript(_ kind: IBMKind) -> [IBMResource] { resources[kind] ?? [] }
  }

  /// Kinds of which each resource belongs to one VPC; a kind stands behind those that help to find it.
  private static let kinds: [IBMKind] = [
    .subnet, .networkACL, .securityGroup, .addressPrefix, .instance, .endpointGateway, .loadBalancer, .vpnServer,
    .vpnGateway, .routingTable,
  ]

  init(_ inventory: IBMInventory) {
    self.inventory = inventory
    for vpc in inventory[.vpc] { add(vpc.node, isDescribed: true) }
    nameReferences()
    if vpcs.isEmpty { vpcs.append(VPCEntry(node: nil, isDescribed: false)) }
    for kind in Self.kinds {
      for resource in inventory[kind] { place(resource) }
    }
    for connection in inventory[.transitConnection] { take(connection) }
    for kind in [IBMKind.vpcRoute, .serverRoute, .serverClient] {
      for part in inventory[kind] {
        parts[IBMInventory.List(kind: kind, parent: part.parent), default: []].append(part.node)
      }
    }
  }

  private mutating func add(_ node: NodeIndex, isDescribed: Bool) {
    let names = Self.identities(of: node, json)
    guard !names.contains(where: { numbers[$0] != nil }) else { return }
    for name in names { numbers[name] = vpcs.count }
    // Its default table belongs to it, whatever the table says.
    if isDescribed, let table = json.string("id", of: json.value("default_routing_table", of: node)) {
      numbers[table] = vpcs.count
    }
    vpcs.append(VPCEntry(node: node, isDescribed: isDescribed))
  }

  /// VPCs that only references name.
  private mutating func nameReferences() {
    for kind in Self.kinds {
      for resource in inventory[kind] {
        if let reference = json.value("vpc", of: resource.node) { add(reference, isDescribed: false) }
      }
    }
  }

  private mutating func place(_ resource: IBMResource) {
    guard let number = number(of: resource) ?? (isAlone(resource) ? 0 : nil) else {
      homeless.append(resource)
      return
    }
    vpcs[number].resources[resource.kind, default: []].append(resource)
    // From here on the resource tells where others belong, and a subnet where its routing table does.
    for name in Self.identities(of: resource.node, json) where numbers[name] == nil { numbers[name] = number }
    if resource.kind == .subnet, let table = json.value("routing_table", of: resource.node) {
      for name in Self.identities(of: table, json) where numbers[name] == nil { numbers[name] = number }
    }
  }

  /// Whether a resource belongs to the only VPC for want of another one. A default table that is not that of the VPC
  /// belongs to one that the text does not have.
  private func isAlone(_ resource: IBMResource) -> Bool {
    guard vpcs.count == 1 else { return false }
    return resource.kind != .routingTable || !json.isTrue("is_default", of: resource.node)
      || json.value("default_routing_table", of: vpcs[0].node) == nil
  }

  private func number(of resource: IBMResource) -> Int? {
    let node = resource.node
    if let vpc = json.value("vpc", of: node) { return number(named: vpc) }
    if let number = resource.parent.flatMap({ numbers[$0] }) { return number }
    if resource.kind == .routingTable, let number = number(named: node) { return number }
    return (json.items("subnets", of: node) + [json.value("subnet", of: node)].compactMap(\.self))
      .lazy.compactMap(number(named:)).first
  }

  /// The VPC of a resource that a reference names, or the VPC itself.
  private func number(named reference: NodeIndex) -> Int? {
    Self.identities(of: reference, json).lazy.compactMap { numbers[$0] }.first
  }

  private mutating func take(_ resource: IBMResource) {
    let connection = resource.node
    let gateway =
      json.value("transit_gateway", of: connection).flatMap { Self.identities(of: $0, json).first }
      ?? json.string("href", of: connection).flatMap { IBMPath($0).id(in: "transit_gateways") } ?? resource.parent
    guard let gateway else { return }
    transitConnections[gateway, default: []].append(connection)
    if let vpc = json.string("network_id", of: connection).flatMap(number(named:)) {
      transitGateways[vpc, default: []].insert(gateway)
    }
  }

  /// Connections of gateways that join no VPC of the input.
  var strayConnections: [NodeIndex] {
    let joining = transitGateways.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    return transitConnections.filter { !joining.contains($0.key) }.flatMap(\.value).sorted()
  }

  /// The VPC that an id or CRN names; where only ids are known, the one at the end of the CRN.
  func number(named text: String) -> Int? {
    numbers[text] ?? (text.hasPrefix("crn:") ? text.split(separator: ":").last.flatMap { numbers[String($0)] } : nil)
  }

  /// What references may call a resource: its id, CRN and URL, for want of these its name.
  static func identities(of node: NodeIndex, _ json: JSONText) -> [String] {
    let names = ["id", "crn", "href"].compactMap { json.string($0, of: node) }
    return names.isEmpty ? [json.string("name", of: node)].compactMap(\.self) : names
  }
}
