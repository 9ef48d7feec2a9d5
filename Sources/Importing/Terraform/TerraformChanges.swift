import ClientVPN
import SourceText
import SourceTree

/// What a plan is about to do to the resources that rules about plans look at.
struct TerraformChanges {
  private let networks: TerraformNetworks
  private var input: TerraformInput { networks.input }
  private var json: JSONText { networks.input.json }
  private var byDocument: [Int: [PlannedChange]] = [:]
  /// What is made, by the places of what each must have.
  private(set) var making: [Span: PlannedMaking] = [:]
  private var positions: [String: Int] = [:]

  init(_ networks: TerraformNetworks) {
    self.networks = networks
    positions = Dictionary(
      networks.input.instances.enumerated().map { ($0.element.address, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    for node in input.json.items("resource_changes", of: input.root) { add(node) }
  }

  /// The changes of the resources of one document.
  func changes(of document: Int) -> [PlannedChange] { byDocument[document] ?? [] }

  private static let kinds: [String: PlannedChange.Resource] = [
    TerraformType.vpnServer: .vpnServer, TerraformType.serverRoute: .serverRoute, TerraformType.subnet: .subnet,
    TerraformType.networkACL: .networkACL, TerraformType.aclRule: .networkACLRule,
  ]

  private mutating func add(_ node: NodeIndex) {
    guard json.string("mode", of: node) != "data", let type = json.string("type", of: node),
      let resource = Self.kinds[type], let address = json.string("address", of: node),
      let change = json.value("change", of: node), let action = action(of: change)
    else { return }
    let position = positions[address]
    note(action, resource, position)
    let attributes = attributes(of: change, action)
    let traps = traps(resource, address, position, change, action, attributes)
    guard !attributes.isEmpty || !traps.isEmpty else { return }
    let name =
      position.map { networks.names[$0] }
      ?? json.string("name", of: json.value("before", of: change)) ?? json.string("name", of: node) ?? address
    byDocument[position.flatMap(document) ?? 0, default: []].append(
      PlannedChange(
        resource, address: address, name: name, action, at: json.span(json.value("address", of: node) ?? node),
        attributes: attributes, traps: traps))
  }

  private mutating func note(_ action: PlannedChange.Action, _ resource: PlannedChange.Resource, _ position: Int?) {
    let keys: [PlannedChange.Resource: String] = [
      .vpnServer: "client_ip_pool", .subnet: "ipv4_cidr_block", .serverRoute: "destination",
    ]
    guard let made: PlannedMaking = action == .create ? .created : action == .replace ? .remade : nil,
      let key = keys[resource], let position, let value = json.value(key, of: input.instances[position].values)
    else { return }
    making[json.tree.span(value)] = made
  }

  /// The document that has a resource, or what it belongs to.
  private func document(of position: Int) -> Int? {
    let type = input.instances[position].type
    let owners = [
      TerraformType.serverRoute: ("vpn_server", TerraformType.vpnServer),
      TerraformType.aclRule: ("network_acl", TerraformType.networkACL),
    ]
    if let (attribute, ownerType) = owners[type] {
      return networks.resolver.link(attribute, of: position, to: [ownerType])?.position.flatMap(document)
    }
    return networks.number(of: position)
  }

  private func action(of change: NodeIndex) -> PlannedChange.Action? {
    switch Set(json.items("actions", of: change).map { json.tree.text($0) }) {
    case ["no-op"]: PlannedChange.Action.none
    case ["create"]: .create
    case ["update"]: .update
    case ["delete"]: .delete
    case ["create", "delete"]: .replace
    default: nil
    }
  }

  // MARK: Attributes

  private func attributes(of change: NodeIndex, _ action: PlannedChange.Action) -> [PlannedChange.Attribute] {
    guard action == .update || action == .replace, let before = json.value("before", of: change),
      let after = json.value("after", of: change)
    else { return [] }
    let unknown = json.value("after_unknown", of: change)
    let paths =
      json.isList("replace_paths", of: change)
      ? json.items("replace_paths", of: change).compactMap { path in
        json.tree.kind(path) == .sequence ? json.tree.items(path).first { _ in true }.map { json.tree.text($0) } : nil
      } : nil
    let (old, new, pending) = (values(before), values(after), values(unknown))
    var keys = json.tree.keys(after).filter { key in
      guard let was = old[json.tree.text(key)] else { return !json.isNull(json.tree.value(ofKey: key)) }
      return !isEqual(was, json.tree.value(ofKey: key))
    }
    keys += json.tree.keys(before).filter { key in
      let name = json.tree.text(key)
      return new[name] == nil && pending[name] != nil && paths?.contains(name) ?? false
    }
    return keys.map { key in
      let name = json.tree.text(key)
      return PlannedChange.Attribute(
        name, json.tree.span(key), forcesReplacement: action == .replace && paths?.contains(name) ?? true)
    }
  }

  /// The values of an object by their keys; of equal keys the first.
  private func values(_ object: NodeIndex?) -> [String: NodeIndex] {
    guard let object, json.tree.kind(object) == .mapping else { return [:] }
    return Dictionary(
      json.tree.keys(object).map { (json.tree.text($0), json.tree.value(ofKey: $0)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether two values say the same. The order of a list of texts is that of a set.
  private func isEqual(_ left: NodeIndex, _ right: NodeIndex) -> Bool {
    let tree = json.tree
    guard tree.kind(left) == tree.kind(right), tree.childCount(left) == tree.childCount(right) else { return false }
    switch tree.kind(left) {
    case .scalar, .alias: return tree.style(left) == tree.style(right) && tree.text(left) == tree.text(right)
    case .mapping:
      let others = values(right)
      return tree.keys(left).allSatisfy { key in
        others[tree.text(key)].map { isEqual(tree.value(ofKey: key), $0) } ?? false
      }
    case .sequence:
      let items = [left, right].map { Array(tree.items($0)) }
      if items.joined().allSatisfy({ tree.kind($0) == .scalar }) {
        return items[0].map(tree.text).sorted() == items[1].map(tree.text).sorted()
      }
      return zip(items[0], items[1]).allSatisfy(isEqual)
    }
  }

  // MARK: Traps

  private func traps(
    _ resource: PlannedChange.Resource, _ address: String, _ position: Int?, _ change: NodeIndex,
    _ action: PlannedChange.Action, _ attributes: [PlannedChange.Attribute]
  ) -> [(trap: PlannedChange.Trap, span: Span)] {
    guard action != .delete, let after = json.value("after", of: change) else { return [] }
    switch resource {
    case .vpnServer: return serverTraps(position, change, after, action, attributes)
    case .networkACL:
      return rewriting(after, action, attributes)
        + json.items("rules", of: after).enumerated().compactMap { number, rule in
          denying(rule, at: ["rules", String(number), "protocol"], number + 1, position)
        }
    case .networkACLRule: return [denying(after, at: ["protocol"], 1, position)].compactMap(\.self)
    case .serverRoute, .subnet: return []
    }
  }

  private func serverTraps(
    _ position: Int?, _ change: NodeIndex, _ after: NodeIndex, _ action: PlannedChange.Action,
    _ attributes: [PlannedChange.Attribute]
  ) -> [(trap: PlannedChange.Trap, span: Span)] {
    var traps: [(trap: PlannedChange.Trap, span: Span)] = []
    if action == .create || action == .replace, let timeout = json.value("client_idle_timeout", of: after),
      json.string(timeout) == "0"
    {
      traps.append((.idleTimeoutZero, json.span(timeout)))
    }
    let isNameUnknown = json.isTrue("name", of: json.value("after_unknown", of: change))
    if json.value("name", of: after) == nil, !isNameUnknown { traps.append((.nameUnset, json.span(after))) }
    // A list can have been uploaded only where certificates were asked for before.
    let asksForCertificates = [after, json.value("before", of: change)].allSatisfy { values in
      json.items("client_authentication", of: values).contains { json.string("method", of: $0) == "certificate" }
    }
    if action == .update, asksForCertificates,
      let attribute = attributes.first(where: { $0.name == "client_authentication" })
    {
      traps.append((.certificateAuthentication, attribute.span))
    }
    if let position, let defaults = moduleDefaults(of: input.instances[position]) { traps.append(defaults) }
    return traps
  }

  private func rewriting(
    _ after: NodeIndex, _ action: PlannedChange.Action, _ attributes: [PlannedChange.Attribute]
  ) -> [(trap: PlannedChange.Trap, span: Span)] {
    guard action == .update, !json.isTrue("incremental_rule_update", of: after) else { return [] }
    return attributes.filter { $0.name == "rules" }.prefix(1).map { (.rulesRewritten, $0.span) }
  }

  private func denying(
    _ rule: NodeIndex, at path: [String], _ number: Int, _ position: Int?
  ) -> (trap: PlannedChange.Trap, span: Span)? {
    guard json.string("action", of: rule) == "deny", (json.string("protocol", of: rule) ?? "").isEmpty else {
      return nil
    }
    let hasBlock = ["tcp", "udp", "icmp"].contains { name in !json.items(name, of: rule).isEmpty }
    let isGiven = position.flatMap { input.expression(at: path, of: input.instances[$0]) } != nil
    if hasBlock || isGiven { return nil }
    let place = json.value("name", "action", of: rule) ?? rule
    return (.denyWithoutProtocol(rule: json.string("name", of: rule) ?? String(number)), json.span(place))
  }

  /// The module for client VPN servers of terraform-ibm-modules, and those of its inputs that shape a server.
  private func moduleDefaults(of instance: TerraformInstance) -> (trap: PlannedChange.Trap, span: Span)? {
    var module = input.configuration
    for step in instance.module {
      guard let call = module?.calls[step.name] else { return nil }
      if call.source?.contains("client-to-site-vpn") ?? false {
        let inputs = ["client_ip_pool", "vpn_server_routes", "enable_split_tunneling", "client_idle_timeout"].filter {
          json.value($0, of: call.block.expressions) == nil
        }
        let place = json.span(json.value("source", of: call.block.node) ?? call.block.node)
        return inputs.isEmpty ? nil : (.moduleDefaults(module: call.name, inputs: inputs), place)
      }
      module = call.module
    }
    return nil
  }
}
