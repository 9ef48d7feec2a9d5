import ClientVPN
import SourceText
import SourceTree

/// Puts the resources of one VPC together as a model has them.
struct IBMModelBuilder {
  private let networks: IBMNetworks
  private let number: Int
  private let inventory: IBMInventory
  private let json: JSONText
  private let vpc: IBMNetworks.VPCEntry
  private let subnets, tables, acls, groups, servers: IBMReferences
  private let parts: [IBMInventory.List: [NodeIndex]]
  private var gaps = GapList()

  init(_ networks: IBMNetworks, _ number: Int) {
    self.networks = networks
    self.number = number
    inventory = networks.inventory
    json = inventory.json
    vpc = networks.vpcs[number]
    subnets = IBMReferences(json, vpc[.subnet])
    tables = IBMReferences(json, vpc[.routingTable])
    acls = IBMReferences(json, vpc[.networkACL])
    groups = IBMReferences(json, vpc[.securityGroup])
    servers = IBMReferences(json, vpc[.vpnServer])
    parts = networks.parts
  }

  /// The document, and what else is known of it. `start` is a place in the text for what stands nowhere.
  mutating func document(at start: Span) -> (Draft, ImportedDocument) {
    let place = vpc.node.map { json.tree.span($0) } ?? start
    let workloads = IBMWorkloads(vpc, inventory, subnets, groups)
    let neighbours = IBMNeighbours(networks, of: number)
    var draft = Draft(at: place)
    draft.set("vpc", .object(vpcDraft(at: place, workloads)))
    draft.set("vpn_servers", vpc[.vpnServer].map { server($0.node) })
    if !neighbours.drafts.isEmpty { draft.set("networks", neighbours.drafts) }
    if !neighbours.isComplete || isCut(.vpnGateway, .vpnConnection, .transitConnection) {
      draft.setNotKnown("networks")
    }
    if isCut(.vpnServer) || !inventory.listed.contains(.vpnServer) { draft.setNotKnown("vpn_servers") }
    var document = ImportedDocument()
    document.gaps = gaps.gaps + neighbours.gaps.gaps
    return (draft, document)
  }

  // MARK: VPC

  private mutating func vpcDraft(at place: Span, _ workloads: IBMWorkloads) -> Draft {
    var draft = vpc.node.map { vpcFields($0) } ?? Draft(at: place)
    draft.set("address_prefixes", list(.addressPrefix)?.map { prefix($0.node) })
    tellUnasked(.addressPrefix, "ibmcloud is vpc-address-prefixes", &draft)
    draft.set("subnets", vpc[.subnet].map { subnet($0.node) })
    if !inventory.listed.contains(.subnet) {
      draft.setNotKnown("subnets")
      gaps.add(
        "vpc", "subnets", "the subnets of the VPC are not in the input",
        "what lies at an address is undetermined; add the output of `ibmcloud is subnets`", at: draft.place)
    }
    draft.set("routing_tables", list(.routingTable)?.map { table($0.node) })
    tellUnasked(.routingTable, "ibmcloud is vpc-routing-tables", &draft)
    let filters = IBMFilters(json: json)
    draft.set("network_acls", list(.networkACL)?.map { filters.networkACL($0.node, subnets) })
    draft.set(
      "security_groups",
      list(.securityGroup)?.map { filters.securityGroup($0.node, groups) { target($0, workloads) } })
    let isListed = !inventory.listed.isDisjoint(with: [.instance, .endpointGateway, .loadBalancer])
    if isListed { draft.set("workloads", workloads.drafts) }
    for kind in Self.listedKinds where isCut(kind) { draft.setNotKnown(kind.words.list) }
    return draft
  }

  /// Kinds of which the VPC has a list.
  private static let listedKinds: [IBMKind] = [
    .addressPrefix, .subnet, .routingTable, .networkACL, .securityGroup, .instance, .endpointGateway, .loadBalancer,
  ]

  /// Whether a list of one of some kinds, of whatever parent, ends before its last page.
  private func isCut(_ kinds: IBMKind...) -> Bool { inventory.cutLists.contains { kinds.contains($0.list.kind) } }

  /// Whether the list of what something holds ends before its last page.
  private func isCut(_ kind: IBMKind, of parent: String?) -> Bool {
    inventory.cutLists.contains { $0.list == IBMInventory.List(kind: kind, parent: parent) }
  }

  private func vpcFields(_ node: NodeIndex) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("name", "id")
    copier.draft.set("region", region(node))
    copier.copy("classic_access")
    copier.map("default_routing_table") { tables.value($0) }
    copier.map("default_network_acl") { acls.value($0) }
    copier.map("default_security_group") { groups.value($0) }
    return copier.draft
  }

  /// The region, which the API tells in the CRN alone.
  private func region(_ node: NodeIndex) -> Draft.Value? {
    guard let crn = json.value("crn", of: node), let text = json.string(crn) else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 5, parts[0] == "crn", !parts[5].isEmpty else { return nil }
    return .text(String(parts[5]), at: json.span(crn))
  }

  /// The resources of a kind; nil if the text has no list of them, so that they are not modelled.
  private func list(_ kind: IBMKind) -> [IBMResource]? { isListed(kind) ? vpc[kind] : nil }

  private func isListed(_ kind: IBMKind) -> Bool {
    guard inventory.listed.contains(kind) else { return false }
    return !Self.askedForEachVPC.contains(kind) || networks.vpcs.count == 1 || !vpc[kind].isEmpty
      || vpc.node.map { inventory.hasList(kind, of: json.string("id", of: $0)) } ?? false
  }

  /// Kinds that the API lists for one VPC at a time: the list of one says nothing about another.
  private static let askedForEachVPC: Set<IBMKind> = [.addressPrefix, .routingTable]

  /// Tells of resources that the text has of another VPC alone.
  private mutating func tellUnasked(_ kind: IBMKind, _ command: String, _ draft: inout Draft) {
    guard inventory.listed.contains(kind), !isListed(kind) else { return }
    let name = vpc.node.flatMap { json.value("name", "id", of: $0) }
    draft.setNotKnown(kind.words.list)
    gaps.add(
      "vpc", kind.words.list,
      "the \(kind.words.plural) of \(name.map { "VPC `\(json.tree.text($0))`" } ?? "the VPC") are not in the input",
      "those of another VPC are; add the output of `\(command)` for this one, until then what depends on them is undetermined",
      at: name.map { json.span($0) } ?? draft.place)
  }

  private func prefix(_ node: NodeIndex) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("name", "cidr")
    copier.copy("zone", as: "zone", inner: ["name"])
    copier.copy("is_default")
    return copier.draft
  }

  private mutating func subnet(_ node: NodeIndex) -> Draft {
    let words = "subnet `\(json.string("name", of: node) ?? "")`"
    let resource = "vpc/subnets/\(json.string("name", of: node) ?? "")"
    tell("routing_table", .routingTable, tables, of: node, resource, "the routing table of \(words)")
    tell("network_acl", .networkACL, acls, of: node, resource, "the network ACL of \(words)")
    var copier = FieldCopier(json, node)
    copier.copy("name", "id", "ipv4_cidr_block")
    copier.copy("zone", as: "zone", inner: ["name"])
    copier.map("routing_table") { tables.value($0) }
    copier.map("network_acl") { acls.value($0) }
    copier.copy("public_gateway", as: "public_gateway", inner: ["name", "id"])
    copier.copy("available_ipv4_address_count")
    return copier.draft
  }

  /// Tells a reference to something that the input does not have, though it has a list of the kind.
  private mutating func tell(
    _ field: String, _ kind: IBMKind, _ references: IBMReferences, of node: NodeIndex, _ resource: String,
    _ words: String
  ) {
    guard inventory.listed.contains(kind), let value = json.value(field, of: node) else { return }
    for reference in json.tree.kind(value) == .sequence ? Array(json.tree.items(value)) : [value] {
      guard references.name(of: reference) == nil, let named = json.value("name", "id", of: reference) else { continue }
      gaps.add(
        resource, field, "\(words) is `\(json.tree.text(named))`, which the input does not have",
        "what depends on it is undetermined", at: json.span(named))
    }
  }

  /// What a security group is attached to: a workload by its name here, anything else as the API has it.
  private func target(_ reference: NodeIndex, _ workloads: IBMWorkloads) -> Draft.Value {
    if let name = json.string("id", of: reference).flatMap({ workloads.names[$0] }) {
      return .text(name, at: json.span(json.value("name", "id", of: reference) ?? reference))
    }
    guard servers.name(of: reference) == nil else { return servers.value(reference) }
    var copier = FieldCopier(json, reference)
    copier.copy("id", "name", "resource_type")
    return .object(copier.draft)
  }
}

// MARK: - Routing tables

extension IBMModelBuilder {
  private mutating func table(_ node: NodeIndex) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("name", "id", "is_default")
    copier.copyList("accept_routes_from", inner: ["resource_type"])
    copier.copyList("advertise_routes_to", inner: ["resource_type"])
    copier.copy(
      "route_direct_link_ingress", "route_internet_ingress", "route_transit_gateway_ingress", "route_vpc_zone_ingress")
    copier.mapList("subnets") { subnets.value($0) }
    let id = json.string("id", of: node)
    let routes = id == nil ? [] : parts[IBMInventory.List(kind: .vpcRoute, parent: id)] ?? []
    if !routes.isEmpty || inventory.hasList(.vpcRoute, of: id) {
      let key = json.members("routes", of: node).first.map { json.tree.span($0.key) }
      copier.draft.set("routes", routes.map { .object(route($0)) }, at: key)
      if isCut(.vpcRoute, of: id) { copier.draft.setNotKnown("routes", at: key) }
    } else if let name = json.value("name", of: node) {
      tellWithoutRoutes(name, at: json.value("routes", of: node) ?? name)
    }
    return copier.draft
  }

  private mutating func tellWithoutRoutes(_ name: NodeIndex, at place: NodeIndex) {
    let table = json.tree.text(name)
    gaps.add(
      "vpc/routing_tables/\(table)", "routes", "the routes of routing table `\(table)` are not in the input",
      "add the output of `ibmcloud is vpc-routing-table-routes`; until then the routes are not modelled",
      at: json.span(place))
  }

  private func route(_ node: NodeIndex) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("name", "destination")
    copier.copy("zone", as: "zone", inner: ["name"])
    copier.copy("action")
    copier.map("next_hop") { hop in
      guard json.tree.kind(hop) == .mapping else { return .node(hop, at: nil) }
      if let address = json.value("address", of: hop) { return .node(address, at: nil) }
      var connection = FieldCopier(json, hop)
      connection.copy("id", "name")
      return .object(connection.draft)
    }
    copier.copy("priority", "advertise", "origin")
    copier.copy("creator", as: "creator", inner: ["name", "id", "resource_type"])
    return copier.draft
  }
}

// MARK: - Servers

extension IBMModelBuilder {
  private mutating func server(_ node: NodeIndex) -> Draft {
    let name = json.string("name", of: node) ?? ""
    let (resource, words) = ("vpn_servers/\(name)", "VPN server `\(name)`")
    tell("security_groups", .securityGroup, groups, of: node, resource, "a security group of \(words)")
    tell("subnets", .subnet, subnets, of: node, resource, "a subnet of \(words)")
    var copier = FieldCopier(json, node)
    copier.copy("name", "id", "client_ip_pool", "enable_split_tunneling")
    copier.mapList("subnets") { subnets.value($0) }
    copier.mapList("security_groups") { groups.value($0) }
    copier.copyList("client_dns_server_ips", inner: ["address"])
    copier.copy("client_idle_timeout", "port", "protocol")
    copier.copy("certificate", as: "certificate", inner: ["crn"])
    copier.mapList("client_authentication") { .object(authentication($0, resource, words)) }
    copier.copy("hostname")
    copier.copyList("private_ips", inner: ["address"])
    copier.copy("lifecycle_state", "health_state")
    copier.copyList("health_reasons", inner: ["code"])
    copier.copy("created_at")
    gaps.add(unknown: "protocol", besides: GapList.serverProtocols, resource, words, json, &copier.draft)
    addRoutes(of: node, to: &copier.draft)
    addClients(of: node, to: &copier.draft)
    return copier.draft
  }

  private mutating func authentication(_ node: NodeIndex, _ resource: String, _ words: String) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("method")
    copier.copy("client_ca", as: "client_ca", inner: ["crn"])
    copier.copy("crl")
    copier.copy("identity_provider", as: "identity_provider", inner: ["provider_type"])
    gaps.add(
      unknown: "identity_provider", besides: GapList.identityProviders, resource, words, json, &copier.draft)
    return copier.draft
  }

  /// What belongs to a server: what names it, and where nothing names a server, what there is beside the only one.
  private func belongings(_ kind: IBMKind, of id: String?) -> [NodeIndex] {
    let own = id == nil ? [] : parts[IBMInventory.List(kind: kind, parent: id)] ?? []
    let loose = parts[IBMInventory.List(kind: kind, parent: nil)] ?? []
    return own + (inventory[.vpnServer].count == 1 ? loose : [])
  }

  private mutating func addRoutes(of node: NodeIndex, to draft: inout Draft) {
    let id = json.string("id", of: node)
    let routes = belongings(.serverRoute, of: id)
    let place = json.value("name", of: node).map { json.span($0) }
    guard !routes.isEmpty || inventory.hasList(.serverRoute, of: id) else {
      tellWithoutRoutes(server: node, &draft)
      return
    }
    draft.set("routes", routes.map { .object(serverRoute($0)) }, at: place)
    if isCut(.serverRoute, of: id) || isCut(.serverRoute, of: nil) { draft.setNotKnown("routes", at: place) }
  }

  private mutating func tellWithoutRoutes(server node: NodeIndex, _ draft: inout Draft) {
    guard let name = json.value("name", of: node) else { return }
    let server = json.tree.text(name)
    draft.setNotKnown("routes", at: json.span(name))
    gaps.add(
      "vpn_servers/\(server)", "routes", "the routes of VPN server `\(server)` are not in the input",
      "add the output of `ibmcloud is vpn-server-routes`; until then what clients reach is undetermined",
      at: json.span(name))
  }

  private func serverRoute(_ node: NodeIndex) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("name", "id", "destination", "action", "created_at", "lifecycle_state", "health_state")
    copier.copyList("health_reasons", inner: ["code"])
    return copier.draft
  }

  private func addClients(of node: NodeIndex, to draft: inout Draft) {
    let id = json.string("id", of: node)
    let clients = belongings(.serverClient, of: id)
    guard !clients.isEmpty || inventory.hasList(.serverClient, of: id) else { return }
    draft.set("clients", clients.map { client($0) }, at: json.value("name", of: node).map { json.span($0) })
  }

  private func client(_ node: NodeIndex) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("id", "common_name", "username")
    copier.copy("client_ip", as: "client_ip", inner: ["address"])
    copier.copy("remote_ip", as: "remote_ip", inner: ["address"])
    copier.copy("status", "created_at", "disconnected_at")
    return copier.draft
  }
}
