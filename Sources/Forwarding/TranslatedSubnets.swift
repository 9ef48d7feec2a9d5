import ClientVPN
import IPv4Space

/// A route that translates, and the subnets whose workloads therefore see the server instead of the client.
public struct TranslatedSubnets: Sendable {
  /// Position of the route.
  public let route: Int
  /// Positions of the subnets that it reaches, at least one.
  public let subnets: [Int]
}

extension ServerAnalysis {
  /// The routes that reach some usable address of a subnet with a translated source, in their order.
  public var translatedSubnets: [TranslatedSubnets] {
    guard table.actions.contains(.translate) else { return [] }
    var subnetsOf = [[Int]](repeating: [], count: table.routes.count)
    for verdict in subnets {
      guard let usable = verdict.usable else { continue }
      fates.forEach(in: usable) { _, fate in
        if fate.outcome == .reachable, let route = fate.route, table.routes[route].action == .translate,
          subnetsOf[route].last != verdict.subnet
        {
          subnetsOf[route].append(verdict.subnet)
        }
        return true
      }
    }
    return subnetsOf.indices.compactMap { route in
      subnetsOf[route].isEmpty ? nil : TranslatedSubnets(route: route, subnets: subnetsOf[route])
    }
  }
}
