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

  /// The block of the configuration that makes it, in its module.
  var block: String { "\(isData ? "data." : "")\(type).\(label)" }
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
  /// What a plan says of each resource that it looks at, by address.
  private var changes: [String: NodeIndex] = [:]
  /// Resources that are not read though they may say something about reachability, by type: how many, and the first.
  private(set) var unread: [String: (count: Int, first: NodeIndex)] = [:]

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
    for change in json.items("resource_changes", of: root) {
      guard let address = json.string("address", of: change) else { continue }
      changes[address] = changes[address] ?? json.value("change", of: change)
    }
    for name in ["planned_values", "values"] {
      if let module = json.value(at: [name, "root_module"], of: root) { read(module, [], isPrior: false) }
    }
    // What was read while planning stands nowhere else, nor does what the plan leaves alone or forgets.
    if let module = json.value(at: ["prior_state", "values", "root_module"], of: root) {
      planned = Set(instances.map(\.address))
      read(module, [], isPrior: true)
    }
    for change in json.items("resource_changes", of: root) { addForgotten(change) }
  }

  /// Addresses of the resources that will be there.
  private var planned: Set<String> = []

  /// Whether it is a plan.
  var isPlan: Bool { json.value("planned_values", "resource_changes", of: root) != nil }

  /// Where a plan says that it is not whole: it ended in an error, or leaves something for another one.
  var cutPlace: NodeIndex? {
    if json.isTrue("errored", of: root) { return json.value("errored", of: root) }
    let isComplete = json.value("complete", of: root)
    return isComplete.flatMap { json.string($0) == "false" ? $0 : nil }
  }

  // MARK: Reading

  private func read(_ module: NodeIndex, _ path: [TerraformAddress.Step], isPrior: Bool) {
    for resource in json.items("resources", of: module) { add(resource, path, isPrior: isPrior) }
    for child in json.items("child_modules", of: module) {
      guard let last = json.string("address", of: child).map(TerraformAddress.init)?.steps.last else { continue }
      let place = ModulePlace(parent: path, name: last.name)
      if knownModules.insert(path + [last]).inserted { moduleKeys[place, default: []].append(last.key) }
      read(child, path + [last], isPrior: isPrior)
    }
  }

  private func add(_ resource: NodeIndex, _ path: [TerraformAddress.Step], isPrior: Bool) {
    let isData = json.string("mode", of: resource) == "data"
    guard let type = json.string("type", of: resource), let label = json.string("name", of: resource),
      let values = json.value("values", of: resource)
    else { return }
    guard TerraformType.all.contains(type) else { return isData || isPrior ? () : noteUnread(type, resource) }
    let address = json.string("address", of: resource) ?? "\(type).\(label)"
    if isPrior, !isData, planned.contains(address) || !staysAsItIs(address) { return }
    add(
      TerraformInstance(
        address: address, module: path, isData: isData, type: type, label: label,
        key: json.string("index", of: resource),
        node: resource, values: values))
  }

  private func add(_ instance: TerraformInstance) {
    let place = Place(module: instance.module, block: instance.block)
    let known = known(instance.values, instance.type, isData: instance.isData)
    byPlace[place, default: []].append(known ?? instances.count)
    if let key = instance.key {
      byKey[KeyedPlace(place: place, key: key), default: []].append(known ?? instances.count)
    }
    guard known == nil else { return }
    for id in ids(of: instance) { byID[id, default: []].append(instances.count) }
    instances.append(instance)
  }

  /// What is forgotten stays in the cloud; a plan without its state has it in the change alone.
  private func addForgotten(_ change: NodeIndex) {
    guard let address = json.string("address", of: change), let type = json.string("type", of: change),
      let label = json.string("name", of: change), TerraformType.all.contains(type), isForgotten(address),
      let values = json.value(at: ["change", "before"], of: change),
      !instances.contains(where: { $0.address == address })
    else { return }
    let path = json.string("module_address", of: change).map { Self.modules($0) } ?? []
    let instance = TerraformInstance(
      address: address, module: path, isData: false, type: type, label: label, key: json.string("index", of: change),
      node: change, values: values)
    add(instance)
  }

  /// The modules in `module.a["b"].module.c`.
  private static func modules(_ address: String) -> [TerraformAddress.Step] {
    TerraformAddress(address).steps.filter { $0.name != "module" }
  }

  private func isForgotten(_ address: String) -> Bool {
    changes[address].map { json.items("actions", of: $0).map { json.tree.text($0) } == ["forget"] } ?? false
  }

  /// Whether a plan does nothing to a resource of the state: it does not name it, or forgets it.
  private func staysAsItIs(_ address: String) -> Bool {
    changes[address] == nil || isForgotten(address)
  }

  private func noteUnread(_ type: String, _ resource: NodeIndex) {
    guard TerraformType.telling.contains(type) else { return }
    unread[type] = ((unread[type]?.count ?? 0) + 1, unread[type]?.first ?? resource)
  }

  /// What a data source reads may be there already: as a resource, or read elsewhere.
  private func known(_ values: NodeIndex, _ type: String, isData: Bool) -> Int? {
    guard isData, let id = json.string("id", of: values) else { return nil }
    return byID[id]?.first { instances[$0].type == type }
  }

  /// What other resources may call an instance: its id, parts of it, its CRN.
  private func ids(of instance: TerraformInstance) -> [String] {
    var names = ["id", "crn", "vpn_server", "routing_table", "group_id", "identifier", "rule_id"]
    if instance.type != TerraformType.vpnServer { names.removeAll { $0 == "vpn_server" } }
    if instance.type != TerraformType.routingTable { names.removeAll { $0 == "routing_table" } }
    return Array(Set(names.compactMap { json.string($0, of: instance.values) }))
  }

  // MARK: Asking

  /// Whether a part of an instance, keys and positions in lists, is not known until apply: the plan says so of what the
  /// configuration gives, or where the configuration does not tell. What nobody gives is left to the service.
  func isPending(_ path: [String], of instance: TerraformInstance) -> Bool {
    let isGiven = expression(at: path, of: instance) != nil
    if isGiven, value(at: path, of: instance) == nil { return true }
    let isOfService = !isGiven && isConfigured(path, instance) && path.last.map(Self.computed.contains) ?? false
    return !isOfService && isUnknown(path, of: instance)
  }

  /// Arguments that the service fills in where the configuration does not give them (schema of the provider).
  private static let computed: Set = [
    "protocol", "port_min", "port_max", "source_port_min", "source_port_max", "type", "code", "local", "remote",
    "priority", "accept_routes_from_resource_type", "advertise_routes_to", "rules", "security_groups", "network_acl",
    "routing_table", "public_gateway", "before", "ipv4_cidr_block", "name",
  ]

  /// Whether the configuration tells what gives the list or the attribute in which a part lies. It does not of blocks that
  /// are made by `dynamic`.
  private func isConfigured(_ path: [String], _ instance: TerraformInstance) -> Bool {
    guard let expressions = block(of: instance)?.expressions else { return false }
    return path.count == 1 || json.hasKey(path[0], in: expressions)
  }

  /// Whether the plan says of a part of an instance that it is not known until apply, whoever gives it.
  func isUnknown(_ path: [String], of instance: TerraformInstance) -> Bool {
    let unknown = changes[instance.address].flatMap { json.value("after_unknown", of: $0) }
    return unknown.map { isUnknown(path[...], $0) } ?? false
  }

  private func isUnknown(_ path: ArraySlice<String>, _ unknown: NodeIndex) -> Bool {
    switch json.tree.kind(unknown) {
    case .scalar, .alias: return json.tree.text(unknown) == "true"
    case .sequence:
      guard let step = path.first.flatMap({ Int($0) }) else { return false }
      let item = Array(json.tree.items(unknown).prefix(step + 1)).dropFirst(step).first
      return item.map { isUnknown(path.dropFirst(), $0) } ?? false
    case .mapping:
      guard let step = path.first, let next = json.value(step, of: unknown) else { return false }
      return isUnknown(path.dropFirst(), next)
    }
  }

  /// The value of a part of an instance, perhaps null; nil if it is not there.
  func value(at path: [String], of instance: TerraformInstance) -> NodeIndex? {
    var node: NodeIndex? = instance.values
    for step in path {
      guard let current = node else { return nil }
      if json.tree.kind(current) == .sequence {
        let items = Array(json.tree.items(current))
        node = Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil }
      } else {
        node = json.anyValue(step, of: current)
      }
    }
    return node
  }

  /// What gives a part of an instance, for a sentence, and where it is written: the first thing that its expression
  /// refers to.
  func origin(of path: [String], of instance: TerraformInstance) -> (reason: String, place: Span) {
    guard let expression = expression(at: path, of: instance) else {
      return ("the configuration does not tell what gives it", json.span(instance.node))
    }
    let references = json.items("references", of: expression)
    guard let first = references.first else { return ("the plan does not tell what gives it", json.span(expression)) }
    let text = json.tree.text(first)
    let isLocal = text.hasPrefix("local.")
    return (
      "it comes from `\(text)`" + (isLocal ? ", and a plan does not hold what local values stand for" : ""),
      json.span(first)
    )
  }

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
    configuration?.module(at: instance.module)?.resources[instance.block]
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
  static let loadBalancer = "ibm_is_lb"

  static let all: Set = [
    vpc, addressPrefix, subnet, vpnServer, serverRoute, routingTable, tableRoute, securityGroup, groupRule, groupTarget,
    networkACL, aclRule, tableAttachment, aclAttachment, publicGateway, gatewayAttachment, instance, endpointGateway,
    vpnGateway, vpnConnection, transitConnection, loadBalancer,
  ]

  /// Types that are not read and may say something about what clients reach.
  static let telling: Set = [
    "ibm_is_bare_metal_server", "ibm_is_bare_metal_server_network_attachment", "ibm_is_floating_ip",
    "ibm_is_instance_network_attachment", "ibm_is_instance_network_interface", "ibm_is_public_address_range",
    "ibm_is_virtual_network_interface", "ibm_is_virtual_endpoint_gateway_ip", "ibm_is_vpc_dns_resolution_binding",
    "ibm_is_subnet_reserved_ip", "ibm_is_private_path_service_gateway", "ibm_dl_gateway", "ibm_dl_virtual_connection",
    "ibm_tg_connection_prefix_filter", "ibm_is_share_mount_target",
  ]
}
