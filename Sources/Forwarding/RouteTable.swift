public import ClientVPN
public import IPv4Space

/// The routes of one server: which one decides for each address, and how they lie to each other.
public struct RouteTable: Sendable {
  /// The routes, in the order of the file.
  public let routes: [ServerRoute]
  /// The network of each route's destination.
  public let networks: [IPv4Prefix]
  /// The actions that occur.
  public let actions: Set<ServerRoute.Action>
  /// The route that matches longest, by its position; of equal destinations the last; -1 for none.
  public let longestMatch: AddressMap<Int32>
  /// For each route the position of an earlier one with an equal destination.
  public let duplicateOf: [Int?]
  /// For each route the position of the next wider one that contains it. Equal destinations share it.
  public let parents: [Int?]
  /// Every destination together.
  public let destinations: IPv4Set
  /// Positions of the routes that can decide, ascending: of equal destinations the last alone.
  public let inForce: [Int]

  init(_ routes: [ServerRoute]) {
    self.routes = routes
    let networks = routes.map(\.network)
    self.networks = networks
    actions = Set(
      ServerRoute.Action.allCases.filter { action in routes.indices.contains { routes[$0].action == action } })
    longestMatch = AddressMap(
      longestPrefix: networks.enumerated().map { ($0.element, Int32($0.offset)) }, otherwise: -1)
    destinations = IPv4Set(networks)
    let nesting = PrefixNesting(networks).parents
    var duplicates = [Int?](repeating: nil, count: routes.count)
    var parents = [Int?](repeating: nil, count: routes.count)
    for index in routes.indices {
      guard let above = nesting[index].map(Int.init) else { continue }
      if networks[above] == networks[index] {
        duplicates[index] = above
      } else {
        parents[index] = above
      }
    }
    // A chain of equal destinations leads to the first of them, which has the parent of all.
    for index in routes.indices {
      var first = index
      while let earlier = duplicates[first] { first = earlier }
      if first != index {
        duplicates[index] = first
        parents[index] = parents[first]
      }
    }
    duplicateOf = duplicates
    self.parents = parents
    inForce = Self.inForce(duplicates)
  }

  /// The addresses of a range that no route names; nil if they lie in more stretches than anybody would write routes for.
  public func unrouted(in range: IPv4Range) -> IPv4Set? {
    var stretches: [IPv4Range] = []
    longestMatch.forEach(in: range) { stretch, route in
      if route < 0 { stretches.append(stretch) }
      return stretches.count <= Self.mostStretches
    }
    return stretches.count > Self.mostStretches ? nil : IPv4Set(stretches)
  }

  private static let mostStretches = 64

  private static func inForce(_ duplicateOf: [Int?]) -> [Int] {
    var isOverridden = [Bool](repeating: false, count: duplicateOf.count)
    var latest: [Int: Int] = [:]
    for index in duplicateOf.indices {
      guard let first = duplicateOf[index] else { continue }
      isOverridden[latest[first] ?? first] = true
      latest[first] = index
    }
    return duplicateOf.indices.filter { !isOverridden[$0] }
  }

  /// Positions of the routes that decide for at least one address.
  public var deciding: Set<Int> { Set(longestMatch.values.lazy.filter { $0 >= 0 }.map(Int.init)) }

  /// Positions of the routes that lie directly below each route.
  public var children: [[Int]] {
    var children = [[Int]](repeating: [], count: routes.count)
    for (index, parent) in parents.enumerated() {
      if let parent { children[parent].append(index) }
    }
    return children
  }

  /// The addresses for which a route with one of the actions decides.
  public func addresses(decidedBy actions: Set<ServerRoute.Action>) -> IPv4Set {
    longestMatch.addresses { $0 >= 0 && actions.contains(routes[Int($0)].action) }
  }
}
