import ClientVPN
import IPv4Space
import SourceText

/// Routes that a repair adds to a VPN server. A `RouteWriter` gives them their names.
enum RouteAddition {
  static let key = "routes"
  private static let name = "name"
  private static let destination = "destination"
  private static let action = "action"

  /// The repair that adds routes to a set of addresses, with the fewest destinations; nil if there are none, or if it is
  /// not known what the server has.
  static func repair(_ addresses: IPv4Set, _ action: ServerRoute.Action, to server: VPNServer) -> Repair? {
    repair([(addresses, action)], to: server)
  }

  /// The repair that adds routes with several actions.
  static func repair(_ additions: [(IPv4Set, ServerRoute.Action)], to server: VPNServer) -> Repair? {
    let routes = additions.flatMap { addresses, action in addresses.prefixes.map { ($0, action) } }
    guard !routes.isEmpty, !server.hasUnreadRoutes else { return nil }
    let items = routes.map { fields($0, $1) }
    let list = Words.list(routes.map { "\($0) with action \($1.rawValue)" })
    return Repair(
      "add \(routes.count == 1 ? "route" : "routes") \(list)", .changesReachability,
      [.append(items, key: key, in: server.span)])
  }

  /// What is written of a route. A name is written where other routes have one.
  static func fields(
    _ network: IPv4Prefix, _ action: ServerRoute.Action, name: String? = nil
  ) -> [Repair.Field] {
    let destination = Repair.Field(destination, network.description)
    let isImplied = action == .deliver
    let action = Repair.Field(Self.action, action.rawValue, isImplied ? .asOthers(alone: true) : .always)
    return (name.map { [Repair.Field(Self.name, $0, .asOthers(alone: false))] } ?? []) + [destination, action]
  }

  /// The routes of a change that adds nothing else, and the place of their server.
  static func routes(in change: Repair.Change) -> (routes: [(IPv4Prefix, ServerRoute.Action)], server: Span)? {
    guard case .append(let items, key, let place) = change else { return nil }
    let routes = items.compactMap(route)
    return routes.count == items.count ? (routes, place) : nil
  }

  private static func route(_ fields: [Repair.Field]) -> (IPv4Prefix, ServerRoute.Action)? {
    func value(_ key: String) -> String? { fields.first { $0.key == key }?.value }
    guard let network = value(destination).flatMap({ try? IPv4Notation.prefix($0) }),
      let action = value(action).flatMap(ServerRoute.Action.init)
    else { return nil }
    return (network, action)
  }
}
