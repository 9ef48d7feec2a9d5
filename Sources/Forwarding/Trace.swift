public import ClientVPN
public import IPv4Space
public import SourceText

/// A packet of a client.
public struct Packet: Hashable, Sendable {
  /// Sender and receiver.
  public let source, destination: IPv4Address
  /// The protocol.
  public let transport: TransportProtocol
  /// nil for ICMP.
  public let port: UInt16?
}

/// A stage of a packet's journey. A closed list (SPEC §5).
public enum Stage: String, Sendable, CaseIterable {
  case clientTable = "client-table"
  case carrier
  case serverSecurityGroup = "server-security-group"
  case serverACL = "server-acl"
  case serverRoute = "server-route"
  case vpcRoute = "vpc-route"
  case network
  case workloadACL = "workload-acl"
  case workloadSecurityGroup = "workload-security-group"
  case replyWorkloadACL = "reply-workload-acl"
  case replyRoute = "reply-route"
  case replyServerACL = "reply-server-acl"
}

/// Why a stage ended as it did.
public enum StageReason: Hashable, Sendable {
  // client-table
  case fullTunnelTakesEverything
  case pushedRoute(IPv4Prefix)
  case pushedPool(IPv4Prefix)
  case noPushedRoute
  case hostRouteToServer
  // carrier
  case carrierOutside
  case carrierLoops(IPv4Prefix?)
  case carrierUnknown(IPv4Prefix)
  // server-route
  case routeDelivers(IPv4Prefix)
  case routeTranslates(IPv4Prefix)
  case routeDrops(IPv4Prefix)
  case noServerRoute
  case routesIncomplete
  // beyond the server
  case vpnGatewayAnswers
  case inVPC
  case byNetwork(String, Network.Way)
  case nothingThere
  // reply
  case translatedReturns
  case poolIsRouted
  case clientAddressInSubnet(String)
  case networkDoesNotKnowPool(Network.Way?)
  case networkUnknown(Network.Way)
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
  }

  /// The packet.
  public let packet: Packet
  /// The stages in the order of travel; nothing follows a stop.
  public let steps: [Step]
  /// How it ends.
  public let outcome: Outcome
}

extension ServerAnalysis {
  /// Follows a packet of a client. nil if the client's address is not known, because the pool could not be read.
  public func trace(
    to destination: IPv4Address, in model: Model, transport: TransportProtocol = .icmp, port: UInt16? = nil
  ) -> Trace? {
    guard let source = server.clientAddress else { return nil }
    let fate = fates[destination]
    var steps: [Trace.Step] = []
    func add(_ stage: Stage, _ result: Evidence.Result, _ reason: StageReason, _ span: Span?) {
      if steps.last?.result != .stop {
        steps.append(Trace.Step(stage: stage, result: result, reason: reason, span: span))
      }
    }
    let route = fate.route.map { table.routes[$0] }
    addClientTable(destination, fate, route, add)
    addCarrier(add)
    if fate.target == .vpnGateway {
      add(.vpcRoute, .pass, .vpnGatewayAnswers, nil)
    } else {
      addServerRoute(route, add)
      addBeyond(fate, route, model, add)
    }
    let packet = Packet(source: source, destination: destination, transport: transport, port: port)
    return Trace(packet: packet, steps: steps, outcome: fate.outcome)
  }

  private typealias Add = (Stage, Evidence.Result, StageReason, Span?) -> Void

  private func addClientTable(_ destination: IPv4Address, _ fate: Fate, _ route: ServerRoute?, _ add: Add) {
    switch mode {
    case .full where fate.target == .server: add(.clientTable, .stop, .hostRouteToServer, server.publicIPs?.key)
    case .full: add(.clientTable, .pass, .fullTunnelTakesEverything, server.splitTunneling?.span)
    case .split:
      if let route {
        add(.clientTable, .pass, .pushedRoute(route.network), route.destination.span)
      } else if let pool = server.clientPool, pool.value.contains(destination) {
        add(.clientTable, .pass, .pushedPool(pool.value.canonical), pool.span)
      } else if server.routesAreIncomplete {
        add(.clientTable, .unknown, .routesIncomplete, server.routesPlace)
      } else {
        add(.clientTable, .stop, .noPushedRoute, server.routesPlace)
      }
    }
  }

  private func addCarrier(_ add: Add) {
    switch carrier {
    case .clear: add(.carrier, .pass, .carrierOutside, nil)
    case .looped(let route):
      add(.carrier, .stop, .carrierLoops(table.routes[route].network), table.routes[route].destination.span)
    case .loopedByPool:
      add(.carrier, .stop, .carrierLoops(server.clientPool?.value.canonical), server.clientPool?.span)
    case .loopedByAll: add(.carrier, .stop, .carrierLoops(nil), server.routesPlace)
    case .unknown(let route):
      add(.carrier, .unknown, .carrierUnknown(table.routes[route].network), table.routes[route].destination.span)
    }
  }

  private func addServerRoute(_ route: ServerRoute?, _ add: Add) {
    guard let route else {
      let isKnown = !server.routesAreIncomplete
      return add(
        .serverRoute, isKnown ? .stop : .unknown, isKnown ? .noServerRoute : .routesIncomplete, server.routesPlace)
    }
    let span = route.writtenAction?.span ?? route.destination.span
    switch route.action {
    case .deliver: add(.serverRoute, .pass, .routeDelivers(route.network), route.destination.span)
    case .translate: add(.serverRoute, .pass, .routeTranslates(route.network), route.destination.span)
    case .drop: add(.serverRoute, .stop, .routeDrops(route.network), span)
    }
  }

  private func addBeyond(_ fate: Fate, _ route: ServerRoute?, _ model: Model, _ add: Add) {
    guard let route, route.action != .drop else { return }
    switch fate.target {
    case .subnet: add(.vpcRoute, .pass, .inVPC, nil)
    case .network(let index):
      guard let network = model.networks?.elements[index] else { return }
      add(.network, .pass, .byNetwork(network.name.value, network.via.value), network.name.span)
    case .service, .server: add(.network, .pass, .byNetwork("provider services", .service), nil)
    case .internet: add(.network, .pass, .byNetwork("the internet", .internet), nil)
    case .clientPool, .vpnGateway, .nothing: return add(.vpcRoute, .stop, .nothingThere, nil)
    }
    addReply(fate, route, model, add)
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
    switch (fate.outcome, way) {
    case (.undetermined, let way?): add(.replyRoute, .unknown, .networkUnknown(way), nil)
    case (.noReturnPath, let way):
      add(.replyRoute, .stop, .networkDoesNotKnowPool(way), route.writtenAction?.span ?? route.destination.span)
    default: add(.replyRoute, .pass, .poolIsRouted, nil)
    }
  }
}
