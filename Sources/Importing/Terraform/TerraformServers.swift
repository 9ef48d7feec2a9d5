import SourceText
import SourceTree

// VPN servers, routing tables, workloads, and networks beyond the VPC.
extension TerraformModelBuilder {
  mutating func server(_ position: Int) -> Draft? {
    let (instance, name) = (input.instances[position], networks.names[position])
    let resource = "vpn_servers/\(name)"
    guard json.value("client_ip_pool", of: instance.values) != nil else {
      gaps.add(
        resource, "client_ip_pool", "the client pool of VPN server `\(name)` is not known until apply",
        "nothing is judged of the server", at: json.span(json.value("name", of: instance.values) ?? instance.node))
      return nil
    }
    var copier = named(position)
    copier.copy("client_ip_pool", "enable_split_tunneling")
    addLinks("subnets", TerraformType.subnet, of: position, resource, "a subnet of VPN server `\(name)`", &copier.draft)
    addLinks(
      "security_groups", TerraformType.securityGroup, of: position, resource,
      "a security group of VPN server `\(name)`", &copier.draft)
    copier.copyList("client_dns_server_ips")
    copier.copy("client_idle_timeout", "port", "protocol")
    copier.copy("certificate_crn", as: "certificate")
    copier.mapList("client_authentication") { .object(authentication($0)) }
    copier.copy("hostname")
    copier.copyList("private_ips", inner: ["address"])
    copier.copy("lifecycle_state", "health_state")
    copier.copyList("health_reasons", inner: ["code"])
    copier.copy("created_at")
    addRoutes(of: position, to: &copier.draft)
    return copier.draft
  }

  /// A list of references. Where the service chooses for want of a list, there is none.
  private mutating func addLinks(
    _ field: String, _ type: String, of position: Int, _ resource: String, _ words: String, _ draft: inout Draft
  ) {
    let links = resolver.links([field], of: position, to: [type])
    for link in links { tell(link, to: type, resource, field, words) }
    guard !links.isEmpty else { return }
    let key = json.members(field, of: input.instances[position].values).first.map { json.tree.span($0.key) }
    draft.set(field, links.map { reference($0, type) }, at: key)
  }

  private func authentication(_ node: NodeIndex) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("method")
    copier.copy("client_ca_crn", as: "client_ca")
    copier.copy("client_ca", as: "client_ca", inner: ["crn"])
    copier.copy("crl", "identity_provider")
    return copier.draft
  }

  private mutating func addRoutes(of position: Int, to draft: inout Draft) {
    let place = networks.names.node(position).map { json.tree.span($0) }
    for flaw in parts.serverFlaws[position] ?? [] {
      gaps.add(flaw)
      if case .node(let name, _) = nameValue(position, at: nil) {
        serversWithUnknownRoutes.insert(json.tree.span(name))
      }
    }
    let routes = (parts.members[position] ?? []).filter {
      json.value("destination", of: input.instances[$0].values) != nil
    }
    draft.set("routes", routes.map { .object(serverRoute($0)) }, at: place)
  }

  private func serverRoute(_ position: Int) -> Draft {
    var copier = FieldCopier(json, input.instances[position].values)
    copier.copy("name")
    copier.copy("vpn_route", as: "id")
    copier.copy("destination", "action", "created_at", "lifecycle_state", "health_state")
    copier.copyList("health_reasons", inner: ["code"])
    return copier.draft
  }

  // MARK: Routing tables

  mutating func table(_ position: Int) -> Draft {
    var copier = named(position, id: "routing_table")
    copier.copy("is_default")
    let (field, instance) = ("accept_routes_from_resource_type", input.instances[position])
    if json.isList(field, of: instance.values) {
      copier.copyList(field, as: "accept_routes_from")
    } else if input.expression(at: [field], of: instance) == nil {
      // A table that is made without saying so accepts nothing.
      copier.draft.set("accept_routes_from", [Draft.Value]())
    }
    copier.copyList("advertise_routes_to")
    copier.copy(
      "route_direct_link_ingress", "route_internet_ingress", "route_transit_gateway_ingress", "route_vpc_zone_ingress")
    copier.draft.set("routes", (parts.members[position] ?? []).map { route($0) })
    return copier.draft
  }

  func route(_ position: Int) -> Draft {
    let instance = input.instances[position]
    var copier = FieldCopier(json, instance.values)
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

  // MARK: Workloads

  /// The name of a workload: other kinds may have the same.
  func workloadName(_ position: Int) -> String {
    let name = networks.names[position]
    let isInstance = input.instances[position].type == TerraformType.instance
    return !isInstance && instanceNames.contains(name) ? "\(name)-endpoint-gateway" : name
  }

  mutating func workloads() -> [Draft] {
    vpc[TerraformType.instance].map { machine($0) } + vpc[TerraformType.endpointGateway].map { endpointGateway($0) }
  }

  private mutating func machine(_ position: Int) -> Draft {
    let attachment = ["primary_network_attachment", "0", "virtual_network_interface", "0"]
    let interface = ["primary_network_interface", "0"]
    let values = input.instances[position].values
    let isAttached = json.value("primary_network_attachment", of: values) != nil
    let path = isAttached ? attachment : interface
    let address =
      json.value("address", of: json.items("primary_ip", of: object(at: path, of: values)).first)
      ?? json.value("primary_ipv4_address", of: object(at: path, of: values))
    return workload(position, "instance", path, address)
  }

  private mutating func endpointGateway(_ position: Int) -> Draft {
    let values = input.instances[position].values
    let address = json.value("address", of: json.items("ips", of: values).first)
    return workload(position, "endpoint_gateway", ["ips", "0"], address, groups: ["security_groups"])
  }

  private func object(at path: [String], of values: NodeIndex) -> NodeIndex? {
    path.reduce(values) { (node: NodeIndex?, step) in
      guard let node else { return nil }
      return step == "0" ? json.tree.items(node).first { _ in true } : json.value(step, of: node)
    }
  }

  private mutating func workload(
    _ position: Int, _ kind: String, _ path: [String], _ address: NodeIndex?, groups: [String]? = nil
  ) -> Draft {
    let (instance, name) = (input.instances[position], workloadName(position))
    let place = json.span(networks.names.node(position) ?? instance.node)
    var draft = Draft(at: json.tree.span(instance.values))
    draft.set("name", .text(name, at: place))
    draft.set("kind", .text(kind, at: place))
    let subnet = resolver.links(path + ["subnet"], of: position, to: [TerraformType.subnet]).first
    tell(subnet, to: TerraformType.subnet, "vpc/workloads/\(name)", "subnet", "the subnet of `\(name)`")
    if let subnet, subnet.position != nil { draft.set("subnet", reference(subnet, TerraformType.subnet)) }
    draft.set("address", address.map { .node($0, at: nil) })
    let links = resolver.links(groups ?? path + ["security_groups"], of: position, to: [TerraformType.securityGroup])
    for link in links {
      tell(
        link, to: TerraformType.securityGroup, "vpc/workloads/\(name)", "security_groups",
        "a security group of `\(name)`")
    }
    if !links.isEmpty { draft.set("security_groups", links.map { reference($0, TerraformType.securityGroup) }) }
    return draft
  }

  // MARK: Networks beyond the VPC

  mutating func neighbours() -> [Draft] {
    vpc[TerraformType.vpnGateway].flatMap { gateway in
      (parts.members[gateway] ?? []).compactMap { connection(input.instances[$0], $0) }
    } + otherVPCs()
  }

  private mutating func connection(_ instance: TerraformInstance, _ position: Int) -> Draft? {
    let peer = json.items("peer", of: instance.values).first
    let ranges =
      json.items("peer_cidrs", of: instance.values) + json.items("peer_cidrs", of: peer) + json.items("cidrs", of: peer)
    let name = networks.names[position]
    guard !ranges.isEmpty else {
      gaps.add(
        "networks/\(name)", "cidrs", "the networks behind VPN gateway connection `\(name)` are not in the input",
        "add them below `networks`, with `via: vpn_gateway`, to have them judged",
        at: json.span(networks.names.node(position) ?? instance.node))
      return nil
    }
    var draft = Draft(at: json.tree.span(instance.values))
    draft.set("name", nameValue(position, at: nil))
    draft.set("cidrs", ranges.map { .node($0, at: nil) })
    draft.set("via", .text("vpn_gateway", at: json.span(instance.node)))
    return draft
  }

  /// VPCs of the input that a transit gateway joins with this one.
  private mutating func otherVPCs() -> [Draft] {
    guard let own = vpcInstance else { return [] }
    let joined = Set(parts.transitEnds.filter { $0.vpc == own }.map(\.gateway))
    var (seen, drafts): (Set<Int>, [Draft]) = ([own], [])
    for end in parts.transitEnds where joined.contains(end.gateway) && seen.insert(end.vpc).inserted {
      guard drafts.count < GapList.mostNetworks else {
        gaps.addManyNetworks(at: end.place)
        break
      }
      guard let number = networks.number(of: .instance(end.vpc)) else { continue }
      if let draft = network(networks.vpcs[number], end.vpc, at: end.place) { drafts.append(draft) }
    }
    return drafts
  }

  private mutating func network(_ other: TerraformNetworks.VPCEntry, _ position: Int, at place: Span) -> Draft? {
    let prefixes = ranges("cidr", of: other[TerraformType.addressPrefix])
    let ranges = prefixes.isEmpty ? ranges("ipv4_cidr_block", of: other[TerraformType.subnet]) : prefixes
    guard !ranges.isEmpty else { return nil }
    var draft = Draft(at: place)
    draft.set("name", nameValue(position, at: place))
    draft.set("cidrs", ranges.map { .node($0, at: nil) })
    draft.set("via", .text("transit_gateway", at: place))
    return draft
  }

  private func ranges(_ field: String, of positions: [Int]) -> [NodeIndex] {
    positions.compactMap { json.value(field, of: input.instances[$0].values) }
  }
}
