public import ClientVPN
import IPv4Space

/// A route, and declared networks that clients reach by it.
public struct RoutedNetworks: Sendable {
  /// Position of the route.
  public let route: Int
  /// Positions of the networks, at least one.
  public let networks: [Int]
}

extension ServerAnalysis {
  /// The routes that translate on the way to networks which would answer to the client pool too, because an ingress
  /// routing table advertises it there.
  public func needlesslyTranslated(in model: Model) -> [RoutedNetworks] {
    guard table.actions.contains(.translate) else { return [] }
    let judge = judge(in: model)
    let networks = model.networks?.elements ?? []
    return routes(to: networks.indices) { index, route in
      [.transitGateway, .directLink].contains(networks[index].via.value) && table.routes[route].action == .translate
        && judge.outcomeInTunnel(.network(index), .deliver) == .reachable
    }
  }

  /// The routes by which clients reach classic infrastructure.
  public func routesToClassic(in model: Model) -> [RoutedNetworks] {
    let networks = model.networks?.elements ?? []
    return routes(to: networks.indices) { index, _ in networks[index].via.value == .classic }
  }

  private func routes(
    to candidates: Range<Int>, where predicate: (_ network: Int, _ route: Int) -> Bool
  ) -> [RoutedNetworks] {
    var networksOf: [Int: [Int]] = [:]
    for verdict in networks where candidates.contains(verdict.network) && verdict.isServed {
      for range in verdict.ranges.ranges {
        fates.forEach(in: range) { _, fate in
          if fate.outcome == .reachable, fate.target == .network(verdict.network), let route = fate.route,
            networksOf[route]?.last != verdict.network, predicate(verdict.network, route)
          {
            networksOf[route, default: []].append(verdict.network)
          }
          return true
        }
      }
    }
    return networksOf.keys.sorted().map { RoutedNetworks(route: $0, networks: networksOf[$0] ?? []) }
  }
}
