import IPv4Space
import SourceText
import SourceTree

/// What clients may want to reach in a VPC: instances, endpoint gateways and load balancers, one workload for each
/// address.
struct IBMWorkloads {
  private let inventory: IBMInventory
  private let json: JSONText
  private let subnets: IBMReferences
  private let groups: IBMReferences
  /// Names of subnets by their addresses, and the prefix lengths that they have.
  private let blocks: [IPv4Prefix: NodeIndex]
  private let lengths: Set<UInt8>
  private let floatingIPs: [String: NodeIndex]
  /// Security groups by the ids of their targets.
  private var groupsOfTargets: [String: [NodeIndex]] = [:]
  private(set) var drafts: [Draft] = []
  /// Names of workloads by the ids of the resources that they were made of.
  private(set) var names: [String: String] = [:]
  /// How many workloads have a name so far.
  private var taken: [String: Int] = [:]

  init(_ vpc: IBMNetworks.VPCEntry, _ inventory: IBMInventory, _ subnets: IBMReferences, _ groups: IBMReferences) {
    self.inventory = inventory
    json = inventory.json
    (self.subnets, self.groups) = (subnets, groups)
    let json = inventory.json
    blocks = vpc[.subnet].reduce(into: [:]) { blocks, subnet in
      guard let text = json.string("ipv4_cidr_block", of: subnet.node), let name = json.value("name", of: subnet.node),
        let block = try? IPv4Notation.prefix(text)
      else { return }
      blocks[block.canonical] = blocks[block.canonical] ?? name
    }
    lengths = Set(blocks.keys.map(\.length))
    floatingIPs = inventory[.floatingIP].reduce(into: [:]) { result, resource in
      guard let address = json.value("address", of: resource.node) else { return }
      if let target = json.string("id", of: json.value("target", of: resource.node)) { result[target] = address }
    }
    for group in vpc[.securityGroup] {
      guard let name = json.value("name", of: group.node) else { continue }
      for target in json.items("targets", of: group.node) {
        if let id = json.string("id", of: target) { groupsOfTargets[id, default: []].append(name) }
      }
    }
    for instance in vpc[.instance] { addInstance(instance.node) }
    for gateway in vpc[.endpointGateway] { addEndpointGateway(gateway.node) }
    for balancer in vpc[.loadBalancer] { addLoadBalancer(balancer.node) }
  }

  /// The name as text, and all ids under which others may know the thing.
  private struct Identity {
    let name: String
    let place: Span
    let ids: [String]
    let kind: String
  }

  // MARK: Kinds

  private mutating func addInstance(_ node: NodeIndex) {
    let (id, name) = (json.string("id", of: node), json.string("name", of: node) ?? "instance")
    let place = json.span(json.value("name", of: node) ?? node)
    let primary = json.value("primary_network_attachment", "primary_network_interface", of: node)
    let lists = ["network_attachments", "network_interfaces"].map { json.items($0, of: node) }
    let interfaces = lists.first { !$0.isEmpty } ?? [primary].compactMap(\.self)
    for interface in interfaces {
      let virtual = json.value("virtual_network_interface", of: interface)
      let ids = [interface, virtual].compactMap { json.string("id", of: $0) }
      let isPrimary =
        interfaces.count == 1 || primary.flatMap { json.string("id", of: $0) }.map(ids.contains) ?? false
      let own = json.string("name", of: interface) ?? ids.first ?? ""
      let identity = Identity(
        name: isPrimary ? name : "\(name)/\(own)",
        place: isPrimary ? place : json.span(json.value("name", of: interface) ?? interface),
        ids: ids + (isPrimary ? [id].compactMap(\.self) : []), kind: "instance")
      add(identity, at: interface, described(interface, virtual))
    }
  }

  /// The objects that describe an interface: itself, and what a file has of it by its own.
  private func described(_ interface: NodeIndex, _ virtual: NodeIndex?) -> [NodeIndex] {
    let ids = [interface, virtual].compactMap { json.string("id", of: $0) }
    return [interface]
      + [.networkInterface, .virtualNetworkInterface].flatMap { kind in
        ids.compactMap { inventory.resource(kind, $0) }
      }
  }

  private mutating func addEndpointGateway(_ node: NodeIndex) {
    addAddresses(json.items("ips", of: node), of: node, kind: "endpoint_gateway")
  }

  private mutating func addLoadBalancer(_ node: NodeIndex) {
    addAddresses(json.items("private_ips", of: node), of: node, kind: "load_balancer")
  }

  private mutating func addAddresses(_ addresses: [NodeIndex], of node: NodeIndex, kind: String) {
    let (id, name) = (json.string("id", of: node), json.string("name", of: node) ?? kind)
    let place = json.span(json.value("name", of: node) ?? node)
    for (number, address) in addresses.enumerated() {
      let own = json.string("name", of: address) ?? json.string("address", of: address) ?? String(number + 1)
      let identity = Identity(
        name: number == 0 ? name : "\(name)/\(own)", place: place,
        ids: [number == 0 ? id : nil, json.string("id", of: address)].compactMap(\.self), kind: kind)
      add(identity, at: address, [address, node])
    }
  }

  // MARK: One workload

  private mutating func add(_ identity: Identity, at node: NodeIndex, _ objects: [NodeIndex]) {
    let name = unique(identity.name)
    for id in identity.ids where names[id] == nil { names[id] = name }
    var draft = Draft(at: json.tree.span(node))
    draft.set("name", .text(name, at: identity.place))
    draft.set("kind", .text(identity.kind, at: identity.place))
    let address = objects.lazy.compactMap(address).first
    draft.set("subnet", subnet(objects, address))
    draft.set("address", address.map { .node($0, at: nil) })
    draft.set("floating_ip", floatingIP(identity.ids, objects).map { .node($0, at: nil) })
    draft.set("security_groups", securityGroups(identity.ids, objects))
    drafts.append(draft)
  }

  private mutating func unique(_ name: String) -> String {
    var result = name
    while let count = taken[result] {
      taken[result] = count + 1
      result += "-\(count + 1)"
    }
    taken[result] = 1
    return result
  }

  /// The address; while none is chosen the API shows 0.0.0.0.
  private func address(_ object: NodeIndex) -> NodeIndex? {
    let holder = json.value("primary_ip", of: object)
    let address = json.value("address", of: holder) ?? json.value("primary_ipv4_address", "address", of: object)
    return address.flatMap { json.string($0) == "0.0.0.0" ? nil : $0 }
  }

  private func subnet(_ objects: [NodeIndex], _ address: NodeIndex?) -> Draft.Value? {
    if let reference = objects.lazy.compactMap({ json.value("subnet", of: $0) }).first {
      return subnets.value(reference)
    }
    guard let address, let text = json.string(address), let parsed = try? IPv4Notation.address(text) else { return nil }
    let candidates = lengths.sorted(by: >).lazy.map { IPv4Prefix(parsed, length: $0).canonical }
    return candidates.compactMap { blocks[$0] }.first.map { .node($0, at: json.span(address)) }
  }

  private func floatingIP(_ ids: [String], _ objects: [NodeIndex]) -> NodeIndex? {
    let own = objects.lazy.compactMap { json.items("floating_ips", of: $0).first }.first
    return json.value("address", of: own) ?? ids.lazy.compactMap { floatingIPs[$0] }.first
  }

  /// What an object says itself, else what groups say of it.
  private func securityGroups(_ ids: [String], _ objects: [NodeIndex]) -> [Draft.Value]? {
    if let holder = objects.first(where: { json.isList("security_groups", of: $0) }) {
      return json.items("security_groups", of: holder).map(groups.value)
    }
    let stated = ids.flatMap { groupsOfTargets[$0] ?? [] }
    return stated.isEmpty ? nil : stated.map { .node($0, at: nil) }
  }
}
