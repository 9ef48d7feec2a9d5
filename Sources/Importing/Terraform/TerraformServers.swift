import SourceText
import SourceTree

// VPN servers, routing tables, workloads, and networks beyond the VPC.
extension TerraformModelBuilder {
  mutating func server(_ position: Int) -> Draft {
    let name = networks.names[position]
    let resource = "vpn_servers/\(name)"
    var copier = named(position)
    copier.copy("client_ip_pool", "enable_split_tunneling")
    addSubnets(of: position, resource, &copier.draft)
    addGroups(
      of: position, at: ["security_groups"], resource, "a security group of VPN server `\(name)`", &copier.draft)
    copier.copyList("client_dns_server_ips")
    copier.copy("client_idle_timeout", "port", "protocol")
    copier.copy("certificate_crn", as: "certificate")
    copier.draft.set("client_authentication", authentications(of: position, resource, "VPN server `\(name)`"))
    copier.copy("hostname")
    copier.copyList("private_ips", inner: ["address"])
    copier.copy("lifecycle_state", "health_state")
    copier.copyList("health_reasons", inner: ["code"])
    copier.copy("created_at")
    tellPool(of: position, resource, &copier.draft)
    markPending(Self.settings, of: position, resource, "VPN server `\(name)`", &copier.draft)
    gaps.add(
      unknown: "protocol", besides: GapList.serverProtocols, resource, "VPN server `\(name)`", json, &copier.draft)
    addRoutes(of: position, to: &copier.draft)
    return copier.draft
  }

  /// Whatever the reason: without the pool nothing tells the traffic of clients from other traffic.
  private mutating func tellPool(of position: Int, _ resource: String, _ draft: inout Draft) {
    let (key, instance) = ("client_ip_pool", input.instances[position])
    guard (json.string(key, of: instance.values) ?? "").isEmpty else { return }
    let origin = input.origin(of: [key], of: instance)
    let isPending = input.isPending([key], of: instance)
    draft.setNotKnown(key, at: origin.place)
    gaps.add(
      resource, key,
      "the client pool of VPN server `\(networks.names[position])` is \(isPending ? "not known until apply" : "not in the input")",
      isPending ? "\(origin.reason); what its clients reach is undetermined" : "what its clients reach is undetermined",
      at: origin.place)
  }

  private static let settings: [Argument] = [
    ("enable_split_tunneling", "enable_split_tunneling"), ("client_dns_server_ips", "client_dns_server_ips"),
    ("client_idle_timeout", "client_idle_timeout"), ("port", "port"), ("protocol", "protocol"),
    ("certificate_crn", "certificate"), ("client_authentication", "client_authentication"),
  ]

  /// More subnets than a server can have are those of which it has some.
  private mutating func addSubnets(of position: Int, _ resource: String, _ draft: inout Draft) {
    let name = networks.names[position]
    var links = resolver.links(["subnets"], of: position, to: [TerraformType.subnet])
    let isGiven = input.value(at: ["subnets"], of: input.instances[position]) != nil
    if !isGiven, links.count > Self.mostSubnets, let place = links.first?.place(json) {
      let reason = "the configuration names \(links.count) subnets, and a server stands in one or two of them"
      links = [.unknown("one of \(links.count)", because: reason, among: [], at: place)]
    }
    setLinks(
      links, to: TerraformType.subnet, as: "subnets", resource, "a subnet of VPN server `\(name)`",
      at: key("subnets", of: position), &draft)
  }

  private static let mostSubnets = 2

  /// Security groups. Where the service chooses for want of a list, there is none.
  mutating func addGroups(
    of position: Int, at path: [String], _ resource: String, _ words: String, _ draft: inout Draft
  ) {
    setLinks(
      resolver.links(path, of: position, to: [TerraformType.securityGroup]), to: TerraformType.securityGroup,
      as: "security_groups", resource, words, at: path.count == 1 ? key(path[0], of: position) : nil, &draft)
    if parts.isOpen(.groupsOfTarget, position) { draft.setNotKnown("security_groups") }
  }

  private func key(_ name: String, of position: Int) -> Span? {
    json.members(name, of: input.instances[position].values).first.map { json.tree.span($0.key) }
  }

  private mutating func authentications(of position: Int, _ resource: String, _ words: String) -> [Draft]? {
    guard json.isList("client_authentication", of: input.instances[position].values) else { return nil }
    return json.items("client_authentication", of: input.instances[position].values).enumerated().map { number, node in
      var draft = authentication(node)
      markPending(
        [("method", "method"), ("client_ca_crn", "client_ca"), ("identity_provider", "identity_provider")],
        at: ["client_authentication", String(number)], of: position, resource, words, &draft)
      gaps.add(
        unknown: "identity_provider", besides: GapList.identityProviders, resource, words, json, &draft)
      return draft
    }
  }

  private func authentication(_ node: NodeIndex) -> Draft {
    var copier = FieldCopier(json, node, emptyIsUnset: true)
    copier.copy("method")
    copier.copy("client_ca_crn", as: "client_ca")
    copier.copy("client_ca", as: "client_ca", inner: ["crn"])
    copier.copy("crl", "identity_provider")
    return copier.draft
  }

  private mutating func addRoutes(of position: Int, to draft: inout Draft) {
    let place = networks.names.node(position).map { json.tree.span($0) }
    let server = networks.names[position]
    draft.set("routes", (parts.members[position] ?? []).map { serverRoute($0, of: server) }, at: place)
    if parts.isOpen(.routesOfServer, position) || input.cutPlace != nil { draft.setNotKnown("routes", at: place) }
  }

  private mutating func serverRoute(_ position: Int, of server: String) -> Draft {
    var copier = FieldCopier(json, input.instances[position].values, emptyIsUnset: true)
    copier.copy("name")
    copier.copy("vpn_route", as: "id")
    copier.copy("destination", "action", "created_at", "lifecycle_state", "health_state")
    copier.copyList("health_reasons", inner: ["code"])
    markPending(
      [("destination", "destination"), ("action", "action")], of: position,
      "vpn_servers/\(server)/routes/\(networks.names[position])", "`\(input.instances[position].address)`",
      &copier.draft)
    return copier.draft
  }

  // MARK: Routing tables

  /// What a table says about traffic from elsewhere.
  private static let ingress = [
    "advertise_routes_to", "route_direct_link_ingress", "route_internet_ingress", "route_transit_gateway_ingress",
    "route_vpc_zone_ingress",
  ]

  mutating func table(_ position: Int) -> Draft {
    var copier = named(position, id: "routing_table")
    copier.copy("is_default")
    let (field, instance) = ("accept_routes_from_resource_type", input.instances[position])
    let resource = "vpc/routing_tables/\(networks.names[position])"
    if json.isList(field, of: instance.values) {
      copier.copyList(field, as: "accept_routes_from")
    } else if input.expression(at: [field], of: instance) == nil {
      // A table that is made without saying so accepts nothing.
      copier.draft.set("accept_routes_from", [Draft.Value]())
    }
    copier.copyList("advertise_routes_to")
    copier.copy(
      "route_direct_link_ingress", "route_internet_ingress", "route_transit_gateway_ingress", "route_vpc_zone_ingress")
    markPending(
      [(field, "accept_routes_from")] + Self.ingress.map { ($0, $0) }, of: position, resource,
      "routing table `\(networks.names[position])`", &copier.draft)
    copier.draft.set("routes", (parts.members[position] ?? []).map { route($0, resource) })
    if parts.isOpen(.routesOfTable, position) { copier.draft.setNotKnown("routes") }
    return copier.draft
  }

  mutating func route(_ position: Int, _ resource: String) -> Draft {
    let instance = input.instances[position]
    var copier = FieldCopier(json, instance.values, emptyIsUnset: true)
    copier.copy("name", "destination", "zone", "action")
    if let hop = json.value("next_hop", of: instance.values) {
      copier.draft.set("next_hop", nextHop(hop))
    } else if let expression = input.expression(at: ["next_hop"], of: instance) {
      let place = resolver.link("next_hop", of: position, to: [TerraformType.vpnConnection])?.place(json)
      var connection = Draft(at: place ?? json.span(expression))
      connection.set("id", .text("known after apply", at: place ?? json.span(expression)))
      copier.draft.set("next_hop", .object(connection))
    }
    copier.copy("priority", "advertise", "origin")
    markPending(
      ["destination", "action", "zone", "priority"].map { ($0, $0) }, of: position,
      "\(resource)/routes/\(networks.names[position])", "`\(instance.address)`", &copier.draft)
    return copier.draft
  }

  /// An address, or the id of a VPN gateway connection.
  private func nextHop(_ hop: NodeIndex) -> Draft.Value {
    let text = json.string(hop) ?? ""
    let isAddress = text.utf8.allSatisfy {
      $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    guard !isAddress else { return .node(hop, at: nil) }
    var connection = Draft(at: json.span(hop))
    connection.set("id", .node(hop, at: nil))
    return .object(connection)
  }
}
