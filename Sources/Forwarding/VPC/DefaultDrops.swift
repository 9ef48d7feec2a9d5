public import ClientVPN
public import IPv4Space

/// A default route that drops, in a table of subnets, and what of the VPC it takes.
public struct DefaultDrop: Sendable {
  /// The table.
  public let table: RoutingTable
  /// The default routes.
  public let routes: [VPCRoute]
  /// Subnets with the table, by their positions.
  public let subnets: [Int]
  /// Addresses in other subnets that packets do not reach.
  public let dropped: IPv4Set
}

extension Analysis {
  /// Default routes that drop packets between subnets of the VPC: nothing in their table delegates these.
  public var defaultDrops: [DefaultDrop] {
    routingTables.enumerated().compactMap { index, table in
      let routes = (table.routes?.elements ?? []).filter { $0.network.length == 0 && $0.drops && !$0.isFromService }
      return routes.isEmpty ? nil : defaultDrop(table, routes, attachments.subnets(ofRoutingTable: index))
    }
  }

  private func defaultDrop(_ table: RoutingTable, _ routes: [VPCRoute], _ subnets: [Int]) -> DefaultDrop? {
    let zones = Dictionary(grouping: subnets) { model.vpc.subnets.elements[$0].zone?.value }
    let everything = IPv4Set(plan.blocks)
    let dropped = zones.reduce(IPv4Set.empty) { dropped, zone in
      // No routing table decides about packets within one subnet.
      let others = zone.value.count == 1 ? everything.subtracting(IPv4Set(plan.blocks[zone.value[0]])) : everything
      let routing = VPCRouting(table, zone: zone.key, pool: .none)
      return dropped.union(routing.droppedByDefault.intersection(others))
    }
    return dropped.isEmpty ? nil : DefaultDrop(table: table, routes: routes, subnets: subnets, dropped: dropped)
  }
}

extension VPCRouting {
  /// The addresses for which a default route decides, and drops.
  fileprivate var droppedByDefault: IPv4Set {
    let routes = table.routes?.elements ?? []
    return choices.addresses { choice in
      if case .drop(let index) = choice { routes[index].network.length == 0 } else { false }
    }
  }
}
