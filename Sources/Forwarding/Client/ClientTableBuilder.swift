public import ClientVPN
public import IPv4Space
import SourceText

/// Adds to a client's table what a connection brings, in the order in which OpenVPN does it: the tunnel interface's own
/// rows; in full tunnel the host route to the server and the two halves of everything; the routes of the profile; the
/// pushed routes as pushed, the client pool last (OpenVPN 2.6.14 on Linux, measured).
struct ClientTableBuilder {
  private let server: VPNServer
  private let place: ClientPlace
  private let publicIP: IPv4Address?
  private let tunnel: IPv4Prefix
  private let vpnGateway: IPv4Address
  private let clientAddress: IPv4Address
  private let profile: ClientProfile
  /// The address that is asked about: pushed and own routes that lead elsewhere are left out. nil for all.
  private let address: IPv4Address?
  private let defaultRow: ClientRow?
  /// The row that leads to the default gateway before connecting.
  private let gatewayRow: ClientRow?
  private var table: ClientTable
  private var growing: GrowingTable

  /// nil if the server's pool is not known. `publicIP` is the address that the client connects to, if known; `address` one
  /// of which alone it is asked where packets to it go.
  init?(_ server: VPNServer, _ place: ClientPlace, publicIP: IPv4Address?, rowsTo address: IPv4Address? = nil) {
    guard let tunnel = server.effectiveTunnelNetwork, let gateway = server.gatewayAddress,
      let client = server.clientAddress
    else { return nil }
    self.server = server
    self.place = place
    self.publicIP = publicIP
    self.tunnel = tunnel
    vpnGateway = gateway
    clientAddress = client
    profile = place.profile
    self.address = address
    defaultRow = place.defaultRow
    gatewayRow = place.gateway.flatMap(place.row)
    table = ClientTable(before: place)
    growing = GrowingTable(place.rows, of: place.system)
  }

  /// The table of the connected client.
  func build() -> ClientTable {
    var builder = self
    builder.connect()
    builder.table.rows = builder.growing.rows
    return builder.table
  }

  private mutating func connect() {
    if !profile.filters.isEmpty, let rejected = pushedOptions.first(where: { profile.filter($0)?.action == .reject }) {
      table.rejectedOption = rejected
      return
    }
    addTunnelRows()
    guard profile.noExec == nil else { return refuseAll() }
    addRedirect()
    if takesNoRedirect { refuseRedirect() }
    for route in profile.ownRoutes where concerns(route.destination) { add(route) }
    addPushedRoutes()
    if redirect?.flags.contains("block-local") ?? false { addHalvesOfLAN() }
  }

  // MARK: What is pushed

  /// A route as the server pushes it.
  private struct PushedRoute {
    let destination: IPv4Prefix
    let origin: ClientRow.Origin
    let serverRoute: Int?
    let span: Span

    var option: String { "route \(destination.address) \(IPv4Address(bits: destination.mask))" }
  }

  /// Split: every route of whatever action, then the whole pool. Full: none.
  private var pushedRoutes: [PushedRoute] {
    guard server.mode == .split else { return [] }
    let routes = (server.routes?.elements ?? []).enumerated().map { index, route in
      PushedRoute(
        destination: route.destination.value, origin: .pushed, serverRoute: index, span: route.destination.span)
    }
    let pool = server.clientPool.map {
      PushedRoute(destination: $0.value.canonical, origin: .pool, serverRoute: nil, span: $0.span)
    }
    return routes + (pool.map { [$0] } ?? [])
  }

  private static let redirectOption = "redirect-gateway def1"
  private static let halves = [UInt32(0), 1 << 31].map { IPv4Prefix(IPv4Address(bits: $0), length: 1) }
  private var gatewayOption: String { "route-gateway \(vpnGateway)" }

  private var pushedOptions: [String] {
    [gatewayOption] + (server.mode == .full ? [Self.redirectOption] : pushedRoutes.map(\.option))
  }

  private func isIgnored(_ option: @autoclosure () -> String) -> Bool {
    !profile.filters.isEmpty && profile.filter(option())?.action == .ignore
  }

  private func concerns(_ destination: IPv4Prefix?) -> Bool {
    guard let address, let destination else { return true }
    return destination.contains(address)
  }

  /// The next hop of added routes: as pushed, unless the profile ignores that, else as the profile says.
  private var routeGateway: IPv4Address? {
    isIgnored(gatewayOption) ? profile.routeGateway?.value : vpnGateway
  }

  // MARK: Adding

  private mutating func addTunnelRows() {
    switch table.system {
    case .linux: growing.insert(tunnelRow(tunnel, .onLink), inFront: false)
    case .macos:
      var host = tunnelRow(IPv4Prefix(clientAddress, length: 32), .address(clientAddress))
      host.isHost = true
      growing.insert(host, inFront: true)
      var network = tunnelRow(tunnel, .address(clientAddress))
      network.isConnected = true
      insert(network)
    case .windows:
      for prefix in [
        tunnel, IPv4Prefix(clientAddress, length: 32), IPv4Prefix(tunnel.last, length: 32),
      ] {
        growing.insert(tunnelRow(prefix, .onLink), inFront: false)
      }
    }
  }

  private func tunnelRow(_ destination: IPv4Prefix, _ gateway: ClientRow.Gateway) -> ClientRow {
    ClientRow(
      destination, gateway, interface: table.tunnelInterface, metric: 0, origin: .tunnel, isTunnel: true,
      span: server.tunnelNetwork?.span ?? server.clientPool?.span)
  }

  /// What becomes of the default route, by the server and the profile together.
  private struct Redirect {
    var takesDefault = false
    var flags: Set<String> = []
    var span: Span?
  }

  /// nil if neither asks for anything. Flags of both count together (measured).
  private var redirect: Redirect? {
    var redirect = Redirect(span: server.splitTunneling?.span)
    if server.mode == .full, profile.noPull == nil, !isIgnored(Self.redirectOption) {
      redirect.takesDefault = true
      redirect.flags = ["def1"]
    } else if profile.redirects.isEmpty {
      return nil
    }
    for own in profile.redirects {
      redirect.flags.formUnion(own.flags)
      if own.takesDefault, !redirect.takesDefault {
        redirect.takesDefault = true
        redirect.span = own.span
      }
    }
    return redirect
  }

  private mutating func addRedirect() {
    guard let redirect, let gateway = routeGateway, let way = defaultRow else { return }
    let span = redirect.span
    if !redirect.flags.contains("local") { addServerHost(way, span) }
    if redirect.flags.contains("block-local") { addGatewayHost(way, span) }
    guard redirect.takesDefault, !redirect.flags.contains("!ipv4") else { return }
    if redirect.flags.contains("def1") {
      for half in Self.halves { add(half, gateway, metric: nil, .redirect, span) }
    } else {
      growing.remove { $0.destination?.length == 0 && $0.gateway == way.gateway }
      add(IPv4Prefix(IPv4Address(bits: 0), length: 0), gateway, metric: nil, .redirect, span)
    }
  }

  /// `block-local`: the LAN goes into the tunnel but for its gateway.
  private mutating func addGatewayHost(_ way: ClientRow, _ span: Span?) {
    guard let gateway = way.nextHop else { return }
    insert(
      ClientRow(
        IPv4Prefix(gateway, length: 32), .address(gateway), interface: way.interface, metric: table.system.pushedMetric,
        origin: .redirect, isTunnel: false, span: span))
  }

  private mutating func addHalvesOfLAN() {
    guard let gateway = routeGateway, let lan = place.lan, lan.length < 32 else { return }
    let lower = IPv4Prefix(lan.first, length: lan.length + 1)
    let upper = IPv4Prefix(IPv4Address(bits: lower.last.bits &+ 1), length: lan.length + 1)
    for half in [upper, lower] { add(half, gateway, metric: nil, .redirect, redirect?.span) }
  }

  private mutating func addServerHost(_ way: ClientRow, _ span: Span?) {
    let destination = publicIP.map { IPv4Prefix($0, length: 32) }
    let origin = ClientRow.Origin.serverHost
    switch way.gateway {
    case .address(let gateway): add(destination, gateway, metric: nil, origin, server.publicIPs?.key ?? span)
    case .onLink, .unknown, .nowhere:
      let row = ClientRow(
        destination, way.gateway, interface: way.interface, metric: table.system.pushedMetric, origin: origin,
        isTunnel: false, span: server.publicIPs?.key ?? span)
      insert(row)
    }
  }

  private mutating func add(_ route: ClientProfile.OwnRoute) {
    let gateway: IPv4Address?
    switch route.nextHop {
    case .vpnGateway: gateway = routeGateway
    case .oldGateway: gateway = place.gateway
    case .address(let address): gateway = address
    }
    guard let gateway else { return }
    guard let destination = route.destination ?? publicIP.map({ IPv4Prefix($0, length: 32) }) else { return }
    add(destination, gateway, metric: route.metric ?? profile.routeMetric?.value, .pushed, route.span)
  }

  private mutating func addPushedRoutes() {
    for route in pushedRoutes where concerns(route.destination) {
      if profile.noPull != nil || isIgnored(route.option) {
        refuse(row(route, vpnGateway), .profile)
      } else if let gateway = routeGateway {
        add(row(route, gateway), gateway)
      } else {
        refuse(row(route, vpnGateway), .unreachableGateway)
      }
    }
  }

  private mutating func refuseAll() {
    if server.mode == .full { refuseRedirect() }
    for route in pushedRoutes { refuse(row(route, vpnGateway), .profile) }
  }

  /// Whether the server asks for full tunnel and a line of the profile keeps that away.
  private var takesNoRedirect: Bool {
    guard server.mode == .full else { return false }
    let isIgnored = profile.noPull != nil || isIgnored(Self.redirectOption)
    return routeGateway == nil || isIgnored && !profile.redirects.contains(where: \.takesDefault)
  }

  private mutating func refuseRedirect() {
    for half in Self.halves {
      refuse(row(half, vpnGateway, metric: nil, .redirect, server.splitTunneling?.span), .profile)
    }
  }

  private func row(_ route: PushedRoute, _ gateway: IPv4Address) -> ClientRow {
    var row = row(route.destination, gateway, metric: profile.routeMetric?.value, route.origin, route.span)
    row.serverRoute = route.serverRoute
    return row
  }

  private func row(
    _ destination: IPv4Prefix?, _ gateway: IPv4Address, metric: Int?, _ origin: ClientRow.Origin, _ span: Span?
  ) -> ClientRow {
    let metric = table.system.hasMetrics ? metric ?? table.system.pushedMetric : 0
    return ClientRow(
      destination, .address(gateway), interface: table.tunnelInterface, metric: metric, origin: origin, isTunnel: true,
      span: span)
  }

  private mutating func add(
    _ destination: IPv4Prefix?, _ gateway: IPv4Address, metric: Int?, _ origin: ClientRow.Origin, _ span: Span?
  ) {
    add(row(destination, gateway, metric: metric, origin, span), gateway)
  }

  /// Adds a row by the device that leads to its gateway.
  private mutating func add(_ row: ClientRow, _ gateway: IPv4Address) {
    if row.destination?.hasHostBits ?? false { return refuse(row, .hostBits) }
    guard let connected = deviceRow(for: row, gateway) else { return refuse(row, .unreachableGateway) }
    var row = row
    row.interface = connected.interface
    row.isTunnel = connected.isTunnel
    insert(row)
  }

  /// A next hop that is the client's own address is reached by that address's interface, the LAN's (measured). OpenVPN
  /// binds a /32 of the LAN by the LAN's own gateway to the LAN (measured).
  private func deviceRow(for row: ClientRow, _ gateway: IPv4Address) -> ClientRow? {
    if place.ownAddresses.contains(gateway) { return defaultRow ?? growing.connectedRow(to: gateway) }
    if gateway == place.gateway, row.destination?.length ?? 32 == 32 {
      let isInLAN = row.destination.map { destination in place.lan?.contains(destination) ?? false } ?? false
      // Without a LAN in the model nothing is known but that the old gateway is reached somehow.
      if isInLAN || place.lan == nil { return gatewayRow }
    }
    return growing.connectedRow(to: gateway)
  }

  private mutating func insert(_ row: ClientRow) {
    if let twin = growing.twin(of: row) { return refuse(row, .exists, twin) }
    growing.insert(row, inFront: true)
  }

  private mutating func refuse(_ row: ClientRow, _ reason: ClientTable.Refusal, _ existing: ClientRow? = nil) {
    table.refuse(row, reason, existing)
  }
}

extension ClientTable {
  /// The table of a client of a server at a place, connected to one of the server's public addresses, if known.
  /// nil if the server's pool is not known.
  public init?(_ server: VPNServer, at place: ClientPlace, publicIP: IPv4Address?) {
    guard let builder = ClientTableBuilder(server, place, publicIP: publicIP) else { return nil }
    self = builder.build()
  }

  /// As much of the table of a client that is connected to an address of the server as decides about packets to that
  /// address.
  init?(_ server: VPNServer, at place: ClientPlace, carryingTo address: IPv4Address) {
    guard let builder = ClientTableBuilder(server, place, publicIP: address, rowsTo: address) else { return nil }
    self = builder.build()
  }
}
