import SourceText
import SourceTree

/// The networks beyond a VPC that gateways lead to.
struct IBMNeighbours {
  private let networks: IBMNetworks
  private let number: Int
  private var inventory: IBMInventory { networks.inventory }
  private var json: JSONText { networks.inventory.json }
  private(set) var drafts: [Draft] = []
  private(set) var gaps = GapList()
  /// Whether every network has a draft.
  private(set) var isComplete = true
  private let routed: RoutedDestinations
  private var taken: Set<Int> = []

  /// The networks around the VPC with this number.
  init(_ networks: IBMNetworks, of number: Int) {
    self.networks = networks
    self.number = number
    let json = networks.inventory.json
    routed = RoutedDestinations(
      json, networks.inventory[.serverRoute].compactMap { json.value("destination", of: $0.node) })
    addOtherVPCs()
    for gateway in networks.vpcs[number][.vpnGateway] { addConnections(of: gateway.node) }
  }

  // MARK: Transit gateways

  private mutating func addOtherVPCs() {
    for gateway in (networks.transitGateways[number] ?? []).sorted() {
      for connection in networks.transitConnections[gateway] ?? [] {
        tellFilters(of: connection)
        guard let other = vpc(of: connection) else {
          tellUnknown(connection)
          continue
        }
        if other != number { add(networks.vpcs[other], other, connection) }
      }
    }
  }

  private func vpc(of connection: NodeIndex) -> Int? {
    json.string("network_id", of: connection).flatMap(networks.number(named:))
  }

  private mutating func add(_ vpc: IBMNetworks.VPCEntry, _ other: Int, _ connection: NodeIndex) {
    let name = vpc.node.flatMap { json.value("name", "id", of: $0) } ?? connection
    guard taken.insert(other).inserted else { return }
    guard drafts.count < GapList.mostNetworks else {
      isComplete = false
      return gaps.addManyNetworks(at: json.span(connection))
    }
    let prefixes = vpc[.addressPrefix].compactMap { json.value("cidr", of: $0.node) }
    let blocks = vpc[.subnet].compactMap { json.value("ipv4_cidr_block", of: $0.node) }
    let ranges = prefixes.isEmpty ? blocks : prefixes
    if ranges.isEmpty {
      let words = "VPC `\(json.tree.text(name))`"
      gaps.add(
        "networks/\(json.tree.text(name))", "cidrs", "the input has no address prefix and no subnet of \(words)",
        "a transit gateway joins it: what lies at addresses where nothing is known is undetermined", at: json.span(name)
      )
      return addUnknown(.node(name, at: nil), via: "transit_gateway", at: connection)
    }
    add(name, ranges, via: "transit_gateway", at: connection)
  }

  private mutating func tellFilters(of connection: NodeIndex) {
    let name = json.string("name", of: connection) ?? "transit connection"
    let place = json.value("prefix_filters_default", "prefix_filters", of: connection)
    let isFiltered =
      !json.items("prefix_filters", of: connection).isEmpty
      || json.string("prefix_filters_default", of: connection) == "deny"
    guard isFiltered, let place else { return }
    gaps.add(
      "networks", name, "transit connection `\(name)` filters the prefixes that it lets through",
      "a model has no key for prefix filters: verdicts take all prefixes to be known on both sides",
      at: json.span(place))
  }

  private mutating func tellUnknown(_ connection: NodeIndex) {
    let type = json.string("network_type", of: connection) ?? "unknown"
    let name = json.string("name", of: connection) ?? type
    let place = json.span(json.value("network_id", "network_type", of: connection) ?? connection)
    gaps.add(TransitWay.gap(name, type, at: place))
    addUnknown(.text(name, at: place), via: TransitWay.name(ofType: type), at: connection)
  }

  // MARK: VPN gateways

  private mutating func addConnections(of gateway: NodeIndex) {
    let id = json.string("id", of: gateway)
    let named = Set(json.items("connections", of: gateway).compactMap { json.string("id", of: $0) })
    var isKnown = false
    for connection in inventory[.vpnConnection] {
      let own = json.string("id", of: connection.node)
      guard connection.parent == id && id != nil || own.map(named.contains) ?? false else { continue }
      isKnown = true
      addConnection(connection.node)
    }
    if !isKnown, let name = json.value("name", of: gateway) { tellWithoutConnections(name) }
  }

  private mutating func tellWithoutConnections(_ name: NodeIndex) {
    let words = "VPN gateway `\(json.tree.text(name))`"
    gaps.add(
      "networks/\(json.tree.text(name))", "cidrs", "the connections of \(words) are not in the input",
      "what lies at addresses where nothing is known is undetermined", at: json.span(name))
    addUnknown(.node(name, at: nil), via: "vpn_gateway", at: name)
  }

  private mutating func addConnection(_ connection: NodeIndex) {
    let (name, id) = (json.value("name", "id", of: connection) ?? connection, json.string("id", of: connection))
    let peer = json.value("peer", of: connection)
    var ranges = json.items("peer_cidrs", of: connection) + json.items("cidrs", of: peer)
    // A connection by routes names no networks: those that routes send to it are behind it.
    ranges += networks.vpcs[number][.routingTable].flatMap { table in
      inventory[.vpcRoute].filter { $0.parent == json.string("id", of: table.node) }
    }.compactMap { route in
      let hop = json.string("id", of: json.value("next_hop", of: route.node))
      return hop != nil && hop == id ? json.value("destination", of: route.node) : nil
    }
    ranges = json.distinct(ranges)
    if ranges.isEmpty {
      let words = "VPN gateway connection `\(json.tree.text(name))`"
      gaps.add(
        "networks/\(json.tree.text(name))", "cidrs", "the networks behind \(words) are not in the input",
        "neither `peer_cidrs` nor a route of the VPC names them: what lies at addresses where nothing is known is undetermined",
        at: json.span(name))
      return addUnknown(.node(name, at: nil), via: "vpn_gateway", at: connection)
    }
    add(name, ranges, via: "vpn_gateway", at: connection)
  }

  // MARK: One network

  private mutating func add(_ name: NodeIndex, _ ranges: [NodeIndex], via: String, at node: NodeIndex) {
    var draft = Draft(at: json.tree.span(node))
    draft.set("name", .node(name, at: nil))
    draft.set("cidrs", ranges.map { .node($0, at: nil) })
    draft.set("via", .text(via, at: json.span(name)))
    routed.setIntent(of: &draft, json, ranges, at: json.span(name))
    drafts.append(draft)
  }

  /// A network of which nothing is known but that it is there.
  private mutating func addUnknown(_ name: Draft.Value, via: String, at node: NodeIndex) {
    var draft = Draft(at: json.tree.span(node))
    draft.set("name", name)
    draft.set("via", .text(via, at: json.span(node)))
    draft.setNotKnown("cidrs", at: json.span(node))
    drafts.append(draft)
  }
}
