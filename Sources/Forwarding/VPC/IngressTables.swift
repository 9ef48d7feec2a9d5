public import ClientVPN
import IPv4Space

/// Where traffic comes from that an ingress routing table routes. The raw value is the key of the flag in the model.
public enum IngressSource: String, Sendable, CaseIterable {
  case directLink = "route_direct_link_ingress"
  case internet = "route_internet_ingress"
  case transitGateway = "route_transit_gateway_ingress"
  case otherZones = "route_vpc_zone_ingress"

  /// The word for it in `advertise_routes_to`; nil if nothing can be advertised there.
  public var advertisedAs: String? {
    switch self {
    case .directLink: "direct_link"
    case .transitGateway: "transit_gateway"
    case .internet, .otherZones: nil
    }
  }

  /// How networks behind it are declared.
  var way: Network.Way? {
    switch self {
    case .directLink: .directLink
    case .transitGateway: .transitGateway
    case .internet, .otherZones: nil
    }
  }
}

extension RoutingTable {
  /// The flag of a source, as written.
  public func flag(of source: IngressSource) -> Field<Bool>? {
    switch source {
    case .directLink: directLinkIngress
    case .internet: internetIngress
    case .transitGateway: transitGatewayIngress
    case .otherZones: zoneIngress
    }
  }

  /// The sources whose traffic the table routes.
  public var ingressSources: [IngressSource] { IngressSource.allCases.filter { flag(of: $0)?.value ?? false } }

  /// Whether the table routes traffic that comes into the VPC or into a zone.
  public var isIngress: Bool { !ingressSources.isEmpty }
}

extension Analysis {
  /// Tables that route ingress traffic and serve subnets, by their positions.
  public var ingressTablesOfSubnets: [(table: Int, subnets: [Int])] {
    let tables = routingTables
    guard tables.contains(where: \.isIngress) else { return [] }
    var subnets: [Int: [Int]] = [:]
    for subnet in model.vpc.subnets.elements.indices {
      if case .known(let table) = attachments.routingTable(ofSubnet: subnet) {
        subnets[table, default: []].append(subnet)
      }
    }
    return tables.indices.compactMap { index in
      tables[index].isIngress ? subnets[index].map { (index, $0) } : nil
    }
  }

  /// Whether the VPC uses the table where nothing else is attached.
  public func isDefault(table index: Int) -> Bool {
    model.vpc.defaultRoutingTable.map { $0.index == index } ?? routingTables[index].isDefault
  }

  /// Tables that share an ingress source, which one table alone can have: the first, and each later one.
  public var doubledIngressSources: [(source: IngressSource, first: RoutingTable, later: RoutingTable)] {
    IngressSource.allCases.flatMap { source in
      let tables = routingTables.filter { $0.flag(of: source)?.value ?? false }
      return tables.dropFirst().map { (source, tables[0], $0) }
    }
  }

  /// Ingress tables for traffic from networks to which a server delivers, that do not accept the server's routes; and the
  /// first such network. Where it is certain that no answer comes back, nothing is listed.
  public var ingressTablesWithoutServers: [(table: RoutingTable, source: IngressSource, server: Int, network: Int)] {
    routingTables.filter { VPCRouting.acceptsServerRoutes($0) == false }.flatMap { table in
      table.ingressSources.compactMap { source in
        source.way.flatMap(firstDelivery).map { (table, source, $0.server, $0.network) }
      }
    }
  }

  private func firstDelivery(by way: Network.Way) -> (server: Int, network: Int)? {
    let networks = (model.networks?.elements ?? []).indices.filter { model.networks?.elements[$0].via.value == way }
    for server in servers {
      let delivered = networks.isEmpty ? .empty : server.table.addresses(decidedBy: [.deliver])
      for network in networks where isDelivered(network, delivered) {
        let verdict = server.networks.first { $0.network == network }
        if let verdict, server.lacksAdvertisement(verdict, in: model) { return nil }
        return (server.index, network)
      }
    }
    return nil
  }

  private func isDelivered(_ network: Int, _ delivered: IPv4Set) -> Bool {
    model.networks?.elements[network].cidrs.contains { delivered.overlaps($0.value.range) } ?? false
  }

  /// Routes of users in ingress tables whose next hop lies in a subnet of another zone, and that subnet.
  public var ingressHopsInOtherZones: [(table: RoutingTable, route: VPCRoute, subnet: Int)] {
    let tables = routingTables.filter(\.isIngress)
    guard !tables.isEmpty, !plan.blocks.isEmpty else { return [] }
    let placement = PrefixPlacement(plan.blocks)
    return tables.flatMap { table in
      (table.routes?.elements ?? []).compactMap { route in
        guard !route.isFromService, route.delivers, let zone = route.zone?.value, let hop = route.nextHop?.value,
          let subnet = placement.narrowest(containing: IPv4Prefix(hop, length: 32)),
          let other = model.vpc.subnets.elements[subnet].zone?.value, other != zone
        else { return nil }
        return (table, route, subnet)
      }
    }
  }
}
