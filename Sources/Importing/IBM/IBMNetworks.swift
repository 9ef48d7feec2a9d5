import SourceText
import SourceTree

/// The VPCs of an inventory, and which resources belong to which.
struct IBMNetworks {
  let inventory: IBMInventory
  private var json: JSONText { inventory.json }
  /// One for each VPC, in the order in which the text names them first.
  private(set) var vpcs: [VPCEntry] = []
  private var numbers: [String: Int] = [:]
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
  }

  private mutating func add(_ node: NodeIndex, isDescribed: Bool) {
    let names = Self.identities(of: node, json)
    guard !names.contains(where: { numbers[$0] != nil }) else { return }
    for name in names { numbers[name] = vpcs.count }
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
    guard let number = number(of: resource) ?? (vpcs.count == 1 ? 0 : nil) else {
      homeless.append(resource)
      return
    }
    vpcs[number].resources[resource.kind, default: []].append(resource)
    // From here on the resource tells where others belong.
    for name in Self.identities(of: resource.node, json) where numbers[name] == nil { numbers[name] = number }
  }

  private func number(of resource: IBMResource) -> Int? {
    let node = resource.node
    if let vpc = json.value("vpc", of: node) { return number(named: vpc) }
    if let number = resource.parent.flatMap({ numbers[$0] }) { return number }
    if resource.kind == .routingTable, let number = number(withDefaultTable: node) { return number }
    return (json.items("subnets", of: node) + [json.value("subnet", of: node)].compactMap(\.self))
      .lazy.compactMap(number(named:)).first ?? (resource.kind == .routingTable ? number(attaching: node) : nil)
  }

  /// The VPC of a resource that a reference names, or the VPC itself.
  private func number(named reference: NodeIndex) -> Int? {
    Self.identities(of: reference, json).lazy.compactMap { numbers[$0] }.first
  }

  /// The VPC that an id or CRN names.
  func number(named text: String) -> Int? { numbers[text] }

  private func number(withDefaultTable table: NodeIndex) -> Int? {
    let id = json.string("id", of: table)
    return id == nil
      ? nil
      : vpcs.firstIndex { json.string("id", of: json.value("default_routing_table", of: $0.node)) == id }
  }

  /// The VPC of a subnet that names a routing table.
  private func number(attaching table: NodeIndex) -> Int? {
    guard let id = json.string("id", of: table) else { return nil }
    return vpcs.firstIndex { vpc in
      vpc[.subnet].contains { json.string("id", of: json.value("routing_table", of: $0.node)) == id }
    }
  }

  /// What references may call a resource: its id, CRN and URL, for want of these its name.
  static func identities(of node: NodeIndex, _ json: JSONText) -> [String] {
    let names = ["id", "crn", "href"].compactMap { json.string($0, of: node) }
    return names.isEmpty ? [json.string("name", of: node)].compactMap(\.self) : names
  }
}
