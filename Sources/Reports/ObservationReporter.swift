import ClientVPN
import Forwarding
import IPv4Space
public import Linting
public import SourceText
import SystemTables

/// Lays out what `observe` found.
public struct ObservationReporter: Sendable {
  private let lines: LineIndex
  private let tableName: String
  private let style: TextStyle

  /// Reports about a table, compared with the models of a file.
  public init(_ model: SourceFile, table tableName: String, _ style: TextStyle) {
    lines = LineIndex(model)
    self.tableName = tableName
    self.style = style
  }

  /// The whole report.
  public func text(_ report: ObservationReport, as format: AnswerFormat) -> String {
    switch format {
    case .text: text(report)
    case .json: json(report)
    }
  }

  // MARK: Text

  private func text(_ report: ObservationReport) -> String {
    var out = style.paint(SafeText.escaped(headline(report)), .bold) + "\n"
    if report.isConnected, report.modelMode != report.mode {
      let place = report.modelModeSpan.map { " (\(inModel($0)))" } ?? ""
      let isTold = report.modelMode != VPNServer.TunnelMode.unknown.rawValue
      out +=
        isTold
        ? "  the model says \(report.modelMode ?? "") tunnel\(place)\n"
        : "  the model does not tell whether the tunnel is full or split\n"
    }
    if report.mode == "split", report.modelMode == "split" {
      let known = report.routesAreKnown ? "" : " that are known"
      out += "  \(report.present) of \(report.pushed) pushed routes\(known) are in the table\n"
    }
    if report.mode == "full", report.modelMode == "full" {
      out += "  in full tunnel no route is pushed: the table does not tell what the server forwards\n"
    }
    if let sign = report.profileSign { out += "  \(sign.inWords)\n" }
    write("missing", report.missing, to: &out) { "\($0.name), not in the table" }
    write("refused", report.refused, to: &out) { "\($0.name), has bits after its prefix length" }
    write("refused", report.displaced, to: &out) { "\($0.name): the client has this destination itself, row \($0.row)" }
    write("left over", report.leftOver, to: &out) { item in
      "not pushed any more\(item.wider.map { ", and still forwarded by \($0)" } ?? "")"
    }
    write("unknown", report.unjudged, to: &out) { _ in "not among the routes that are known, which are not all" }
    write("lost", report.lost, to: &out, Self.loss)
    write("shadowed", report.shadowed, to: &out, Self.loss)
    if report.isLooped != false, let row = report.loopingRow {
      write("loop", [row], to: &out) { _ in
        report.isLooped == true ? "leads the tunnel's own packets astray" : "may lead the tunnel's own packets astray"
      }
    }
    for line in report.notUnderstood {
      out += "  not understood: \(SafeText.escaped("\(tableName):\(line.line): \(line.text)"))\n"
    }
    for sentence in report.advice {
      out += "  = help: \(style.wrapped(SafeText.escaped(sentence), indent: "          "))\n"
    }
    return out
  }

  private static func loss(_ item: ObservationReport.Item) -> String {
    switch item.fate {
    case .astray?:
      "\(item.name): its next hop lies in the client's own network\(item.rowDestination.map { " \($0)" } ?? ""), row \(item.row)"
    case .discarded?: "\(item.name): the client's own row discards it, \(item.row)"
    case .route?: "\(item.name): the client's own route takes it, row \(item.row)"
    case .lan?, nil: "\(item.name): the client's own network takes it, row \(item.row)"
    }
  }

  private func headline(_ report: ObservationReport) -> String {
    guard report.isConnected, let mode = report.mode, let interface = report.interface, let network = report.network
    else { return report.server.map { "not connected to VPN server `\($0)`" } ?? "not connected to any VPN server" }
    return "connected to VPN server `\(report.server ?? "")`: \(mode) tunnel on \(interface), tunnel network \(network)"
  }

  private func write(
    _ title: String, _ items: [ObservationReport.Item], to out: inout String,
    _ words: (ObservationReport.Item) -> String
  ) {
    for item in items.prefix(Self.mostItems) {
      let places = [item.span.map(inModel), item.line.map { "\(tableName):\($0)" }].compactMap(\.self)
      let place = places.isEmpty ? "" : " (\(places.joined(separator: ", ")))"
      let label = title + String(repeating: " ", count: max(0, 9 - title.count))
      let destination = item.destination.description
      let padding = String(repeating: " ", count: max(0, 18 - destination.count))
      out += "  \(style.paint(label, .yellow)) \(destination)\(padding) \(SafeText.escaped(words(item) + place))\n"
    }
    let hidden = items.count - Self.mostItems
    if hidden > 0 { out += "  \(title): and \(hidden) more, all in the JSON report\n" }
  }

  private static let mostItems = 20

  private func inModel(_ span: Span) -> String {
    let position = lines.position(span.start)
    return "\(position.file):\(position.line)"
  }

  // MARK: JSON

  private func json(_ report: ObservationReport) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.number("version", 1)
      writer.string("server", report.server)
      writer.bool("connected", report.isConnected)
      writer.string("mode", report.mode)
      write("missing", report.missing, to: &writer)
      write("left_over", report.leftOver, to: &writer)
      write("lost", report.lost + report.displaced + report.shadowed, to: &writer) { writer, item in
        writer.string("destination", item.destination.description)
        writer.string("to", item.rowDestination?.description)
        writer.string("row", item.row)
        writer.string("kind", item.fate?.rawValue)
        place(item, &writer)
      }
      writer.bool("looped", report.isLooped)
      writer.array("advice") { writer in report.advice.forEach { writer.string(nil, $0) } }
      writer.string("model_mode", report.modelMode)
      writer.string("interface", report.interface)
      writer.string("tunnel_network", report.network)
      write("refused", report.refused, to: &writer)
      write("places", report.missing + report.refused + report.leftOver, to: &writer) { writer, item in
        writer.string("destination", item.destination.description)
        place(item, &writer)
      }
      writer.string("profile", report.profileSign?.rawValue)
      writer.bool("routes_known", report.routesAreKnown)
      write("unknown", report.unjudged, to: &writer)
      write("not_understood", report.notUnderstood, to: &writer) { writer, line in
        writer.number("line", line.line)
        writer.string("text", line.text)
      }
    }
    return writer.text + "\n"
  }

  private func write(_ key: String, _ items: [ObservationReport.Item], to writer: inout JSONWriter) {
    writer.array(key, inline: true) { writer in
      for item in items { writer.string(nil, item.destination.description) }
    }
  }

  private func write<Item>(
    _ key: String, _ items: [Item], to writer: inout JSONWriter, _ body: (inout JSONWriter, Item) -> Void
  ) {
    writer.array(key) { writer in
      for item in items { writer.object(inline: true) { body(&$0, item) } }
    }
  }

  private func place(_ item: ObservationReport.Item, _ writer: inout JSONWriter) {
    writer.string("file", item.span.map { lines.position($0.start).file })
    writer.number("line", item.span.map { lines.position($0.start).line })
    writer.number("table_line", item.line)
  }
}

extension Observation.ProfileSign {
  /// What the rows show, in words.
  fileprivate var inWords: String {
    switch self {
    case .bypassesFullTunnel:
      "0.0.0.0/1 and 128.0.0.0/1 do not lead into the tunnel: the client has not taken full tunnel"
    case .takesEverything: "everything leads into the tunnel, though the server pushes single routes"
    case .dropsRoutes: "the client pool is not in the table: the client has not taken what the server pushes"
    }
  }
}
