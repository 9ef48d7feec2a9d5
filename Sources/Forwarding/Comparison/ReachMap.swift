import IPv4Space

/// Which flows complete between clients and each address, in one model.
struct ReachMap {
  /// Flows by how well they fare. Where the model does not tell whether they complete, they neither gain nor lose.
  struct Flows: Hashable {
    var complete, completeForSome, mayComplete: ServiceSet

    static let none = Flows(complete: .empty, completeForSome: .empty, mayComplete: .empty)

    /// Flows of which the model does not tell whether they complete for anybody.
    private var unknown: ServiceSet { mayComplete.subtracting(completeForSome) }

    /// The flows that fare better for certain than in other ones.
    func gained(over other: Flows) -> ServiceSet {
      complete.subtracting(other.complete).subtracting(other.unknown)
        .union(completeForSome.subtracting(other.mayComplete))
    }

    /// The flows of which one of the two alone tells how they fare.
    func unsettled(beside other: Flows) -> ServiceSet {
      unknown.subtracting(other.unknown).union(other.unknown.subtracting(unknown))
    }
  }

  /// What is known of an address.
  struct Sight: Hashable {
    /// Position in the flows.
    let flows: Int32
    /// nil without a server.
    let outcome: Outcome?
    let route: Int?
    let occupant: Occupant
  }

  /// What sights refer to.
  private(set) var flows: [Flows]
  /// What is known of each address.
  let sights: AddressMap<Sight>

  /// What clients of a server that is not there reach.
  static let withoutServer = ReachMap(
    flows: [.none], sights: AddressMap(everywhere: Sight(flows: 0, outcome: nil, route: nil, occupant: .nothing)))

  /// What the flows to an address depend on.
  private struct FlowKey: Hashable {
    let isGateway: Bool
    let outcome, withoutFlows: Outcome
    let passage: Int32
  }

  private init(flows: [Flows], sights: AddressMap<Sight>) { (self.flows, self.sights) = (flows, sights) }

  init(_ fates: AddressMap<Fate>, _ passages: [Passage], _ plan: AddressPlan) {
    var flows: [Flows] = []
    var positions: [Flows: Int32] = [:]
    var known: [FlowKey: Int32] = [:]
    func position(of fate: Fate) -> Int32 {
      // The server's end of the tunnel is nothing that anybody wants to reach.
      let isGateway = fate.target == .vpnGateway
      let key = FlowKey(
        isGateway: isGateway, outcome: fate.outcome, withoutFlows: fate.outcomeWithoutFlows, passage: fate.passage)
      if let position = known[key] { return position }
      let own = isGateway ? .none : fate.flows(passages)
      let position = positions[own] ?? Int32(flows.count)
      if Int(position) == flows.count { flows.append(own) }
      (positions[own], known[key]) = (position, position)
      return position
    }
    let subnets = AddressMap<Int32>(
      longestPrefix: plan.blocks.enumerated().map { ($0.element, Int32($0.offset)) }, otherwise: -1)
    sights = fates.zipped(with: subnets) { fate, subnet in
      Sight(
        flows: position(of: fate), outcome: fate.outcome, route: fate.route,
        occupant: Occupant(fate.target, subnet: Int(subnet)))
    }
    self.flows = flows
  }
}

extension Fate {
  /// The flows that complete, as `outcome(of:_:)` has it for each of them.
  fileprivate func flows(_ passages: [Passage]) -> ReachMap.Flows {
    guard passage >= 0 else {
      return ReachMap.Flows(
        complete: outcome == .reachable ? .flows : .empty,
        completeForSome: outcome == .reachable || isPartial ? .flows : .empty,
        mayComplete: outcome == .reachable || outcome == .undetermined || isPartial ? .flows : .empty)
    }
    let passage = passages[Int(passage)]
    let arrives = outcomeWithoutFlows == .reachable
    let complete = arrives ? passage.complete : .empty
    let forSome = arrives ? passage.partial.union(complete) : .empty
    let may = arrives || outcomeWithoutFlows == .undetermined ? passage.possible : .empty
    return ReachMap.Flows(complete: complete, completeForSome: forSome, mayComplete: may.union(forSome))
  }
}

extension Occupant {
  /// `subnet` is the position of the subnet at the address.
  fileprivate init(_ target: Target, subnet: Int) {
    self =
      switch target {
      case .subnet: .subnet(subnet)
      case .network(let index): .network(index)
      case .service: .service
      case .clientPool: .clientPool
      case .vpnGateway: .vpnGateway
      case .server: .server
      case .internet: .internet
      case .clientItself, .nothing: .nothing
      }
  }

  /// Whether both are of one kind, wherever they stand in their models.
  func isAlike(_ other: Occupant) -> Bool {
    switch (self, other) {
    case (.subnet, .subnet), (.network, .network): true
    default: self == other
    }
  }
}

extension Outcome {
  /// Whether packets leave outside the tunnel.
  public var isOutside: Bool { self == .direct || self == .local }

  /// Whether a filter or a route of the VPC decides, or may decide.
  var isDecidedInVPC: Bool {
    switch self {
    case .requestBlocked, .replyBlocked, .noReturnPath, .undetermined: true
    case .reachable, .local, .direct, .looped, .noServerRoute, .serverDrop, .nowhere: false
    }
  }
}
