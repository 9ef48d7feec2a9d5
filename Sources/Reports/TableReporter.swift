import Forwarding
import IPv4Space
public import Linting
import SystemTables

/// Lays out what `routes` found: a table as the system's own command prints it, or JSON.
public struct TableReporter: Sendable {
  /// Makes a reporter.
  public init() {}

  /// The table.
  public func text(_ report: TableReport, as format: AnswerFormat) -> String {
    switch format {
    case .text:
      TableWriter.write(
        report.table.rows.map { report.systemRow($0).harmless }, as: report.table.system.format,
        persistent: (report.base?.persistentRoutes ?? []).map(SafeText.escaped))
    case .json: json(report)
    }
  }

  /// A sentence if the client gets no connection, one if it may get more rows, and one a row that it does not add, up to
  /// a number.
  public func remarks(_ report: TableReport) -> [String] {
    let breaking = report.table.rejectedOption.map { option in
      SafeText.escaped(
        "the client never connects, and its table stays as it is: its profile rejects `\(option)`, which the server pushes"
      )
    }
    return (breaking.map { [$0] } ?? []) + unknownRows(report) + refusals(report)
  }

  private func unknownRows(_ report: TableReport) -> [String] {
    let what: String
    switch report.mode {
    case "unknown": what = "whether VPN server `\(report.server)` is in split or full tunnel is not known"
    case "split" where !report.routesAreKnown: what = "the routes of VPN server `\(report.server)` are not all known"
    default: return []
    }
    return [SafeText.escaped("\(what): rows that it pushes are missing from this table")]
  }

  private func refusals(_ report: TableReport) -> [String] {
    let sentences = report.table.refused.map { refused in
      let destination = refused.row.destination?.description ?? Self.unknownServer
      return SafeText.escaped("\(destination) is not added: \(refused.inWords)")
    }
    // Rows that are pushed twice have one sentence.
    var seen: Set<String> = []
    let told = sentences.filter { seen.insert($0).inserted }
    let more = told.count - Self.mostRefusals
    guard more > 0 else { return told }
    return told.prefix(Self.mostRefusals)
      + ["\(more) more rows are not added; the JSON of `vpnlint routes` has them all"]
  }

  /// More sentences would hide the table.
  private static let mostRefusals = 20

  private static let unknownServer = "the route to the server"

  private func json(_ report: TableReport) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.number("version", 1)
      writer.string("server", report.server)
      writer.string("site", report.site)
      writer.string("os", report.table.system.rawValue)
      writer.string("mode", report.mode)
      writer.array("rows") { writer in
        for row in report.table.rows { writer.object(inline: true) { write(row, report, to: &$0) } }
      }
      writer.array("refused") { writer in
        for refused in report.table.refused {
          writer.object(inline: true) {
            $0.string("destination", refused.row.destination?.description)
            $0.string("reason", refused.reason.rawValue)
          }
        }
      }
      writer.bool("connected", report.table.rejectedOption == nil)
      writer.bool("routes_known", report.routesAreKnown)
    }
    return writer.text + "\n"
  }

  private func write(_ row: ClientRow, _ report: TableReport, to writer: inout JSONWriter) {
    writer.string("destination", row.destination?.description)
    writer.string("gateway", row.nextHop?.description)
    writer.string("interface", row.interface)
    writer.number("metric", row.metric)
    writer.string("origin", row.origin.rawValue)
    writer.string("flags", report.systemRow(row).flags)
  }
}

extension TableReport {
  /// A row in the words of the system's own command. A row of a real table stays as it is.
  fileprivate func systemRow(_ row: ClientRow) -> SystemRow {
    if let index = row.baseRow, let base { return base.rows[index] }
    var result = SystemRow(
      destination: row.destination, destinationText: row.destination == nil ? "<vpn-server>" : "",
      gateway: row.gateway.ofSystem, gatewayText: row.gateway == .unknown ? "<gateway>" : "",
      interface: row.interface, metric: row.metric)
    switch table.system {
    case .macos: result.flags = row.netstatFlags
    case .linux: result.attributes = attributes(of: row)
    case .windows: result.interface = (row.isTunnel ? tunnelAddress : ownAddress) ?? "<address>"
    }
    return result
  }

  /// What the Linux kernel says of the rows that it makes itself.
  private func attributes(of row: ClientRow) -> [SystemRow.Attribute] {
    var attributes: [SystemRow.Attribute] = []
    let address = row.isTunnel ? tunnelAddress : ownAddress
    if row.gateway == .onLink, let address {
      attributes = [.init("proto", "kernel"), .init("scope", "link"), .init("src", address)]
    }
    return attributes
  }
}

extension SystemRow {
  /// The row with texts that can neither act on a terminal nor pass for other columns.
  fileprivate var harmless: SystemRow {
    func word(_ text: String) -> String { SafeText.escaped(text).split(separator: " ").joined(separator: "\\u{20}") }
    var row = self
    row.destinationText = word(destinationText)
    row.gatewayText = word(gatewayText)
    if case .masked(let text) = gateway { row.gateway = .masked(word(text)) }
    if case .ipv6(let text) = gateway { row.gateway = .ipv6(word(text)) }
    row.interface = word(interface)
    row.flags = word(flags)
    row.expire = word(expire)
    row.kind = word(kind)
    row.attributes = attributes.map { Attribute(word($0.name), SafeText.escaped($0.value)) }
    row.nextHops = nextHops.map { hop in
      NextHop(
        gateway: hop.gateway, interface: word(hop.interface),
        attributes: hop.attributes.map { Attribute(word($0.name), SafeText.escaped($0.value)) })
    }
    return row
  }
}

extension ClientRow.Gateway {
  fileprivate var ofSystem: SystemRow.Gateway {
    switch self {
    case .onLink: .onLink
    case .address(let address): .address(address)
    case .unknown: .masked("<gateway>")
    case .nowhere: .onLink
    }
  }
}

extension ClientRow {
  /// Up, gateway, host, static, cloning and, from address 0.0.0.0 on, global (netstat(1) of macOS; the article's tables).
  fileprivate var netstatFlags: String {
    if isHost { return "UH" }
    let flags = gateway == .onLink ? "UCS" : "UGSc"
    return flags + (destination?.address.bits == 0 ? "g" : "")
  }
}

extension ClientTable.RefusedRow {
  fileprivate var inWords: String {
    switch reason {
    case .hostBits: return "it has bits after the prefix length, and clients refuse such a route"
    case .exists:
      let by = existing.map { row in row.nextHop.map { " by \($0)" } ?? " on \(row.interface)" } ?? ""
      return "the client has a row for this destination\(by)"
    case .unreachableGateway: return "no network of the client leads to its next hop"
    case .profile: return "a line of the client profile keeps it away"
    }
  }
}
