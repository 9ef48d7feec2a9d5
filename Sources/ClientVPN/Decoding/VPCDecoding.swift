import IPv4Space
import SourceText
import SourceTree

extension Decoder {
  func readVPC(_ node: NodeIndex) -> VPC? {
    guard let object = open(node, VPCKey.table, key: "vpc") else { return nil }
    var vpc = VPC()
    vpc.name = text(object, .name)
    vpc.id = text(object, .id)
    vpc.region = text(object, .region, or: .name)
    vpc.classicAccess = flag(object, .classicAccess)
    vpc.addressPrefixes = objects(object, .addressPrefixes, "address prefix") { readAddressPrefix($0) }
    vpc.subnetsAreUnknown = object.isNotKnown(.subnets)
    if requiredValue(object, .subnets) != nil || vpc.subnetsAreUnknown {
      var isUnknown = false
      let subnets = objects(object, .subnets, "subnet") { readSubnet($0, &isUnknown) }
      vpc.subnetsAreUnknown = vpc.subnetsAreUnknown || isUnknown
      if let subnets { vpc.subnets = subnets }
    }
    vpc.routingTables = objects(object, .routingTables, "routing table") { readRoutingTable($0) }
    vpc.networkACLs = objects(object, .networkACLs, "network ACL") { readNetworkACL($0) }
    vpc.securityGroups = objects(object, .securityGroups, "security group") { readSecurityGroup($0) }
    vpc.workloads = objects(object, .workloads, "workload") { readWorkload($0) }
    vpc.defaultRoutingTable = reference(object, .defaultRoutingTable)
    vpc.defaultNetworkACL = reference(object, .defaultNetworkACL)
    vpc.defaultSecurityGroup = reference(object, .defaultSecurityGroup)
    return vpc
  }

  private func readAddressPrefix(_ node: NodeIndex) -> AddressPrefix? {
    guard let object = open(node, AddressPrefixKey.table, key: "address_prefixes") else { return nil }
    let name = text(object, .name)
    let zone = text(object, .zone, or: .name)
    let isDefault = flag(object, .isDefault)?.value ?? false
    guard let cidr = prefix(object, .cidr, isRequired: true) else { return nil }
    return AddressPrefix(name: name, cidr: cidr, zone: zone, isDefault: isDefault)
  }

  /// nil too for a subnet that says of itself that its addresses are not known: it may be anywhere.
  private func readSubnet(_ node: NodeIndex, _ isUnknown: inout Bool) -> Subnet? {
    guard let object = open(node, SubnetKey.table, key: "subnets") else { return nil }
    if object.isNotKnown(.block) { isUnknown = true }
    let name = requiredName(object, .name)
    let block = prefix(object, .block, isRequired: true)
    let id = text(object, .id)?.value
    let zone = text(object, .zone, or: .name)
    let routingTable = reference(object, .routingTable)
    let networkACL = reference(object, .networkACL)
    let publicGateway = text(object, .publicGateway, or: .nameOrID)
    let available = integer(object, .availableAddresses)
    let expect = intent(object, .expect, allowing: Self.subnetIntents)
    guard let block else { return nil }
    return Subnet(
      name: name ?? Field(block.value.description, block.span), id: id, vpc: vpcReference(object, .vpc), block: block,
      zone: zone,
      routingTable: routingTable, networkACL: networkACL, publicGateway: publicGateway, availableAddresses: available,
      expect: expect)
  }

  private func readRoutingTable(_ node: NodeIndex) -> RoutingTable? {
    guard let object = open(node, RoutingTableKey.table, key: "routing_tables"),
      let name = requiredName(object, .name)
    else { return nil }
    var routesAreUnknown = object.isNotKnown(.routes)
    let routes = readVPCRoutes(object, &routesAreUnknown)
    return RoutingTable(
      name: name, id: text(object, .id)?.value, isDefault: flag(object, .isDefault)?.value ?? false,
      acceptRoutesFrom: services(object, .acceptRoutesFrom, ModelWords.acceptedServices),
      advertiseRoutesTo: services(object, .advertiseRoutesTo, ModelWords.advertisementTargets),
      directLinkIngress: flag(object, .directLink), internetIngress: flag(object, .internet),
      transitGatewayIngress: flag(object, .transitGateway), zoneIngress: flag(object, .zone),
      ingressIsUnknown: [.directLink, .internet, .transitGateway, .zone].contains { object.isNotKnown($0) },
      subnets: references(object, .subnets)?.elements ?? [], routes: routes,
      routesAreUnknown: routesAreUnknown)
  }

  /// Words of a closed list, or the API's objects with a `resource_type`.
  private func services(
    _ object: ObjectReader<RoutingTableKey>, _ key: RoutingTableKey, _ words: [String]
  ) -> ListField<Field<String>>? {
    list(object, key) { node in
      guard let scalar = scalar(node, key: name(key), inner: .resourceType, expected: "a service") else {
        return nil
      }
      if object.isNotKnown(key), !words.contains(tree.text(scalar)) { return nil }
      return word(scalar, key: name(key), words.map { ($0, $0) })
    }
  }

  /// nil if the API gave references to routes instead of the routes: then they are not modelled.
  private func readVPCRoutes(
    _ object: ObjectReader<RoutingTableKey>, _ isUnknown: inout Bool
  ) -> ListField<VPCRoute>? {
    var hasReferences = false
    let routes = objects(object, .routes, "route") { node -> VPCRoute? in
      if isReferenceToRoute(node) {
        hasReferences = true
        return nil
      }
      return readVPCRoute(node, &isUnknown)
    }
    return hasReferences ? nil : routes
  }

  private func isReferenceToRoute(_ node: NodeIndex) -> Bool {
    guard tree.kind(node) == .mapping else { return false }
    let keys = Set(tree.keys(node).map(tree.text))
    return keys.contains("href") && !keys.contains("destination")
  }

  /// nil too for a route that says of itself that it is not wholly known: it may lead anywhere.
  private func readVPCRoute(_ node: NodeIndex, _ isUnknown: inout Bool) -> VPCRoute? {
    guard let object = open(node, VPCRouteKey.table, key: "routes") else { return nil }
    if object.hasNotKnown {
      isUnknown = true
      return nil
    }
    let name = text(object, .name)
    let zone = text(object, .zone, or: .name)
    let writtenAction = value(object, .action)
    let action = writtenAction.flatMap { node in
      word(node, key: "action", ModelWords.vpcRouteActions.map { ($0, $0) })
    }
    let writtenHop = value(object, .nextHop)
    let nextHop = writtenHop.flatMap(readNextHop)
    let priority = integer(object, .priority)
    let advertise = flag(object, .advertise)
    let origin = value(object, .origin).flatMap { word($0, key: "origin", ModelWords.vpcRouteOrigins.map { ($0, $0) }) }
    let creator = text(object, .creator, or: .creator)
    guard let destination = prefix(object, .destination, isRequired: true) else { return nil }
    return VPCRoute(
      name: name, destination: destination, zone: zone, action: action,
      actionIsUnread: writtenAction != nil && action == nil, nextHop: nextHop,
      nextHopPlace: writtenHop.map { tree.span($0) }, priority: priority, advertise: advertise, origin: origin,
      creator: creator)
  }

  /// An address, or the API's object with one; a VPN connection has none.
  private func readNextHop(_ node: NodeIndex) -> Field<IPv4Address>? {
    if tree.kind(node) == .mapping, !tree.keys(node).contains(where: { tree.text($0) == "address" }) { return nil }
    return address(node, key: "next_hop")
  }

  private func readWorkload(_ node: NodeIndex) -> Workload? {
    guard let object = open(node, WorkloadKey.table, key: "workloads"), let name = requiredName(object, .name) else {
      return nil
    }
    return Workload(
      name: name,
      kind: value(object, .kind).flatMap { node in
        word(node, key: "kind", ModelWords.workloadKinds.map { ($0, $0) })
      },
      subnet: reference(object, .subnet), address: address(object, .address), floatingIP: address(object, .floatingIP),
      securityGroups: references(object, .securityGroups),
      services: list(object, .services) { node in readService(node) })
  }

  private func readService(_ node: NodeIndex) -> Field<Service>? {
    let expected = "a service such as tcp/443, udp/53 or icmp"
    guard let scalar = scalar(node, key: "services", expected: expected) else { return nil }
    let text = tree.text(scalar)
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if let transport = TransportProtocol(rawValue: String(parts[0])) {
      if transport == .icmp, parts.count == 1 { return Field(Service(transport: .icmp, port: nil), tree.span(node)) }
      if transport != .icmp, parts.count == 2, let port = UInt16(parts[1]), port > 0 {
        return Field(Service(transport: transport, port: port), tree.span(node))
      }
    }
    report(.invalidValue(key: "services", text: text, expected: expected, nearest: nil), at: scalar)
    return nil
  }
}
