import ClientVPN

/// Decides what happens to packets to one kind of target when one route of the server matches longest.
struct FateJudge {
  var server: VPNServer
  let networks: [Network]
  /// nil if not modelled.
  let routingTables: ListField<RoutingTable>?
  let table: RouteTable
  /// Whether something may be where nothing is known to be.
  private let placesAreIncomplete: Bool
  /// Whether the tunnel's own packets enter the tunnel.
  var isLooped: Bool
  let clientIsInSubnet: Bool

  init(_ server: VPNServer, _ model: Model, _ table: RouteTable, isLooped: Bool, clientIsInSubnet: Bool) {
    self.server = server
    networks = model.networks?.elements ?? []
    routingTables = model.vpc.routingTables
    placesAreIncomplete = model.placesAreIncomplete
    self.table = table
    self.isLooped = isLooped
    self.clientIsInSubnet = clientIsInSubnet
  }

  /// `isInPool` tells whether the row for the pool, which is pushed in split tunnel, leads to the target.
  func fate(of target: Target, route: Int?, isInPool: Bool) -> Fate {
    Fate(target: target, route: route, outcome: outcome(target, route.map { table.routes[$0].action }, isInPool))
  }

  func outcome(_ target: Target, _ action: ServerRoute.Action?, _ isInPool: Bool) -> Outcome {
    if target == .clientItself { return .local }
    let entersTunnel = server.mode == .full ? target != .server : action != nil || isInPool
    guard entersTunnel else {
      let mayEnter = server.routesAreIncomplete && target != .server || server.mayHaveInPool(target)
      return mayEnter ? .undetermined : .direct
    }
    return outcomeInTunnel(target, action)
  }

  /// What happens to a packet that the client puts into the tunnel.
  func outcomeInTunnel(_ target: Target, _ action: ServerRoute.Action?) -> Outcome {
    if isLooped { return .looped }
    if target == .vpnGateway { return .reachable }
    if let action, server.mayHaveNarrowerRoute(than: action) { return .undetermined }
    switch action {
    case nil: return server.routesAreIncomplete ? .undetermined : .noServerRoute
    case .drop: return .serverDrop
    case .deliver: return delivered(to: target)
    case .translate: return translated(to: target)
    case .unknown: return .undetermined
    }
  }

  private func delivered(to target: Target) -> Outcome {
    switch target {
    case .subnet: clientIsInSubnet ? .noReturnPath : .reachable
    case .network(let index): clientIsInSubnet ? .noReturnPath : delivered(toNetwork: networks[index])
    case .service, .internet, .server: .noReturnPath
    case .nothing: atNothing
    case .clientPool, .vpnGateway, .clientItself: .nowhere
    }
  }

  /// The far side of a VPN gateway is taken to know the pool; by transit gateway and Direct Link it learns the pool
  /// only from an ingress routing table that accepts and advertises it (IBM VPC documentation, propagating VPN server routes).
  private func delivered(toNetwork network: Network) -> Outcome {
    switch network.via.value {
    case .vpnGateway: .reachable
    case .internet, .service, .classic: .noReturnPath
    case .transitGateway: advertisesPool(to: "transit_gateway", \.transitGatewayIngress)
    case .directLink: advertisesPool(to: "direct_link", \.directLinkIngress)
    }
  }

  private func advertisesPool(to source: String, _ ingress: KeyPath<RoutingTable, Field<Bool>?>) -> Outcome {
    guard let routingTables else { return .undetermined }
    let answers = routingTables.elements.map { table -> Bool? in
      let conditions = [
        table[keyPath: ingress]?.value ?? (table.ingressIsUnknown ? nil : false),
        table.acceptRoutesFrom.map { $0.mayContain("vpn_server") } ?? false,
        table.advertiseRoutesTo.map { $0.mayContain(source) } ?? false,
      ]
      return conditions.contains(false) ? false : conditions.contains(nil) ? nil : true
    }
    if answers.contains(true) { return .reachable }
    return routingTables.isIncomplete || answers.contains(nil) ? .undetermined : .noReturnPath
  }

  private func translated(to target: Target) -> Outcome {
    switch target {
    case .subnet, .network, .service, .internet, .server: .reachable
    case .nothing: atNothing
    case .clientPool, .vpnGateway, .clientItself: .nowhere
    }
  }

  private var atNothing: Outcome { placesAreIncomplete ? .undetermined : .nowhere }
}

extension ListField<Field<String>> {
  /// Whether a word is in the list; nil if the list may be longer and does not have it.
  func mayContain(_ word: String) -> Bool? {
    elements.contains { $0.value == word } ? true : isIncomplete ? nil : false
  }
}

extension VPNServer {
  /// Whether addresses of a kind may be those of the client pool, because it is not known.
  func mayHaveInPool(_ target: Target) -> Bool { target == .nothing && clientPool == nil }
}
