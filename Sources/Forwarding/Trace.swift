public import ClientVPN
public import IPv4Space
public import SourceText

/// A packet of a client.
public struct Packet: Hashable, Sendable {
  /// Sender; nil if its address is not known.
  public let source: IPv4Address?
  /// Receiver.
  public let destination: IPv4Address
  /// The protocol.
  public let transport: TransportProtocol
  /// nil for ICMP.
  public let port: UInt16?
}

/// A stage of a packet's journey. A closed list (SPEC §5).
public enum Stage: String, Sendable, CaseIterable {
  case clientTable = "client-table"
  case carrier
  case serverRoute = "server-route"
  case serverSecurityGroup = "server-security-group"
  case serverACL = "server-acl"
  case vpcRoute = "vpc-route"
  case network
  case workloadACL = "workload-acl"
  case workloadSecurityGroup = "workload-security-group"
  case replyWorkloadACL = "reply-workload-acl"
  case replyRoute = "reply-route"
  case replyServerACL = "reply-server-acl"
}

/// Why a client's own row goes before the VPN's.
public enum RowPrecedence: Hashable, Sendable {
  /// No other row is as narrow.
  case longest
  /// A row of the VPN has the same destination and a higher metric: the client's, the VPN's.
  case lowerMetric(Int, Int)
  /// The system has refused the VPN's row of the same destination.
  case refusal
}

/// Why a stage ended as it did.
public enum StageReason: Hashable, Sendable {
  // client-table
  case fullTunnelTakesEverything
  case modeUnknown
  case pushedRoute(IPv4Prefix)
  case pushedPool(IPv4Prefix)
  case noPushedRoute
  /// The pushed client pool is not known.
  case poolUnknown
  case hostRouteToServer
  case ownAddress
  /// An address by which every client reaches itself.
  case loopback
  /// A row of the client's table that leads into the tunnel.
  case rowIntoTunnel(IPv4Prefix, ClientRow.Origin)
  /// The destination, the interface, and why the row wins.
  case onLink(IPv4Prefix, String, RowPrecedence)
  case siteRoute(IPv4Prefix, IPv4Address?, RowPrecedence)
  case defaultRoute(IPv4Address?, RowPrecedence)
  /// A row of the VPN whose next hop lies in the LAN: destination, next hop, interface.
  case rowLeavesByLAN(IPv4Prefix, IPv4Address?, String)
  case noRow
  // carrier
  case carrierOutside
  /// Filters stop the tunnel's own packets; what follows is as if it were up.
  case carrierFiltered
  case carrierLoops(IPv4Prefix?)
  case carrierUnknown(IPv4Prefix)
  /// A row leads the tunnel's own packets into the tunnel; the server's address, if known.
  case carrierByRow(IPv4Prefix?, IPv4Address?)
  /// A row leads the tunnel's own packets to a next hop that does not exist.
  case carrierToNobody(IPv4Prefix?, IPv4Address?)
  case carrierWithoutRow(IPv4Address?)
  // server-route
  case routeDelivers(IPv4Prefix)
  case routeTranslates(IPv4Prefix)
  case routeDrops(IPv4Prefix)
  case noServerRoute
  case routesIncomplete
  /// A route that is not known may be narrower.
  case narrowerRouteUnknown(IPv4Prefix)
  case actionUnknown(IPv4Prefix)
  // beyond the server
  case vpnGatewayAnswers
  case inVPC
  /// On to a declared network by its name, or to what is there without being declared.
  case byNetwork(String?, Network.Way)
  case nothingThere
  // reply
  case translatedReturns
  case poolIsRouted
  case clientAddressInSubnet(String)
  case networkDoesNotKnowPool(Network.Way?)
  case networkUnknown(Network.Way)
  // filters: what they are called, and the client's end of the packet if it is known
  case filterAllows(String, IPv4Address?, isReply: Bool)
  case filterBlocks(String, IPv4Address?, isReply: Bool, byRule: Bool)
  case filterUnknown
  // routing tables of the VPC, by name
  case leavesVPC
  case routingTableUnknown
  case vpcRouteDrops(String, IPv4Prefix?)
  /// A route of the VPC, which leaves packets to the system's own routes unless it sends what leaves the VPC to a next hop.
  case vpcRouteLetsOn(String, IPv4Prefix, isInVPC: Bool)
  /// A route that leaves answers to the server's own address to the system's own routes.
  case answerLetsOn(String, IPv4Prefix)
  case vpcRouteHops(String, IPv4Address?)
  case answerLedAway(String, IPv4Prefix?, IPv4Address?)
  case tableRejectsPool(String)
  case acceptanceUnknown(String)
  /// Which routes hold depends on the zone of the subnet.
  case zoneUnknown(String)
}

/// A packet followed through the stages, as far as it gets.
public struct Trace: Sendable {
  /// One stage.
  public struct Step: Sendable {
    /// Which stage.
    public let stage: Stage
    /// How it ended.
    public let result: Evidence.Result
    /// Why.
    public let reason: StageReason
    /// What in the model decided.
    public let span: Span?
    /// Which members of the server the step is about, where they differ.
    public internal(set) var members: Members?
  }

  /// Members of a server, by the subnets that they stand in: the one that a packet is followed by, and what others do.
  public struct Members: Sendable, Hashable {
    /// The subnet of the member whose packet it is.
    public let subnet: String
    /// Subnets of members by which such packets get through, in the order of the model.
    public let others: [String]
  }

  /// The packet.
  public let packet: Packet
  /// The stages in the order of travel; nothing follows a stop.
  public let steps: [Step]
  /// How it ends.
  public let outcome: Outcome
}

extension ServerAnalysis {
  /// Follows a packet of a client, from a place if one is given. `workload` is what the packet is for, by its position, if its address does not tell.
  public func trace(
    to destination: IPv4Address, in model: Model, transport: TransportProtocol = .icmp, port: UInt16? = nil,
    from site: SiteAnalysis? = nil, workload: Int? = nil
  ) -> Trace {
    let reach = site?.reach ?? reach
    let fate = reach.fates(to: workload)[destination]
    var steps: [Trace.Step] = []
    func add(_ stage: Stage, _ result: Evidence.Result, _ reason: StageReason, _ span: Span?) {
      if steps.last?.result != .stop {
        steps.append(Trace.Step(stage: stage, result: result, reason: reason, span: span))
      }
    }
    let route = fate.route.map { table.routes[$0] }
    if let site { addClientTable(destination, site, add) } else { addClientTable(destination, fate, route, add) }
    if let site { addCarrier(site.carrier, add) } else { addCarrier(add) }
    var outcome = fate.outcome
    if destination == server.gatewayAddress {
      add(.vpcRoute, .pass, .vpnGatewayAnswers, nil)
      if steps.last?.result != .stop, outcome != .undetermined { outcome = .reachable }
    } else {
      addServerRoute(fate, route, add)
      let service = ServiceSet(transport, port: port)
      let told = told(fate, route, reach, destination, service, workload)
      let isOfProvider = workload.map(model.hasAddressOfProvider) ?? false
      if isOfProvider { add(.vpcRoute, .stop, .nothingThere, nil) }
      addBeyond(fate, route, model, told?.steps ?? [], add)
      outcome = fate.outcome(of: service, reach.passages).outcome
      if isOfProvider, outcome == .reachable || outcome == .undetermined { outcome = .nowhere }
      if let told, let last = steps.lastIndex(where: { $0.result != .pass }) {
        steps[last].members = reach.members(fate, service, told.member)
      }
    }
    // Outside the tunnel a packet has the client's address in its own network, if that is known.
    let staysOutside = site.map { $0.row(to: destination)?.isTunnel != true } ?? false
    let source = staysOutside ? site?.place.ownAddresses.first ?? server.clientAddress : server.clientAddress
    let packet = Packet(source: source, destination: destination, transport: transport, port: port)
    return Trace(packet: packet, steps: steps, outcome: outcome)
  }

  private typealias Add = (Stage, Evidence.Result, StageReason, Span?) -> Void

  private func addClientTable(_ destination: IPv4Address, _ fate: Fate, _ route: ServerRoute?, _ add: Add) {
    if fate.target == .clientItself { return add(.clientTable, .stop, .loopback, nil) }
    switch mode {
    case .unknown: add(.clientTable, .unknown, .modeUnknown, server.name.span)
    case .full where fate.target == .server: add(.clientTable, .stop, .hostRouteToServer, server.publicIPs?.key)
    case .full: add(.clientTable, .pass, .fullTunnelTakesEverything, server.splitTunneling?.span)
    case .split:
      if let route {
        add(.clientTable, .pass, .pushedRoute(route.network), route.destination.span)
      } else if let pool = server.clientPool, pool.value.contains(destination) {
        add(.clientTable, .pass, .pushedPool(pool.value.canonical), pool.span)
      } else if server.routesAreIncomplete {
        add(.clientTable, .unknown, .routesIncomplete, server.routesPlace)
      } else if server.mayHaveInPool(fate.target) {
        add(.clientTable, .unknown, .poolUnknown, server.name.span)
      } else {
        add(.clientTable, .stop, .noPushedRoute, server.routesPlace)
      }
    }
  }

  private func addClientTable(_ destination: IPv4Address, _ site: SiteAnalysis, _ add: Add) {
    if site.fates[destination].target == .clientItself { return add(.clientTable, .stop, .loopback, nil) }
    if site.ownAddresses.contains(destination) { return add(.clientTable, .stop, .ownAddress, nil) }
    guard let row = site.row(to: destination), let prefix = row.destination else {
      return add(.clientTable, .stop, .noRow, nil)
    }
    if row.isTunnel { return add(.clientTable, .pass, .rowIntoTunnel(prefix, row.origin), row.span) }
    if site.fates[destination].outcome != .local, mode == .unknown {
      return add(.clientTable, .unknown, .modeUnknown, server.name.span)
    }
    if server.mode == .split, server.routesAreIncomplete, row.origin == .existing, prefix.length == 0 {
      return add(.clientTable, .unknown, .routesIncomplete, server.routesPlace)
    }
    add(.clientTable, .stop, row.reasonOutside(site.table.precedence(of: row)), row.span)
  }

  private var carrierPasses: StageReason {
    tunnelFilters?.blocks.isEmpty ?? true ? .carrierOutside : .carrierFiltered
  }

  private func addCarrier(_ add: Add) {
    switch carrier {
    case .clear: add(.carrier, .pass, carrierPasses, nil)
    case .looped(let route):
      add(.carrier, .stop, .carrierLoops(table.routes[route].network), table.routes[route].destination.span)
    case .loopedByPool:
      add(.carrier, .stop, .carrierLoops(server.clientPool?.value.canonical), server.clientPool?.span)
    case .loopedByAll: add(.carrier, .stop, .carrierLoops(nil), server.routesPlace)
    case .unknown(let route):
      add(.carrier, .unknown, .carrierUnknown(table.routes[route].network), table.routes[route].destination.span)
    }
  }

  private func addCarrier(_ carrier: SiteAnalysis.Carrier, _ add: Add) {
    switch carrier {
    case .clear: add(.carrier, .pass, carrierPasses, nil)
    case .dead(nil, let address): add(.carrier, .stop, .carrierWithoutRow(address), server.publicIPs?.key)
    case .dead(let row?, let address):
      let reason: StageReason =
        row.isTunnel ? .carrierByRow(row.destination, address) : .carrierToNobody(row.destination, row.nextHop)
      add(.carrier, .stop, reason, row.span)
    case .unknown(let row):
      let prefix = row.destination ?? IPv4Prefix(IPv4Address(bits: 0), length: 0)
      add(.carrier, .unknown, .carrierUnknown(prefix), row.span)
    }
  }

  private func addServerRoute(_ fate: Fate, _ route: ServerRoute?, _ add: Add) {
    guard let route else {
      // Whether the packet gets to the server at all is what decides.
      if mode == .unknown || server.mayHaveInPool(fate.target) { return }
      let isKnown = !server.routesAreIncomplete
      return add(
        .serverRoute, isKnown ? .stop : .unknown, isKnown ? .noServerRoute : .routesIncomplete, server.routesPlace)
    }
    let span = route.writtenAction?.span ?? route.destination.span
    if server.mayHaveNarrowerRoute(than: route.action) {
      return add(.serverRoute, .unknown, .narrowerRouteUnknown(route.network), server.routesPlace)
    }
    switch route.action {
    case .deliver: add(.serverRoute, .pass, .routeDelivers(route.network), route.destination.span)
    case .translate: add(.serverRoute, .pass, .routeTranslates(route.network), route.destination.span)
    case .drop: add(.serverRoute, .stop, .routeDrops(route.network), span)
    case .unknown: add(.serverRoute, .unknown, .actionUnknown(route.network), span)
    }
  }

  /// The walk through filters and routes of the VPC, as far as the packet gets to them.
  private func told(
    _ fate: Fate, _ route: ServerRoute?, _ reach: FlowReach, _ destination: IPv4Address, _ service: ServiceSet,
    _ workload: Int?
  ) -> FlowWalk.Told? {
    guard let judge = reach.judge, let route, server.certainAction(of: route).isKnownToForward else { return nil }
    let unplaced = workload.flatMap { reach.ofWorkloads[$0] == nil ? nil : $0 }
    let paths = judge.paths(to: destination, fate, unplaced, route.action)
    return FlowWalk.telling(paths, to: destination, service)
  }

  private func addBeyond(
    _ fate: Fate, _ route: ServerRoute?, _ model: Model, _ steps: [FlowWalk.Step], _ add: Add
  ) {
    guard let route, server.certainAction(of: route).isKnownToForward else { return }
    let hasNoWayBack = subnetOfClient != nil && route.action == .deliver
    if case .subnet = fate.target, !steps.isEmpty {
      for step in steps where step.stage != .replyRoute || !hasNoWayBack {
        add(step.stage, step.result, step.reason, step.span)
      }
      if hasNoWayBack { addReply(fate, route, model, add) }
      return
    }
    let isReturn = { (step: FlowWalk.Step) in step.stage == .replyRoute || step.stage == .replyServerACL }
    for step in steps where !isReturn(step) { add(step.stage, step.result, step.reason, step.span) }
    // The far side knows the way back or not, whatever the VPC does with what comes in.
    let isKnownThere = fate.outcomeWithoutFlows == .reachable
    let isRoutedHere = isKnownThere && steps.contains { $0.stage == .replyRoute }
    addTarget(fate, route, model, isRoutedHere, add)
    for step in steps where isReturn(step) && (step.stage != .replyRoute || isRoutedHere) {
      add(step.stage, step.result, step.reason, step.span)
    }
  }

  private func addTarget(
    _ fate: Fate, _ route: ServerRoute, _ model: Model, _ isReturnTold: Bool, _ add: Add
  ) {
    switch fate.target {
    case .subnet: add(.vpcRoute, .pass, .inVPC, nil)
    case .network(let index):
      guard let network = model.networks?.elements[index] else { return }
      add(.network, .pass, .byNetwork(network.name.value, network.via.value), network.name.span)
    case .service, .server: add(.network, .pass, .byNetwork(nil, .service), nil)
    case .internet: add(.network, .pass, .byNetwork(nil, .internet), nil)
    case .clientPool, .vpnGateway, .clientItself, .nothing: return add(.vpcRoute, .stop, .nothingThere, nil)
    }
    if !isReturnTold { addReply(fate, route, model, add) }
  }

  private func addReply(_ fate: Fate, _ route: ServerRoute, _ model: Model, _ add: Add) {
    if route.action == .translate { return add(.replyRoute, .pass, .translatedReturns, nil) }
    if let subnetOfClient {
      let subnet = model.vpc.subnets.elements[subnetOfClient]
      return add(.replyRoute, .stop, .clientAddressInSubnet(subnet.name.value), subnet.block.span)
    }
    let way: Network.Way? =
      switch fate.target {
      case .network(let index): model.networks?.elements[index].via.value
      case .internet: .internet
      case .service, .server: .service
      default: nil
      }
    switch (fate.outcomeWithoutFlows, way) {
    case (.undetermined, let way?): add(.replyRoute, .unknown, .networkUnknown(way), nil)
    case (.noReturnPath, let way):
      add(.replyRoute, .stop, .networkDoesNotKnowPool(way), route.writtenAction?.span ?? route.destination.span)
    default: add(.replyRoute, .pass, .poolIsRouted, nil)
    }
  }
}

extension ClientRow {
  /// The address of the next hop, if there is one and it is known.
  public var nextHop: IPv4Address? { if case .address(let address) = gateway { address } else { nil } }

  /// Why a packet that matches the row does not enter the tunnel.
  fileprivate func reasonOutside(_ precedence: RowPrecedence) -> StageReason {
    guard let destination else { return .noRow }
    if gateway == .onLink { return .onLink(destination, interface, precedence) }
    switch origin {
    case .serverHost: return .hostRouteToServer
    case .existing:
      return destination.length == 0
        ? .defaultRoute(nextHop, precedence) : .siteRoute(destination, nextHop, precedence)
    case .tunnel, .redirect, .pushed, .pool: return .rowLeavesByLAN(destination, nextHop, interface)
    }
  }
}

extension ClientTable {
  /// Why a row of the client goes before those of the VPN that could match too.
  fileprivate func precedence(of row: ClientRow) -> RowPrecedence {
    guard let destination = row.destination else { return .longest }
    if let rival = tunnelRow(to: destination), rival.metric > row.metric {
      return .lowerMetric(row.metric, rival.metric)
    }
    return displaced.contains(destination) ? .refusal : .longest
  }
}
