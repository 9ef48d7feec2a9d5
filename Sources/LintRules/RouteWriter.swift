public import ClientVPN
import IPv4Space
public import SourceText

/// Decides how the routes that repairs add are written: with the fewest destinations for all of them together, and under
/// names that the server does not have yet.
public struct RouteWriter {
  private let models: [Model]
  /// The model of each server and its position there, by its place.
  private let servers: [Span: (model: Int, server: Int)]
  private var names: [Span: RouteNames] = [:]

  /// Writes routes for the servers of some models.
  public init(_ models: [Model]) {
    self.models = models
    let all = models.indices.flatMap { model in
      models[model].servers.indices.map { (models[model].servers[$0].span, (model, $0)) }
    }
    servers = Dictionary(all) { first, _ in first }
  }

  /// The changes, with the routes for each server brought together: neighbouring destinations with one action become one
  /// where nothing else gets included.
  public mutating func written(_ changes: [Repair.Change]) -> [Repair.Change] {
    var result: [Repair.Change] = []
    var servers: [(place: Span, routes: [ServerRoute.Action: [IPv4Prefix]])] = []
    var positions: [Span: Int] = [:]
    for change in changes {
      guard let (routes, place) = RouteAddition.routes(in: change) else {
        result.append(change)
        continue
      }
      let index = positions[place] ?? servers.count
      if index == servers.count { servers.append((place, [:])) }
      positions[place] = index
      for (network, action) in routes { servers[index].routes[action, default: []].append(network) }
    }
    for (place, routes) in servers { result.append(addition(of: routes, to: place)) }
    return result
  }

  private mutating func addition(of routes: [ServerRoute.Action: [IPv4Prefix]], to place: Span) -> Repair.Change {
    var used: Set<String> = []
    let items = ServerRoute.Action.allCases.flatMap { action in
      IPv4Set(routes[action] ?? []).prefixes.map { network in
        let name = names(at: place)?.name(for: network, besides: &used)
        return RouteAddition.fields(network, action, name: name)
      }
    }
    return .append(items, key: RouteAddition.key, in: place)
  }

  private mutating func names(at place: Span) -> RouteNames? {
    if let known = names[place] { return known }
    guard let (model, server) = servers[place] else { return nil }
    let made = RouteNames(models[model].servers[server], models[model])
    names[place] = made
    return made
  }
}

/// Names for new routes: after the subnet that one leads to, else after its network; none twice.
private struct RouteNames {
  private let subnets: [IPv4Prefix: String]
  private let taken: Set<String>
  private let provider: ProviderProfile

  init(_ server: VPNServer, _ model: Model) {
    provider = model.provider
    subnets = Dictionary(model.vpc.subnets.elements.map { ($0.block.value.canonical, $0.name.value) }) { first, _ in
      first
    }
    taken = Set((server.routes?.elements ?? []).compactMap { $0.name?.value })
  }

  func name(for network: IPv4Prefix, besides used: inout Set<String>) -> String {
    let plain = "to-" + String(network.description.map { $0.isNumber ? $0 : "-" })
    let wish = subnets[network].map { "to-\($0)" } ?? plain
    let base = provider.isValidName(wish) ? wish : plain
    var name = base
    var number = 2
    while taken.contains(name) || !used.insert(name).inserted {
      name = "\(base)-\(number)"
      number += 1
    }
    return name
  }
}
