import ClientVPN
import Forwarding
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
    /// Destination of that row.
    public let rowDestination: IPv4Prefix?
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
  /// Gone to the client's own network: destinations that a row of the LAN takes.
  public let lost: [Item]
  /// Gone to a router of the client's network: destinations that another route takes.
  public let shadowed: [Item]
  /// Whether the tunnel's own packets enter the tunnel; nil if the server's public addresses are not known.
  public let isLooped: Bool?
  /// The row that leads them there.
  public let loopingRow: Item?
  /// What to do, a sentence each.
  public let advice: [String]
  /// What of the table was not understood.
  public let notUnderstood: [SystemTable.Remainder]

  /// Compares a table with the server of a name, or with the one that the client is connected to.
  public init(_ table: SystemTable, _ file: ModelFile, server name: String?) throws(ModelFile.Problem) {
    let servers = try file.servers(named: name)
    let rows = table.clientRows
    let observed = servers.map { server in
      Observation(rows, of: ClientSystem(printing: table.format), server.server, server.analysis.plan)
    }
    let index = observed.firstIndex { $0.tunnel != nil } ?? 0
    self.init(observed[index], servers[index], table, isChosen: servers.count == 1 || observed[index].tunnel != nil)
  }

  private init(_ seen: Observation, _ server: ModelFile.Server, _ table: SystemTable, isChosen: Bool) {
    let items = ItemMaker(server: server.server, table: table)
    self.server = isChosen ? server.name : nil
    isConnected = seen.tunnel != nil
    mode = seen.tunnel?.mode.rawValue
    modelMode = isChosen ? seen.modelMode.rawValue : nil
    modelModeSpan = server.server.server.splitTunneling?.span
    interface = seen.tunnel?.interface
    network = seen.tunnel?.network.description
    present = seen.pushed.count { if case .present = $0.state { true } else { false } }
    pushed = seen.pushed.count
    missing = seen.pushed.compactMap { if case .missing = $0.state { items.item($0) } else { nil } }
    refused = seen.pushed.compactMap { if case .refused = $0.state { items.item($0) } else { nil } }
    leftOver = seen.leftOver.compactMap(items.item)
    lost = seen.losses.filter(\.goesToLAN).map(items.item)
    shadowed = seen.losses.filter { !$0.goesToLAN }.map(items.item)
    isLooped = seen.isLooped
    loopingRow = seen.loopingRow.flatMap(items.item)
    notUnderstood = table.notUnderstood
    advice =
      ObservationAdvice(
        server: server.server.server, isChosen: isChosen, tunnelMode: seen.tunnel?.mode, missing: missing,
        refused: refused, leftOver: leftOver, lost: lost, shadowed: shadowed, isLooped: isLooped,
        loopingRow: loopingRow
      ).sentences
  }
}

/// Names what an observation speaks of.
private struct ItemMaker {
  let server: ServerAnalysis
  let table: SystemTable

  func item(_ pushed: Observation.PushedRoute) -> ObservationReport.Item {
    ObservationReport.Item(
      destination: pushed.destination, name: name(pushed.route), span: span(pushed.route), line: nil, row: "",
      rowDestination: nil)
  }

  func item(_ loss: Observation.Loss) -> ObservationReport.Item {
    ObservationReport.Item(
      destination: loss.destination, name: name(loss.route), span: span(loss.route), line: line(loss.row),
      row: words(loss.row), rowDestination: loss.row.destination)
  }

  func item(_ row: ClientRow) -> ObservationReport.Item? {
    row.destination.map {
      ObservationReport.Item(
        destination: $0, name: "", span: nil, line: line(row), row: words(row), rowDestination: $0)
    }
  }

  private func name(_ route: Int?) -> String {
    guard let route else { return "the client pool" }
    return server.table.routes[route].name.map { "route `\($0.value)`" } ?? "route"
  }

  private func span(_ route: Int?) -> Span? {
    route.map { server.table.routes[$0].destination.span } ?? server.server.clientPool?.span
  }

  private func line(_ row: ClientRow) -> Int? { row.baseRow.map { table.rows[$0].line } }

  private func words(_ row: ClientRow) -> String {
    let destination = row.destination.map { "\($0)" } ?? ""
    return row.nextHop.map { "\(destination) by \($0) on \(row.interface)" } ?? "\(destination) on \(row.interface)"
  }
}
