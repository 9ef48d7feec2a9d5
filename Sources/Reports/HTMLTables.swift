import Forwarding
import Linting
import SourceText

/// The part of a page that shows the routing tables of clients.
struct HTMLTables {
  /// What there is to say of one server.
  struct Part: Sendable {
    /// Tables with a place for the file that they belong to, as many as a page can have, and how many there are.
    fileprivate let tables: [HTMLTemplate]
    fileprivate let count: Int
    /// The name of the file, marked up.
    fileprivate let file: String
    /// Says that there are none because they would be too long; empty if there are.
    fileprivate let absence: String
  }

  /// The tables of the servers of a file.
  static func parts(_ file: FileReport) -> [Part] {
    var left = HTMLReporter.Most.tables
    return file.servers.map { server in
      let tables = server.clientTables
      defer { left -= min(left, tables.count) }
      return Part(
        tables: tables.prefix(left).map { table($0, of: server, in: file) }, count: tables.count,
        file: ", \(HTMLText.code(file.file.name))", absence: server.clientTablesAreLeftOut ? absence(server) : "")
    }
  }

  private static func absence(_ server: ServerReport) -> String {
    "<p>Those of \(HTMLText.name(server.name)) are left out, as it has more than a thousand routes; "
      + "<code>vpnlint routes</code> prints them.</p>\n"
  }

  static func write(_ parts: [Part], isOnlyFile: Bool, to out: inout String) {
    guard !parts.isEmpty else { return }
    out += "<section id=\"tables\" aria-labelledby=\"tables-title\">\n"
    out += "<h2 id=\"tables-title\">Clients' routing tables</h2>\n"
    out += "<p>What a connected client's own system will show, server by server and site by site.</p>\n"
    var left = HTMLReporter.Most.tables
    var leftOut = 0
    for part in parts {
      let shown = part.tables.prefix(left)
      for table in shown { out += table.filled(isOnlyFile ? "" : part.file) }
      left -= shown.count
      leftOut += part.count - shown.count
      out += part.absence
    }
    if leftOut > 0 {
      out += "<p>\(HTMLText.count(leftOut, "more table")) are left out; <code>vpnlint routes</code> prints them.</p>\n"
    }
    out += "</section>\n"
  }

  private static func table(_ table: TableReport, of server: ServerReport, in file: FileReport) -> HTMLTemplate {
    let reporter = TableReporter()
    var lines = reporter.text(table, as: .text).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    let place = table.site.map { " at \(HTMLText.name($0))" } ?? ""
    let documents = file.documentsWithServers > 1 ? ", document \(server.document + 1)" : ""
    let summary =
      "Client of \(HTMLText.name(server.name))\(place) "
      + "(\(server.mode) tunnel, \(table.table.system.rawValue)\(documents)\(HTMLTemplate.place))"
    let most = HTMLReporter.Most.tableLines
    var content = HTMLText.scrolling(
      "Routing table of a client of \(server.name)",
      "<pre>\(lines.prefix(most).map { XMLText.escaped($0) + "\n" }.joined())</pre>\n")
    if lines.count > most { content += "<p>\(HTMLText.count(lines.count - most, "more line")).</p>\n" }
    for remark in reporter.remarks(table).prefix(most) { content += "<p>\(HTMLText.sentence(remark))</p>\n" }
    return HTMLTemplate(HTMLText.folded(summary, content))
  }
}
