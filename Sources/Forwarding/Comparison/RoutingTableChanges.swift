import ClientVPN
import IPv4Space
import SourceText

// What is edited of the routing tables of the VPC.

extension ChangeCollector {
  private typealias Value = Change.Value

  /// The edits of routing tables; none unless both models have them.
  func routingChanges() -> [Change] {
    guard let old = before.model.vpc.routingTables?.elements, let new = after.model.vpc.routingTables?.elements else {
      return []
    }
    let pairs = matching.routingTables.all.filter { !isLeftOut($0, $1, of: old, new, \.isDefault) }
    return pairs.flatMap { mine, theirs -> [Change] in
      let scope = scope(ofTable: mine, theirs)
      switch (mine, theirs) {
      case (nil, let index?):
        return [table(.routingTable, .added, new[index], nil, Value("", new[index].name.span), .nextPacket, scope)]
      case (let index?, nil):
        return [table(.routingTable, .removed, old[index], Value("", old[index].name.span), nil, .nextPacket, scope)]
      case (let mine?, let theirs?): return changes(old[mine], new[theirs], scope)
      case (nil, nil): return []
      }
    }
  }

  private func changes(_ old: RoutingTable, _ new: RoutingTable, _ scope: Scope) -> [Change] {
    var changes: [Change] = []
    if old.name.value != new.name.value {
      changes.append(
        table(
          .routingTable, .renamed, new, Value(old.name.value, old.name.span), Value(new.name.value, new.name.span),
          .nameAlone, .nothing))
    }
    if let mine = old.acceptRoutesFrom, let theirs = new.acceptRoutesFrom, !mine.isIncomplete, !theirs.isIncomplete {
      let (was, isNow) = (Set(mine.elements.map(\.value)), Set(theirs.elements.map(\.value)))
      if was != isNow {
        changes.append(
          table(
            .acceptedRoutes, .changed, new, Value(was.inOrder, mine.key), Value(isNow.inOrder, theirs.key),
            reason(was, isNow), scope))
      }
    }
    if let mine = old.advertiseRoutesTo, let theirs = new.advertiseRoutesTo, !mine.isIncomplete, !theirs.isIncomplete {
      let (was, isNow) = (Set(mine.elements.map(\.value)), Set(theirs.elements.map(\.value)))
      if was != isNow {
        changes.append(
          table(
            .advertisedRoutes, .changed, new, Value(was.inOrder, mine.key), Value(isNow.inOrder, theirs.key),
            .nextPacket, scope))
      }
    }
    if old.ingress != new.ingress, RoutingTable.ingressKeys.allSatisfy({ knowledge.areTold($0, old.path, new.path) }) {
      changes.append(
        table(
          .ingress, .changed, new, Value(old.ingress.inOrder, old.name.span), Value(new.ingress.inOrder, new.name.span),
          .nextPacket, scope))
    }
    return changes + routeChanges(old, new, scope)
  }

  private func reason(_ was: Set<String>, _ isNow: Set<String>) -> Change.Reason {
    let (word, minutes) = ("vpn_server", after.model.provider.routing.minutesToRewriteRoutes)
    if was.contains(word), !isNow.contains(word) { return .routesDeleted(minutes: minutes) }
    return isNow.contains(word) && !was.contains(word) ? .routesToBeWritten(minutes: minutes) : .nextPacket
  }

  private func routeChanges(_ old: RoutingTable, _ new: RoutingTable, _ scope: Scope) -> [Change] {
    guard let mine = old.routes?.elements, let theirs = new.routes?.elements else { return [] }
    let routes = Matching(mine, theirs, by: [{ $0.inShort }, { $0.name?.value }])
    return routes.all.compactMap { before, after -> Change? in
      let (was, isNow) = (before.map { mine[$0] }, after.map { theirs[$0] })
      // What a table lacks may be one of the routes that it does not tell.
      if was == nil && old.routesAreUnknown || isNow == nil && new.routesAreUnknown { return nil }
      return was?.inShort == isNow?.inShort ? nil : route(was, isNow, new, scope)
    }
  }

  private func route(_ was: VPCRoute?, _ isNow: VPCRoute?, _ table: RoutingTable, _ scope: Scope) -> Change? {
    guard let route = isNow ?? was else { return nil }
    return change(
      .vpcRoute, was == nil ? .added : isNow == nil ? .removed : .changed,
      "vpc/routing_tables/\(table.name.value)/routes/\(route.name?.value ?? route.inShort)", name: route.name?.value,
      owner: Change.Owner(thing: .routingTable, name: table.name.value),
      was.map { Value($0.inShort, $0.destination.span) }, isNow.map { Value($0.inShort, $0.destination.span) },
      .nextPacket, scope)
  }

  private func table(
    _ thing: Change.Thing, _ event: Change.Event, _ table: RoutingTable, _ before: Value?, _ after: Value?,
    _ reason: Change.Reason, _ scope: Scope
  ) -> Change {
    let path = table.path
    let isWhole = thing == .routingTable
    return change(
      thing, event, isWhole ? path : "\(path)/\(thing.rawValue)", name: isWhole ? table.name.value : nil,
      owner: isWhole ? nil : Change.Owner(thing: .routingTable, name: table.name.value), before, after, reason, scope)
  }

  /// A table of a subnet routes for it; one that traffic from outside comes in by has a say everywhere.
  private func scope(ofTable old: Int?, _ new: Int?) -> Scope {
    let tables = [
      old.flatMap { before.model.vpc.routingTables?.elements[$0] },
      new.flatMap { after.model.vpc.routingTables?.elements[$0] },
    ].compactMap(\.self)
    if tables.contains(where: { !$0.ingress.isEmpty }) {
      return .inVPC(.everything, old: [], new: [])
    }
    return inVPC(
      oldSubnets: old.map { before.attachments.subnets(ofRoutingTable: $0) } ?? [],
      new.map { after.attachments.subnets(ofRoutingTable: $0) } ?? [])
  }
}

extension RoutingTable {
  fileprivate var path: String { "vpc/routing_tables/\(name.value)" }

  /// The keys of a model that say where traffic comes from that the table routes on its way in.
  static let ingressKeys = [
    "route_direct_link_ingress", "route_internet_ingress", "route_transit_gateway_ingress", "route_vpc_zone_ingress",
  ]

  /// Where traffic comes from that the table routes on its way in.
  fileprivate var ingress: Set<String> {
    let flags = [
      ("direct link", directLinkIngress), ("internet", internetIngress), ("transit gateway", transitGatewayIngress),
      ("other zones", zoneIngress),
    ]
    return Set(flags.filter { $0.1?.value == true }.map(\.0))
  }
}

extension VPCRoute {
  /// Destination, action, next hop, zone and priority.
  fileprivate var inShort: String {
    let parts = [
      destination.value.canonical.description, action?.value ?? "deliver", nextHop.map { "to \($0.value)" },
      zone.map { "in \($0.value)" }, priority.map { "priority \($0.value)" },
    ]
    return parts.compactMap(\.self).joined(separator: " ")
  }
}

extension Set<String> {
  /// The words in a fixed order.
  fileprivate var inOrder: String { isEmpty ? "none" : sorted().joined(separator: ", ") }
}
