import SourceText
import SourceTree

/// A resource of a plan or state: one for each number of `count` and key of `for_each`.
struct TerraformInstance {
  /// The whole address.
  let address: String
  /// The module, by names and keys.
  let module: [TerraformAddress.Step]
  let isData: Bool
  let type, label: String
  let key: String?
  let node: NodeIndex
  let values: NodeIndex
}

/// A plan or a state of Terraform as `terraform show -json` prints it: its resources that say something about a client
/// VPN, and the configuration.
final class TerraformInput {
  let json: JSONText
  let root: NodeIndex
  private(set) var instances: [TerraformInstance] = []
  /// nil for a state, which has none.
  let configuration: TerraformModule?
  private var byPlace: [Place: [Int]] = [:]
  private var byKey: [KeyedPlace: [Int]] = [:]
  private var byID: [String: [Int]] = [:]
  private var moduleKeys: [ModulePlace: [String?]] = [:]
  private var knownModules: Set<[TerraformAddress.Step]> = []

  /// Where a block of the configuration stands, in one instance of its module.
  private struct Place: Hashable {
    let module: [TerraformAddress.Step]
    let block: String
  }

  private struct KeyedPlace: Hashable {
    let place: Place
    let key: String
  }

  private struct ModulePlace: Hashable {
    let parent: [TerraformAddress.Step]
    let name: String
  }

  /// nil if the value is no plan and no state.
  init?(_ root: NodeIndex, _ json: JSONText) {
    let isVersioned = json.string("format_version", of: root) != nil
    let parts = ["planned_values", "values", "resource_changes", "prior_state"]
    guard isVersioned, parts.contains(where: { json.value($0, of: root) != nil }) else { return nil }
    self.json = json
    self.root = root
    configuration = json.value(at: ["configuration", "root_module"], of: root).map {
      TerraformModule($0, of: nil, json)
    }
    for name in ["planned_values", "values"] {
      if let module = json.value(at: [name, "root_module"], of: root) { read(module, [], onlyData: false) }
    }
    // What was read while planning stands nowhere else.
    if let module = json.value(at: ["prior_state", "values", "root_module"], of: root) {
      read(module, [], onlyData: true)
    }
  }

  /// Whether it is a plan.
  var isPlan: Bool { json.value("planned_values", "resource_changes", of: root) != nil }

  // MARK: Reading

  private func read(_ module: NodeIndex, _ path: [TerraformAddress.Step], onlyData: Bool) {
    for resource in json.items("resources", of: module) { add(resource, path, onlyData: onlyData) }
    for child in json.items("child_modules", of: module) {
      guard let last = json.string("address", of: child).map(TerraformAddress.init)?.steps.last else { continue }
      let place = ModulePlace(parent: path, name: last.name)
      if knownModules.insert(path + [last]).inserted { moduleKeys[place, default: []].append(last.key) }
      read(child, path + [last], onlyData: onlyData)
    }
  }

  private func add(_ resource: NodeIndex, _ path: [TerraformAddress.Step], onlyData: Bool) {
    let isData = json.string("mode", of: resource) == "data"
    guard isData || !onlyData, let type = json.string("type", of: resource), TerraformType.all.contains(type),
      let label = json.string("name", of: resource), let values = json.value("values", of: resource)
    else { return }
    let address = json.string("address", of: resource) ?? "\(type).\(label)"
    let place = Place(module: path, block: "\(isData ? "data." : "")\(type).\(label)")
    let key = json.string("index", of: resource)
    let known = known(values, type, isData: isData)
    byPlace[place, default: []].append(known ?? instances.count)
    if let key { byKey[KeyedPlace(place: place, key: key), default: []].append(known ?? instances.count) }
    guard known == nil else { return }
    let instance = TerraformInstance(
      address: address, module: path, isData: isData, type: type, label: label, key: key, node: resource,
      values: values)
    for id in ids(of: instance) { byID[id, default: []].append(instances.count) }
    instances.append(instance)
  }

  /// What a data source reads may be there already: as a resource, or read elsewhere.
  private func known(_ values: NodeIndex, _ type: String, isData: Bool) -> Int? {
    guard isData, let id = json.string("id", of: values) else { return nil }
    return byID[id]?.first { instances[$0].type == type }
  }

  /// What other resources may call an instance: its id, parts of it, its CRN.
  private func ids(of instance: TerraformInstance) -> [String] {
    var names = ["id", "crn", "vpn_server", "routing_table", "group_id", "identifier"]
    if instance.type != TerraformType.vpnServer { names.removeAll { $0 == "vpn_server" } }
    if instance.type != TerraformType.routingTable { names.removeAll { $0 == "routing_table" } }
    return Array(Set(names.compactMap { json.string($0, of: instance.values) }))
  }

  // MARK: Asking

  /// Positions of the instances with an id.
  func instances(withID id: String) -> [Int] { byID[id] ?? [] }

  /// Positions of the instances of a block, `type.label`, in one instance of a module; with a key, those with this key.
  func instances(of block: String, in module: [TerraformAddress.Step], key: String? = nil) -> [Int] {
    let place = Place(module: module, block: block)
    return (key.map { byKey[KeyedPlace(place: place, key: $0)] } ?? byPlace[place]) ?? []
  }

  /// Whether a module is called with a key, or without one.
  func hasModule(_ path: [TerraformAddress.Step]) -> Bool { knownModules.contains(path) }

  /// The keys with which a module is called; nil is a call without.
  func keys(ofModule name: String, in parent: [TerraformAddress.Step]) -> [String?] {
    moduleKeys[ModulePlace(parent: parent, name: name)] ?? []
  }

  /// The configuration of an instance.
  func block(of instance: TerraformInstance) -> TerraformModule.Block? {
    let prefix = instance.isData ? "data." : ""
    return configuration?.module(at: instance.module)?.resources["\(prefix)\(instance.type).\(instance.label)"]
  }

  /// The expression for a part of an instance: keys, and positions in lists.
  func expression(at path: [String], of instance: TerraformInstance) -> NodeIndex? {
    path.reduce(block(of: instance)?.expressions) { node, step in
      guard let node else { return nil }
      if json.tree.kind(node) == .sequence {
        let items = Array(json.tree.items(node))
        return Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil }
      }
      return json.value(step, of: node)
    }
  }
}

/// Types of resources of the provider `IBM-Cloud/ibm` that are read.
enum TerraformType {
  static let vpc = "ibm_is_vpc"
  static let addressPrefix = "ibm_is_vpc_address_prefix"
  static let subnet = "ibm_is_subnet"
  static let vpnServer = "ibm_is_vpn_server"
  static let serverRoute = "ibm_is_vpn_server_route"
  static let routingTable = "ibm_is_vpc_routing_table"
  static let tableRoute = "ibm_is_vpc_routing_table_route"
  static let securityGroup = "ibm_is_security_group"
  static let groupRule = "ibm_is_security_group_rule"
  static let groupTarget = "ibm_is_security_group_target"
  static let networkACL = "ibm_is_network_acl"
  static let aclRule = "ibm_is_network_acl_rule"
  static let tableAttachment = "ibm_is_subnet_routing_table_attachment"
  static let aclAttachment = "ibm_is_subnet_network_acl_attachment"
  static let publicGateway = "ibm_is_public_gateway"
  static let gatewayAttachment = "ibm_is_subnet_public_gateway_attachment"
  static let instance = "ibm_is_instance"
  static let endpointGateway = "ibm_is_virtual_endpoint_gateway"
  static let vpnGateway = "ibm_is_vpn_gateway"
  static let vpnConnection = "ibm_is_vpn_gateway_connection"
  static let transitConnection = "ibm_tg_connection"

  static let all: Set = [
    vpc, addressPrefix, subnet, vpnServer, serverRoute, routingTable, tableRoute, securityGroup, groupRule, groupTarget,
    networkACL, aclRule, tableAttachment, aclAttachment, publicGateway, gatewayAttachment, instance, endpointGateway,
    vpnGateway, vpnConnection, transitConnection,
  ]
}
