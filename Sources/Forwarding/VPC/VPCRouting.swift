import ClientVPN
import IPv4Space

/// The routes that the service writes into a routing table for the client pool of a server.
enum InjectedRoutes: Hashable {
  /// To these parts of the pool.
  case known([IPv4Prefix])
  /// To a pool that is not known, and has a prefix at least as long as this.
  case unknown(shortest: UInt8)

  /// No routes.
  static let none = InjectedRoutes.known([])

  /// Where they lead, as far as it is known.
  fileprivate var networks: [IPv4Prefix] {
    switch self {
    case .known(let parts): parts
    case .unknown: [IPv4Prefix(IPv4Address(bits: 0), length: 0)]
    }
  }

  /// Whether they go before a route to a network, wherever the pool is.
  fileprivate func precede(_ network: IPv4Prefix) -> Bool {
    switch self {
    case .known: false
    case .unknown(let shortest): network.length < shortest
    }
  }
}

/// What a routing table of the VPC says of every address, for packets from one zone.
///
/// Longest prefix, then the lowest priority number (IBM VPC documentation, about routing tables and routes).
struct VPCRouting {
  /// What becomes of packets.
  enum Choice: Sendable, Equatable {
    /// No route of the table matches, or it delegates: the system's own routes decide.
    case system
    /// The server's own route for its client pool, written by the service.
    case injected
    /// A route sends them to a next hop; its position.
    case hop(Int)
    /// A route drops them; its position.
    case drop(Int)
  }

  /// Positions of the routes that decide; -1 where none of the table does.
  private let deciding: AddressMap<Int32>
  /// The table.
  let table: RoutingTable
  /// What it says of every address.
  let choices: AddressMap<Choice>

  /// Without a zone the routes of all zones count. Where the pool is not known, what is said of an address holds if it is
  /// one of the pool.
  init(_ table: RoutingTable, zone: String?, pool: InjectedRoutes) {
    self.table = table
    var candidates: [(priority: Int, order: Int, prefix: IPv4Prefix, choice: Choice)] = []
    for (index, route) in (table.routes?.elements ?? []).enumerated() {
      if let routeZone = route.zone?.value, let zone, routeZone != zone { continue }
      if pool.precede(route.network) { continue }
      candidates.append((route.priorityInForce, -index, route.destination.value.canonical, Self.choice(route, index)))
    }
    // A route of the user conflicts with the service's of the same destination and priority, and stays in force.
    for part in pool.networks { candidates.append((VPCRoute.usualPriority, .min, part, .injected)) }
    candidates.sort { ($0.priority, $1.order) > ($1.priority, $0.order) }
    choices = AddressMap(longestPrefix: candidates.map { ($0.prefix, $0.choice) }, otherwise: .system)
    deciding = AddressMap(
      longestPrefix: candidates.map { ($0.prefix, $0.order == .min ? -1 : Int32(-$0.order)) }, otherwise: -1)
  }

  private static func choice(_ route: VPCRoute, _ index: Int) -> Choice {
    switch route.action?.value ?? "deliver" {
    case "drop": .drop(index)
    case "deliver": .hop(index)
    default: .system
    }
  }

  subscript(address: IPv4Address) -> Choice { choices[address] }

  /// Whether servers' routes are written into the table; nil if the model does not tell.
  static func acceptsServerRoutes(_ table: RoutingTable) -> Bool? {
    table.acceptRoutesFrom.flatMap { $0.mayContain("vpn_server") }
  }

  /// The route that decides for an address; nil if none of the table does.
  func route(to address: IPv4Address) -> VPCRoute? {
    let route = Int(deciding[address])
    return route < 0 ? nil : table.routes?.elements[route]
  }
}

extension VPCRoute {
  /// The priority of a route that states none (IBM VPC documentation, creating a route).
  static let usualPriority = 2

  /// The priority in force; smaller wins.
  var priorityInForce: Int { priority?.value ?? Self.usualPriority }
}
