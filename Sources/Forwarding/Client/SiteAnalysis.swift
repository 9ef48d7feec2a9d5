import ClientVPN
public import IPv4Space

/// What a client of one server reaches from one place.
public struct SiteAnalysis: Sendable {
  /// Whether the tunnel's own packets still leave outside the tunnel, by a router that exists.
  public enum Carrier: Sendable {
    case clear
    /// This row takes them; nil if no row matches. The public address of the server, if known.
    case dead(ClientRow?, IPv4Address?)
    /// The server's public addresses are not known, and this row takes public addresses into the tunnel.
    case unknown(ClientRow)
  }

  /// Position of the site in the model; nil for another place.
  public let site: Int?
  /// The client before connecting.
  public let place: ClientPlace
  /// Its table when connected, to the first of the server's public addresses.
  public let table: ClientTable
  /// For every address the position of the row that decides, or -1.
  public let decisions: AddressMap<Int32>
  /// Whether the tunnel works.
  public let carrier: Carrier
  /// What happens to packets to every address.
  public let fates: AddressMap<Fate>
  /// Verdict for every subnet of the VPC, in order.
  public let subnets: [SubnetVerdict]
  /// Verdict for every declared network, in order.
  public let networks: [NetworkVerdict]
  /// Verdict for every expectation about this server.
  public let expectations: [ExpectationVerdict]
  /// What becomes of flows: what fates refer to.
  let reach: FlowReach
  /// Verdict for every service of a workload, in order.
  public let services: [ServiceVerdict]
  /// Addresses of the client itself.
  public let ownAddresses: [IPv4Address]

  /// `judge` decides for the server with this position. nil if the server's pool is not known.
  init?(
    _ serverIndex: Int, _ judge: FateJudge, at place: ClientPlace, site: Int?, in model: Model, _ plan: AddressPlan,
    _ attachments: Attachments
  ) {
    guard let client = Self.connected(judge, at: place, in: model, plan) else { return nil }
    self.site = site
    self.place = place
    (table, decisions, carrier, ownAddresses) = (client.table, client.decisions, client.carrier, client.ownAddresses)
    var decided = client.fates
    if judge.server.mode == .unknown {
      // What is the same however the client is connected is known.
      let variants = judge.server.variants.compactMap { variant in
        var judge = judge
        judge.server = variant
        return Self.connected(judge, at: place, in: model, plan)?.fates
      }
      decided = variants.dropFirst().reduce(variants[0]) { $0.zipped(with: $1) { $0.shared(with: $1) } }
    }
    let reach = FlowReach(
      decided, serverIndex, judge.table, model, plan, attachments, EphemeralPorts(of: place.system))
    self.reach = reach
    fates = reach.fates
    let verdicts = VerdictMaker(
      index: serverIndex, server: judge.server, model: model, reach: reach, occupants: attachments.occupants)
    services = verdicts.services()
    subnets = verdicts.subnets()
    networks = verdicts.networks()
    expectations = verdicts.expectations()
  }

  /// A client that is connected.
  private struct Connected {
    let table: ClientTable
    let decisions: AddressMap<Int32>
    let carrier: Carrier
    let ownAddresses: [IPv4Address]
    /// Without filters and routes of the VPC.
    let fates: AddressMap<Fate>
  }

  /// nil if the server's pool is not known.
  private static func connected(
    _ judge: FateJudge, at place: ClientPlace, in model: Model, _ plan: AddressPlan
  ) -> Connected? {
    let server = judge.server
    let publicIPs = server.publicIPs?.elements.map(\.value) ?? []
    guard let table = ClientTable(server, at: place, publicIP: publicIPs.first) else { return nil }
    let decisions = table.decisions(routers: place.routers)
    let carrier =
      publicIPs.isEmpty ? carrier(table, decisions, plan) : carrier(server, place, publicIPs, table, decisions)
    let ownAddresses =
      place.ownAddresses + (table.rejectedOption == nil ? [server.clientAddress].compactMap(\.self) : [])
    var judge = judge
    judge.isLooped = carrier.isDead
    let ways = ways(table, decisions, ownAddresses)
    let routes = judge.table
    let places = plan.targets(for: server, in: model).zipped(with: ways) { Place(target: $0, way: $1) }
    let fates = routes.longestMatch.zipped(with: places) { [judge] route, place in
      let route = route < 0 ? nil : Int(route)
      let action = route.map { routes.routes[$0].action }
      return Fate(target: place.target, route: route, outcome: place.way.outcome(place.target, action, judge))
    }
    return Connected(
      table: table, decisions: decisions, carrier: carrier, ownAddresses: ownAddresses, fates: fates)
  }

  /// The row that decides about an address.
  public func row(to address: IPv4Address) -> ClientRow? {
    let index = decisions[address]
    return index < 0 ? nil : table.rows[Int(index)]
  }

  private struct Place: Equatable {
    let target: Target
    let way: ClientWay
  }

  private static func ways(
    _ table: ClientTable, _ decisions: AddressMap<Int32>, _ own: [IPv4Address]
  ) -> AddressMap<ClientWay> {
    let ways = decisions.mapped { $0 < 0 ? .none : ClientWay(table.rows[Int($0)]) }
    let isOwn = AddressMap<Bool>(IPv4Set(own.map { IPv4Prefix($0, length: 32) }))
    return ways.zipped(with: isOwn) { $1 ? .local : $0 }
  }

  // MARK: Carrier

  /// Every one of the server's addresses must be reached outside the tunnel: a client connects to any of them.
  private static func carrier(
    _ server: VPNServer, _ place: ClientPlace, _ addresses: [IPv4Address], _ first: ClientTable,
    _ decisions: AddressMap<Int32>
  ) -> Carrier {
    for address in addresses {
      guard let table = address == addresses.first ? first : ClientTable(server, at: place, carryingTo: address) else {
        continue
      }
      let index = address == addresses.first ? decisions[address] : table.decisions(routers: place.routers)[address]
      guard index >= 0 else { return .dead(nil, address) }
      let row = table.rows[Int(index)]
      if row.isTunnel || !place.leadsOn(row) { return .dead(row, address) }
    }
    return .clear
  }

  /// Without the server's addresses: dead if all public addresses enter the tunnel, not known if some do.
  private static func carrier(
    _ table: ClientTable, _ decisions: AddressMap<Int32>, _ plan: AddressPlan
  ) -> Carrier {
    if let host = table.rows.first(where: { $0.origin == .serverHost }) {
      return host.isTunnel ? .dead(host, nil) : .clear
    }
    let inTunnel = decisions.addresses { $0 >= 0 && table.rows[Int($0)].isTunnel }
    let publicInTunnel = plan.internet.intersection(inTunnel)
    guard let address = publicInTunnel.ranges.first?.first else { return .clear }
    let row = table.rows[Int(decisions[address])]
    return publicInTunnel == plan.internet ? .dead(row, nil) : .unknown(row)
  }
}

extension SiteAnalysis.Carrier {
  /// Whether the tunnel is dead.
  public var isDead: Bool { if case .dead = self { true } else { false } }
}

extension ClientPlace {
  /// Whether the next hop of a row outside the tunnel exists, as far as is known, and is not the client itself.
  func leadsOn(_ row: ClientRow) -> Bool {
    if case .address(let address) = row.gateway { return routers.contains(address) }
    return row.gateway != .nowhere
  }
}

/// Where a client's table leads a packet.
enum ClientWay: Sendable, Equatable {
  /// To the client itself, into the LAN, or by a route of the site.
  case local
  /// Outside the tunnel, by the default route or by a row of the VPN that lies on the LAN.
  case outside
  case tunnel
  /// No row matches.
  case none

  init(_ row: ClientRow) {
    let isOfSite = row.gateway == .onLink || (row.origin == .existing && row.destination?.length != 0)
    self = row.isTunnel ? .tunnel : isOfSite ? .local : .outside
  }

  func outcome(_ target: Target, _ action: ServerRoute.Action?, _ judge: FateJudge) -> Outcome {
    if target == .clientItself { return .local }
    switch self {
    case .tunnel: return judge.outcomeInTunnel(target, action)
    case .local: return .local
    case .outside, .none:
      return judge.server.mode == .split && judge.server.routesAreIncomplete && target != .server
        ? .undetermined : .direct
    }
  }
}
