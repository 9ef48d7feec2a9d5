import ClientVPN
public import Forwarding
public import IPv4Space
public import SourceText
public import SystemTables

/// What a client's real table tells about its connection: what `observe` reports.
public struct ObservationReport: Sendable {
  /// A destination with what is said of it.
  public struct Item: Sendable {
    /// The destination.
    public let destination: IPv4Prefix
    /// What it is in the model: "route `to-db`", "the client pool".
    public let name: String
    /// The place in the model, if it is there.
    public let span: Span?
    /// The line of the table, if it is there.
    public let line: Int?
    /// The row of the table that has to do with it, in words; empty if there is none.
    public let row: String
    /// Destination of that row or, of one that leaves by the client's own network, that network.
    public let rowDestination: IPv4Prefix?
    /// Why the addresses go elsewhere than into the tunnel; nil for other items.
    public let fate: Fate?
    /// The wider route by which the server still forwards what is left over, in words.
    public let wider: String?
  }

  /// Where addresses go that belong into the tunnel.
  public enum Fate: String, Sendable {
    /// Into the client's own network.
    case lan
    /// To a router, by a route of the client.
    case route
    /// Nowhere: a row of the client discards them.
    case discarded
    /// The row is the VPN's, and the client's own network has its next hop.
    case astray
  }

  /// The server that the table is about; nil if there are several and the client is connected to none.
  public let server: String?
  /// Whether the client is connected to it.
  public let isConnected: Bool
  /// Which traffic enters the tunnel by the table, `split` or `full`; nil if the client is not connected.
  public let mode: String?
  /// Which traffic should enter it by the model.
  public let modelMode: String?
  /// Where the model says so.
  public let modelModeSpan: Span?
  /// The tunnel's interface and network.
  public let interface, network: String?
  /// How many pushed routes are in the table, and how many there would be.
  public let present, pushed: Int
  /// Pushed today and not in the table.
  public let missing: [Item]
  /// Never added: bits after the prefix length.
  public let refused: [Item]
  /// In the table and not pushed any more.
  public let leftOver: [Item]
  /// In the table and not a route of the model, which does not tell all routes of the server.
  public let unjudged: [Item]
  /// Whether the model tells all routes of the server.
  public let routesAreKnown: Bool
  /// Gone to the client's own network: destinations that a row of the LAN takes, or whose next hop lies there.
  public let lost: [Item]
  /// Gone to a router of the client's network, or discarded: destinations that another route takes.
  public let shadowed: [Item]
  /// Not in the table, because the client has a row of the same destination.
  public let displaced: [Item]
  /// What a line of the client profile seems to have done: `bypasses-full-tunnel`, `takes-everything` or
  /// `drops-routes`; nil if none has.
  public let profileSign: Observation.ProfileSign?
  /// Whether the tunnel is dead, because its own packets enter it or go astray; nil if that is so for some of the
  /// server's public addresses, or these are not known.
  public let isLooped: Bool?
  /// The row that leads them there, or may.
  public let loopingRow: Item?
  /// What to do, a sentence each.
  public let advice: [String]
  /// What of the table was not understood.
  public let notUnderstood: [SystemTable.Remainder]

  /// Compares a table with the server of a name, or with the one that the client is connected to. Throws if the table is
  /// cut off, or fits several servers.
  public init(_ table: SystemTable, _ file: ModelFile, server name: String?) throws(ModelFile.Problem) {
    let servers = try file.servers(named: name)
    let rows = table.clientRows
    let observed = servers.map { server in
      Observation(rows, of: ClientSystem(printing: table.format), server.server, server.analysis.plan)
    }
    let connected = observed.indices.filter { observed[$0].tunnel != nil }
    let unknown = servers.filter { $0.server.server.clientPool == nil }
    if connected.isEmpty, !unknown.isEmpty { throw .unknownPools(unknown.map(\.label)) }
    if connected.count > 1 { throw .tableOfSeveralServers(connected.map { servers[$0].label }) }
    let index = connected.first ?? observed.firstIndex { $0.cut != nil } ?? 0
    if let cut = observed[index].cut { throw Self.problem(cut, servers[index], table) }
    self.init(observed[index], servers[index], table, isChosen: servers.count == 1 || !connected.isEmpty)
  }

  private static func problem(
    _ cut: Observation.Cut, _ server: ModelFile.Server, _ table: SystemTable
  ) -> ModelFile.Problem {
    switch cut {
    case .tunnelRow(let row):
      .tableWithoutTunnel(
        line: row.baseRow.map { table.rows[$0].line } ?? 1, row: row.inWords, server: server.label,
        networks: server.server.server.possibleTunnelNetworks)
    case .defaultRow: .tableWithoutDefault(line: table.rows.first?.line ?? 1)
    }
  }

  private init(_ seen: Observation, _ server: ModelFile.Server, _ table: SystemTable, isChosen: Bool) {
    let items = ItemMaker(server: server.server, table: table)
    self.server = isChosen ? server.label : nil
    isConnected = seen.tunnel != nil
    mode = seen.tunnel?.mode.rawValue
    modelMode = isChosen ? seen.modelMode.rawValue : nil
    modelModeSpan = server.server.server.splitTunneling?.span
    interface = seen.tunnel?.interface
    network = seen.tunnel?.network.description
    present = seen.pushed.count { route in
      switch route.state {
      case .present, .astray: true
      case .missing, .refused, .displaced: false
      }
    }
    pushed = seen.pushed.count
    profileSign = seen.profileSign
    missing = seen.pushed.compactMap { if case .missing = $0.state { items.item($0) } else { nil } }
    refused = seen.pushed.compactMap { if case .refused = $0.state { items.item($0) } else { nil } }
    routesAreKnown = !server.server.server.routesAreIncomplete
    leftOver = routesAreKnown ? seen.leftOver.compactMap(items.item) : []
    unjudged = routesAreKnown ? [] : seen.leftOver.compactMap(items.item)
    displaced = seen.losses.filter(\.isDisplacement).map(items.item)
    let others = seen.losses.filter { !$0.isDisplacement }.map(items.item)
    lost = others.filter { $0.fate == .lan || $0.fate == .astray }
    shadowed = others.filter { $0.fate == .route || $0.fate == .discarded }
    isLooped = seen.isLooped
    loopingRow = seen.loop?.row.flatMap(items.item)
    notUnderstood = table.notUnderstood
    advice =
      ObservationAdvice(
        server: server.server.server, isChosen: isChosen, seen: seen, missing: missing, refused: refused,
        leftOver: leftOver, unjudged: unjudged, lost: lost.filter { $0.fate == .lan }, shadowed: shadowed,
        displaced: displaced,
        loopingRow: loopingRow
      ).sentences
  }
}

/// Names what an observation speaks of.
private struct ItemMaker {
  typealias Item = ObservationReport.Item

  let server: ServerAnalysis
  let table: SystemTable

  func item(_ pushed: Observation.PushedRoute) -> Item {
    Item(
      destination: pushed.destination, name: name(pushed.subject), span: span(pushed.subject), line: nil, row: "",
      rowDestination: nil, fate: nil, wider: nil)
  }

  func item(_ loss: Observation.Loss) -> Item {
    var target = loss.row.destination
    var fate = fate(of: loss.row)
    if case .astray(let network) = loss.reason { (target, fate) = (network ?? target, .astray) }
    return Item(
      destination: loss.destination, name: name(loss.subject), span: span(loss.subject), line: line(loss.row),
      row: words(loss.row), rowDestination: target, fate: fate, wider: nil)
  }

  func item(_ leftOver: Observation.LeftOver) -> Item? {
    leftOver.row.destination.map {
      Item(
        destination: $0, name: "", span: nil, line: line(leftOver.row), row: words(leftOver.row), rowDestination: $0,
        fate: nil, wider: leftOver.wider.map { "\(name(.route($0))) to \(server.table.networks[$0])" })
    }
  }

  func item(_ row: ClientRow) -> Item? {
    row.destination.map {
      Item(
        destination: $0, name: "", span: nil, line: line(row), row: words(row), rowDestination: $0, fate: nil,
        wider: nil
      )
    }
  }

  private func fate(of row: ClientRow) -> ObservationReport.Fate {
    switch row.gateway {
    case .onLink: .lan
    case .nowhere: .discarded
    case .address, .unknown: .route
    }
  }

  private func name(_ subject: Observation.Subject) -> String {
    switch subject {
    case .route(let index): server.table.routes[index].name.map { "route `\($0.value)`" } ?? "route"
    case .pool: "the client pool"
    case .redirect: "full tunnel"
    }
  }

  private func span(_ subject: Observation.Subject) -> Span? {
    switch subject {
    case .route(let index): server.table.routes[index].destination.span
    case .pool: server.server.clientPool?.span
    case .redirect: server.server.splitTunneling?.span
    }
  }

  private func line(_ row: ClientRow) -> Int? { row.baseRow.map { table.rows[$0].line } }

  private func words(_ row: ClientRow) -> String {
    let kind = row.baseRow.map { table.rows[$0].kind } ?? ""
    return row.gateway == .nowhere && !kind.isEmpty ? "\(kind) \(row.inWords)" : row.inWords
  }
}

extension ClientRow {
  /// The row in words: "10.0.0.0/24 by 192.168.252.1 on tun0".
  var inWords: String {
    let destination = destination.map { "\($0)" } ?? "of an illegible destination"
    let hop = nextHop.map { " by \($0)" } ?? ""
    return destination + hop + (interface.isEmpty ? "" : " on \(interface)")
  }
}
