import ClientVPN
public import IPv4Space

extension Analysis {
  /// The addresses of one of the provider's service ranges to which no route leads, but those that the model says clients
  /// do not need. A drop route is an exception somebody made.
  public func unroutedServices(in range: IPv4Prefix, by server: ServerAnalysis) -> [IPv4Range] {
    if server.carrier.isLooped { return [] }
    return server.fates.stretches(in: range.range) { fate in
      [.direct, .noServerRoute].contains(fate.outcome) && isWantedService(fate.target, of: server)
    }.map(\.range)
  }

  private func isWantedService(_ target: Target, of server: ServerAnalysis) -> Bool {
    guard case .network(let index) = target else { return target == .service }
    return isService(target) && server.networks[index].intent == .reachable && server.networks[index].isServed
  }

  /// Positions of the routes that deliver to the provider's services, from where no answer is documented to come back.
  public func routesDeliveringToServices(of server: ServerAnalysis) -> [Int] {
    guard server.table.actions.contains(.deliver) else { return [] }
    return routes(of: server) { $0.outcome == .noReturnPath && isService($0.target) }
  }

  /// Positions of the routes made for the provider's services: all that forward there and nowhere else.
  public func serviceRoutes(of server: ServerAnalysis) -> [Int] {
    routes(of: server) { isService($0.target) }.filter { index in
      server.table.routes[index].action != .drop && plan.services.contains(server.table.networks[index].range)
    }
  }

  /// Positions of the routes that decide for an address of the service ranges whose fate satisfies `predicate`.
  private func routes(of server: ServerAnalysis, where predicate: (Fate) -> Bool) -> [Int] {
    var found: Set<Int> = []
    for range in model.provider.serviceRanges {
      server.fates.forEach(in: range.range) { _, fate in
        if let route = fate.route, predicate(fate) { found.insert(route) }
        return true
      }
    }
    return found.sorted()
  }
}
