import ClientVPN
import Forwarding
import IPv4Space

/// How much of a network a picture shows singly.
private enum Most {
  /// Items of one state that is as wanted, in one zone; with more they are folded together.
  static let asWanted = 8
  /// Items that are not as wanted, in one zone and in the whole picture; those beyond are folded together.
  static let troubled = 6
  static let troubledTogether = 24
  static let zones = 8
  static let routes = 12
  static let sites = 6
  /// Names and CIDRs of one item.
  static let names = 4
  /// Stretches of one subnet or network that are looked at for the routes that decide.
  static let stretches = 256
}

extension NetworkPicture {
  init(_ server: ServerAnalysis, in analysis: Analysis, document: Int) {
    let maker = PictureMaker(server, analysis)
    var room = Most.troubledTogether
    let subnets = maker.subnets()
    let networks = maker.networks()
    self.document = document
    self.server = server.server.name.value
    mode = server.mode.rawValue
    pool = server.server.clientPool?.value.description
    clientAddress = server.server.clientAddress?.description
    sites = server.sites.prefix(Most.sites).compactMap { maker.site($0) }
    moreSites = max(0, server.sites.count - Most.sites)
    tunnel = server.tunnel
    publicIPs = (server.server.publicIPs?.elements ?? []).map(\.value.description)
    places = (server.server.subnets?.elements ?? []).map { reference in
      reference.index.map { analysis.model.vpc.subnets.elements[$0].name.value } ?? reference.text
    }
    routes = maker.routes(decidingFor: subnets + networks)
    moreRoutes = max(0, server.table.routes.count - Most.routes)
    routesAreKnown = !server.server.routesAreIncomplete
    vpc = analysis.model.vpc.name?.value
    region = analysis.model.vpc.region?.value
    zones = maker.zones(of: subnets, &room)
    self.networks = PictureMaker.folded(networks.map(\.item), &room)
    networkCount = networks.count
    networksAsWanted = networks.count { $0.item.state.isAsWanted }
    notModelled = analysis.partsNotModelled.map(\.rawValue)
  }
}

extension ServerAnalysis {
  fileprivate var tunnel: NetworkPicture.Tunnel {
    if carrier.isLooped { return .looped }
    if tunnelFilters?.blocks.isEmpty == false { return .blocked }
    if case .unknown = carrier { return .unknown }
    return .up
  }
}

/// Gathers what one server's picture shows.
private struct PictureMaker {
  let server: ServerAnalysis
  let analysis: Analysis
  private var model: Model { analysis.model }

  /// An item, and the positions of the routes that decide for it.
  struct Target {
    var item: NetworkPicture.Item
    let routes: [Int]
    let index: Int
  }

  init(_ server: ServerAnalysis, _ analysis: Analysis) {
    self.server = server
    self.analysis = analysis
  }

  // MARK: Items

  func subnets() -> [Target] {
    server.subnets.map { verdict in
      let subnet = model.vpc.subnets.elements[verdict.subnet]
      let intent = verdict.isServed ? verdict.intent : .any
      let routes = deciding(in: verdict.usable.map { [$0] } ?? [])
      let item = NetworkPicture.Item(
        names: [subnet.name.value], cidrs: [subnet.block.value.canonical.description], cidrCount: 1, via: nil,
        state: NetworkPicture.State(intent, verdict.verdict), outcome: verdict.outcome.rawValue,
        routes: names(of: routes), routeCount: routes.count,
        holdsServer: analysis.attachments.occupants.holdsServer(subnet: verdict.subnet),
        holdsServerAlone: verdict.holdsServersAlone)
      return Target(item: item, routes: routes, index: verdict.subnet)
    }
  }

  func networks() -> [Target] {
    server.networks.compactMap { verdict in
      guard let network = model.networks?.elements[verdict.network] else { return nil }
      let intent = verdict.isServed ? verdict.intent : .any
      let routes = deciding(in: verdict.ranges.ranges)
      let item = NetworkPicture.Item(
        names: [network.name.value], cidrs: network.cidrs.prefix(Most.names).map(\.value.canonical.description),
        cidrCount: network.cidrs.count, via: network.via.value.rawValue,
        state: NetworkPicture.State(intent, verdict.verdict), outcome: verdict.outcome.rawValue,
        routes: names(of: routes), routeCount: routes.count, holdsServer: false, holdsServerAlone: false)
      return Target(item: item, routes: routes, index: verdict.network)
    }
  }

  /// The routes that decide for addresses of the ranges, ascending.
  private func deciding(in ranges: [IPv4Range]) -> [Int] {
    var routes: Set<Int32> = []
    var left = Most.stretches
    for range in ranges where left > 0 {
      server.table.longestMatch.forEach(in: range) { _, route in
        if route >= 0 { routes.insert(route) }
        left -= 1
        return left > 0
      }
    }
    return routes.sorted().map(Int.init)
  }

  private func names(of routes: [Int]) -> [String] {
    routes.prefix(Most.names).map { index in
      let route = server.table.routes[index]
      return route.name?.value ?? route.destination.value.description
    }
  }

  // MARK: Routes

  func routes(decidingFor targets: [Target]) -> [NetworkPicture.Route] {
    let shown = server.table.routes.prefix(Most.routes)
    var names = [[String]](repeating: [], count: shown.count)
    var counts = [Int](repeating: 0, count: shown.count)
    for target in targets {
      for route in target.routes where route < shown.count {
        counts[route] += 1
        if names[route].count < Most.names { names[route] += target.item.names }
      }
    }
    return shown.indices.map { index in
      let route = shown[index]
      return NetworkPicture.Route(
        destination: route.destination.value.description, action: route.action.rawValue, name: route.name?.value,
        targets: names[index], targetCount: counts[index])
    }
  }

  // MARK: Sites

  func site(_ site: SiteAnalysis) -> NetworkPicture.Site? {
    guard let index = site.site, let modelled = model.sites?.elements[index] else { return nil }
    let subnets = zip(server.subnets, site.subnets).filter { NetworkPicture.State.isLost($0, at: $1) }
      .map { model.vpc.subnets.elements[$1.subnet].name.value }
    let networks = zip(server.networks, site.networks).filter { NetworkPicture.State.isLost($0, at: $1) }
      .compactMap { model.networks?.elements[$1.network].name.value }
    let lost = subnets + networks
    return NetworkPicture.Site(
      name: modelled.name.value, system: modelled.system?.rawValue, lan: modelled.lan?.value.canonical.description,
      isDead: site.carrier.isDead, lost: Array(lost.prefix(Most.names)), lostCount: lost.count)
  }

  // MARK: Zones

  /// The zones in the order of the model. Where there are too many, those in which all is as wanted are the first to
  /// stand together.
  func zones(of subnets: [Target], _ room: inout Int) -> [NetworkPicture.Zone] {
    let placement = SubnetZones(model)
    var order: [String?] = []
    var members: [String?: [NetworkPicture.Item]] = [:]
    for subnet in subnets {
      let zone = placement.zone(ofSubnet: subnet.index)?.value
      if members[zone] == nil { order.append(zone) }
      members[zone, default: []].append(subnet.item)
    }
    guard order.count > Most.zones else {
      return order.map { Self.zone($0, members[$0] ?? [], &room) }
    }
    let troubled = order.filter { !(members[$0] ?? []).allSatisfy(\.state.isAsWanted) }
    let quiet = order.filter { (members[$0] ?? []).allSatisfy(\.state.isAsWanted) }
    let kept = Set((troubled + quiet).prefix(Most.zones - 1))
    var zones = order.filter { kept.contains($0) }.map { Self.zone($0, members[$0] ?? [], &room) }
    let rest = order.filter { !kept.contains($0) }
    var together = Self.zone(nil, rest.flatMap { members[$0] ?? [] }, &room)
    together.count = rest.count
    zones.append(together)
    return zones
  }

  private static func zone(
    _ name: String?, _ items: [NetworkPicture.Item], _ room: inout Int
  ) -> NetworkPicture.Zone {
    NetworkPicture.Zone(
      name: name, subnets: items.count, asWanted: items.count { $0.state.isAsWanted }, items: folded(items, &room))
  }

  /// Items of one zone, or the networks: what is not as wanted first and singly as far as there is room, many of one
  /// state that is as wanted in one box.
  static func folded(_ items: [NetworkPicture.Item], _ room: inout Int) -> [NetworkPicture.Item] {
    let troubled = items.filter { !$0.state.isAsWanted }
    // One that is left over takes no more place than the box that would stand for it.
    let most = min(Most.troubled, room)
    let single = troubled.count <= most + 1 ? troubled : Array(troubled.prefix(most))
    room -= min(room, single.count)
    let rest = troubled.dropFirst(single.count)
    let quiet = items.filter(\.state.isAsWanted)
    var result = single
    for state in NetworkPicture.State.allCases {
      let alike = rest.filter { $0.state == state }
      for outcome in Outcome.allCases { result += box(alike.filter { $0.outcome == outcome.rawValue }) }
    }
    for state in NetworkPicture.State.allCases {
      let members = quiet.filter { $0.state == state }
      result += members.count > Most.asWanted ? box(members) : members
    }
    return result
  }

  /// One item for several of one state.
  private static func box(_ items: [NetworkPicture.Item]) -> [NetworkPicture.Item] {
    guard var box = items.first, items.count > 1 else { return items }
    box.names = items.prefix(Most.names).flatMap(\.names)
    box.count = items.count
    (box.cidrs, box.cidrCount, box.routes, box.routeCount) = ([], 0, [], 0)
    if !items.allSatisfy({ $0.outcome == box.outcome }) { box.outcome = nil }
    if !items.allSatisfy({ $0.via == box.via }) { box.via = nil }
    box.holdsServer = items.contains(where: \.holdsServer)
    box.holdsServerAlone = items.allSatisfy(\.holdsServerAlone)
    return [box]
  }
}

extension NetworkPicture.State {
  fileprivate init(_ intent: Intent, _ verdict: Verdict) {
    self =
      switch (intent, verdict) {
      case (.any, .reachable), (.any, .partly): .open(isReached: true)
      case (.any, .unreachable), (.any, .undetermined): .open(isReached: false)
      case (_, .undetermined): .unknown
      case (.reachable, .reachable): .reached
      case (.reachable, .partly): .partly
      case (.reachable, .unreachable): .missed
      case (.unreachable, .unreachable), (.direct, .unreachable): .keptOut
      case (.unreachable, .reachable), (.unreachable, .partly), (.direct, .reachable), (.direct, .partly): .exposed
      }
  }

  fileprivate static func isLost(_ general: SubnetVerdict, at site: SubnetVerdict) -> Bool {
    general.isServed && isLost(general.intent, general.verdict, site.verdict)
  }

  fileprivate static func isLost(_ general: NetworkVerdict, at site: NetworkVerdict) -> Bool {
    general.isServed && isLost(general.intent, general.verdict, site.verdict)
  }

  private static func isLost(_ intent: Intent, _ general: Verdict, _ site: Verdict) -> Bool {
    Self(intent, general).isAsWanted && !Self(intent, site).isAsWanted
  }
}
