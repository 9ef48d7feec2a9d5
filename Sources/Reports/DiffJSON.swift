import ClientVPN
import Forwarding
import IPv4Space
import Linting
import SourceText

/// A comparison for programs: version 1, fields in a fixed order (README, "Comparing two models").
struct DiffJSON {
  private let report: DiffReport
  private let places: DiffPlaces

  init(_ report: DiffReport) {
    self.report = report
    places = DiffPlaces(report)
  }

  var text: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.number("version", 1)
      writer.array("changes") { writer in
        for edit in report.changes { writer.object { write(edit, to: &$0) } }
      }
      write("widened", report.widened, to: &writer)
      write("narrowed", report.narrowed, to: &writer)
      writer.string("sessions", report.sessions.rawValue)
      writer.string("reachability", report.reachability.rawValue)
      writer.array("verdict") { writer in report.verdict.forEach { writer.string(nil, $0) } }
      writer.array("servers") { writer in
        for server in report.servers { writer.object { write(server, to: &$0) } }
      }
      writer.array("modelled_once") { writer in
        for (part, isInNew) in report.modelledOnce {
          writer.object(inline: true) {
            $0.string("part", part)
            $0.string("file", places.file(inNew: isInNew))
          }
        }
      }
      writer.array("not_compared") { writer in report.notCompared.forEach { writer.string(nil, $0) } }
    }
    return writer.text + "\n"
  }

  private func write(_ key: String, _ addresses: IPv4Set, to writer: inout JSONWriter) {
    writer.array(key, inline: true) { writer in
      for prefix in addresses.prefixes { writer.string(nil, prefix.description) }
    }
  }

  private func write(_ edit: DiffReport.Edit, to writer: inout JSONWriter) {
    writer.string("subject", edit.subject)
    writer.string("kind", edit.kind)
    writer.string("reachability", edit.reachability.rawValue)
    writer.string("sessions", edit.sessions.rawValue)
    writer.string("because", edit.because)
    writer.string("title", edit.title)
    write("before", edit.before, inNew: false, to: &writer)
    write("after", edit.after, inNew: true, to: &writer)
  }

  private func write(_ key: String, _ value: Change.Value?, inNew: Bool, to writer: inout JSONWriter) {
    guard let value else { return writer.null(key) }
    writer.object(key, inline: true) { writer in
      writer.string("value", value.text)
      writer.string("file", places.file(inNew: inNew))
      writer.number("line", places.line(value, inNew: inNew))
    }
  }

  // MARK: Servers

  private func write(_ server: ServerDiff, to writer: inout JSONWriter) {
    writer.string("name", server.name)
    writer.object("mode", inline: true) {
      $0.string("before", server.modes.before)
      $0.string("after", server.modes.after)
    }
    writer.string("reachability", server.change.rawValue)
    writer.string("tunnel", server.tunnel == .unchanged ? "unchanged" : server.tunnel.widens ? "opened" : "closed")
    writer.array("places") { writer in
      for place in server.places { writer.object { write(place, to: &$0) } }
    }
  }

  private func write(_ place: ServerDiff.Place, to writer: inout JSONWriter) {
    writer.string("site", place.site)
    writer.string("reachability", place.change.rawValue)
    writer.array("ranges") { writer in
      for row in place.rows { writer.object { write(row, to: &$0) } }
    }
    write("subnets", place.subnets, to: &writer)
    write("networks", place.networks, to: &writer)
    write("services", place.services, to: &writer)
  }

  private func write(_ row: ServerDiff.Row, to writer: inout JSONWriter) {
    writer.string("what", row.what)
    writer.string("kind", row.kind.rawValue)
    writer.string("before", row.before?.rawValue)
    writer.string("after", row.after?.rawValue)
    writer.string("flows", row.flows)
    writer.array("ranges") { writer in
      for range in row.addresses.ranges {
        writer.object(inline: true) {
          $0.string("first", range.first.description)
          $0.string("last", range.last.description)
          $0.number("count", range.count)
        }
      }
    }
  }

  private func write(_ key: String, _ items: [ServerDiff.Item], to writer: inout JSONWriter) {
    writer.array(key) { writer in
      for item in items {
        writer.object(inline: true) { writer in
          writer.string(item.service == nil ? "name" : "workload", item.name)
          if let service = item.service { writer.string("service", service) }
          writer.string("reachability", item.change.rawValue)
          write("before", item.before, to: &writer)
          write("after", item.after, to: &writer)
        }
      }
    }
  }

  private func write(_ key: String, _ judgement: VerdictShift.Judgement?, to writer: inout JSONWriter) {
    guard let judgement else { return writer.null(key) }
    writer.object(key) {
      $0.string("verdict", judgement.verdict.rawValue)
      $0.string("outcome", judgement.outcome.rawValue)
    }
  }
}
