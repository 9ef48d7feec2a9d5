public import ClientVPN
import IPv4Space

extension RoutingTable {
  /// Routes that share destination and zone, at least two, in the order of the file. A route that tells no zone is not
  /// known to share it.
  public var routesOfOneDestination: [[VPCRoute]] { routesAlike { _ in 0 } }

  /// Routes that share destination, zone and priority, at least two, in the order of the file.
  public var equalRoutes: [[VPCRoute]] { routesAlike(\.priorityInForce) }

  private struct Key: Hashable {
    let network: IPv4Prefix
    let zone: String
    let priority: Int
  }

  private func routesAlike(_ priority: (VPCRoute) -> Int) -> [[VPCRoute]] {
    var groups: [[VPCRoute]] = []
    var positions: [Key: Int] = [:]
    for route in routes?.elements ?? [] {
      guard let zone = route.zone?.value else { continue }
      let key = Key(network: route.network, zone: zone, priority: priority(route))
      if let position = positions[key] {
        groups[position].append(route)
      } else {
        positions[key] = groups.count
        groups.append([route])
      }
    }
    return groups.filter { $0.count > 1 }
  }
}
