import ClientVPN
import Forwarding
import IPv4Space

extension ServerReport {
  /// The predicted routing table of a client at each site of the model; without sites, of one of whose own network
  /// nothing is known. Empty if the server's pool is not known, or if nobody would read the tables.
  public var clientTables: [TableReport] {
    if clientTablesAreLeftOut { return [] }
    let sites = server.sites.isEmpty ? [nil] : server.sites.map(Optional.some)
    return sites.compactMap { TableReport(server, $0, in: analysis) }
  }

  /// Whether there are so many routes that the tables are left out: twenty times as many as the service takes.
  public var clientTablesAreLeftOut: Bool { server.table.routes.count > 1_000 }
}

extension TableReport {
  /// The table of clients of a server at a site of the model; nil if the server's pool is not known.
  init?(_ server: ServerAnalysis, _ site: SiteAnalysis?, in analysis: Analysis) {
    let modelled = site?.site.flatMap { analysis.model.sites?.elements[$0] }
    let place = modelled.map { ClientPlace($0) } ?? ClientPlace(system: .linux)
    guard let table = site?.table ?? ClientTable(server.server, at: place, publicIP: server.firstPublicIP),
      let address = server.server.clientAddress
    else { return nil }
    self.server = server.server.name.value
    mode = server.mode.rawValue
    self.site = modelled?.name.value
    self.table = table
    base = nil
    routesAreKnown = !server.server.routesAreIncomplete
    tunnelAddress = address.description
    ownAddress = place.ownAddresses.first?.description
  }
}

extension ServerAnalysis {
  fileprivate var firstPublicIP: IPv4Address? { server.publicIPs?.elements.first?.value }
}
