import ClientVPN
public import Forwarding
import IPv4Space
public import SystemTables

/// A client's routing table as it will be when connected: what `routes` reports.
public struct TableReport: Sendable {
  /// Name of the server, and which traffic enters its tunnel: `split` or `full`.
  public let server, mode: String
  /// Name of the site; nil if none is known.
  public let site: String?
  /// The table.
  public let table: ClientTable
  /// The table before connecting, if a real one is given.
  public let base: SystemTable?
  /// Whether the model tells all routes of the server: else more may be pushed.
  public let routesAreKnown: Bool
  /// Address of the client in the tunnel.
  public let tunnelAddress: String
  /// Address of the client in its own network, if known.
  public let ownAddress: String?

  /// The table of clients of one server at one site. A real table (`base`) replaces the rows of the site, `system` its
  /// operating system. Throws if the server's pool is not known, or if the table is one of a connected client.
  public init(
    _ file: ModelFile, server: String?, site: String?, system: ClientSystem?, base: SystemTable?
  ) throws(ModelFile.Problem) {
    let server = try file.server(named: server)
    let chosen: SiteAnalysis?
    if let base {
      try Self.refuseConnected(base, server)
      chosen = try server.site(named: site, of: ClientSystem(printing: base.format))
    } else {
      chosen = try server.site(named: site)
    }
    let modelled = chosen?.site.flatMap { server.analysis.model.sites?.elements[$0] }
    var place = modelled.map { ClientPlace($0, system: system) } ?? ClientPlace(system: system ?? .linux)
    if let base {
      place = ClientPlace(
        system: ClientSystem(printing: base.format), rows: base.clientRows,
        ownAddresses: base.ownAddresses.isEmpty ? place.ownAddresses : base.ownAddresses, profile: place.profile)
    }
    let vpnServer = server.server.server
    let publicIP = vpnServer.publicIPs?.elements.first?.value
    guard let table = ClientTable(vpnServer, at: place, publicIP: publicIP), let address = vpnServer.clientAddress
    else { throw .unknownPools([server.label]) }
    self.server = server.label
    mode = server.server.mode.rawValue
    self.site = chosen.flatMap { server.name(of: $0) }
    self.table = table
    routesAreKnown = !vpnServer.routesAreIncomplete
    self.base = base
    tunnelAddress = address.description
    ownAddress = place.ownAddresses.first?.description
  }

  private static func refuseConnected(
    _ base: SystemTable, _ server: ModelFile.Server
  ) throws(ModelFile.Problem) {
    let rows = base.clientRows
    let seen = Observation(
      rows, of: ClientSystem(printing: base.format), server.server, server.analysis.plan)
    let row: ClientRow? =
      if let tunnel = seen.tunnel {
        rows.first { $0.interface == tunnel.interface && $0.destination == tunnel.network }
      } else if case .tunnelRow(let row) = seen.cut { row } else { nil }
    guard let row, let line = row.baseRow.map({ base.rows[$0].line }) else { return }
    throw .connectedBase(line: line, row: row.inWords, server: server.label)
  }
}
