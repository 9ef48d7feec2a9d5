import ClientVPN
public import IPv4Space

/// Two servers that push the same destinations to their clients.
public struct ParallelRoutes: Sendable {
  /// Positions of the servers, in the order of the model.
  public let earlier, later: Int
  /// Destinations that both push, with the positions of the routes of each.
  public internal(set) var common: [(network: IPv4Prefix, earlier: Int, later: Int)]
}

extension Analysis {
  /// Servers that push destinations which a server before them pushes too. Where client pools overlap nothing is listed:
  /// then one of the servers does not work at all.
  public var parallelRoutes: [ParallelRoutes] {
    guard model.servers.count(where: { $0.mode == .split }) > 1 else { return [] }
    var owners: [IPv4Prefix: (server: Int, route: Int)] = [:]
    var result: [ParallelRoutes] = []
    for server in servers where server.mode == .split {
      var positions: [Int: Int] = [:]
      for (route, network) in server.table.networks.enumerated() where server.table.routes[route].action != .drop {
        guard let owner = owners[network] else {
          owners[network] = (server.index, route)
          continue
        }
        guard owner.server != server.index, hasOwnPool(server.index, beside: owner.server) else { continue }
        let pair = (network: network, earlier: owner.route, later: route)
        if let index = positions[owner.server] {
          result[index].common.append(pair)
        } else {
          positions[owner.server] = result.count
          result.append(ParallelRoutes(earlier: owner.server, later: server.index, common: [pair]))
        }
      }
    }
    return result
  }

  private func hasOwnPool(_ server: Int, beside other: Int) -> Bool {
    guard let pool = model.servers[server].clientPool?.value.canonical,
      let theirs = model.servers[other].clientPool?.value.canonical
    else { return false }
    return !pool.overlaps(theirs)
  }
}
