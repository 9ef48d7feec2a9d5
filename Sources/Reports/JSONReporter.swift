import IPv4Space
import Linting
import SourceText

/// The whole report for programs: version 1, fields in a fixed order (README, "JSON").
struct JSONReporter: Reporter {
  /// What stands in the two lists of the report.
  struct Part {
    let findings, servers: JSONFragment
  }

  func part(_ file: FileReport) -> Part {
    let findings = JSONFragment(depth: 2) { writer in
      guard !file.findings.isEmpty else { return }
      let places = Places(lines: LineIndex(file.file))
      for finding in file.findings { Self.write(finding, places, to: &writer) }
    }
    let servers = JSONFragment(depth: 2) { writer in
      for server in file.servers { Self.write(server, file.file.name(at: server.place.start), to: &writer) }
    }
    return Part(findings: findings, servers: servers)
  }

  func write(_ parts: [Part], _ totals: Totals, to out: inout String) {
    var writer = JSONWriter(of: parts.lazy.flatMap { [$0.findings, $0.servers] })
    writer.object { writer in
      writer.number("version", 1)
      writer.object("tool", inline: true) {
        $0.string("name", "vpnlint")
        $0.string("version", totals.toolVersion)
      }
      writer.array("findings") { writer in parts.forEach { writer.fragment($0.findings) } }
      writer.array("servers") { writer in parts.forEach { writer.fragment($0.servers) } }
      writer.array("not_modelled", inline: true) { writer in
        for part in totals.notModelled { writer.string(nil, part.name) }
      }
      // Left out where everything was read, which is nearly always.
      if !totals.failures.isEmpty {
        writer.array("failures") { writer in for failure in totals.failures { writer.string(nil, failure) } }
      }
      writer.object("summary", inline: true) { writer in
        writer.number("files", totals.models)
        writer.number("passed_over", totals.passedOver)
        for severity in Severity.allCases.reversed() {
          writer.number(severity.rawValue, totals.counts[severity, default: 0])
        }
        writer.number("suppressed", totals.suppressed)
      }
    }
    writer.finish(into: &out)
  }

  /// Turns spans into what the report says of places.
  private struct Places {
    let lines: LineIndex

    func name(_ span: Span) -> String { lines.position(span.start).file }

    func write(_ span: Span, to writer: inout JSONWriter) {
      write("start", span.start, to: &writer)
      write("end", span.end, to: &writer)
    }

    private func write(_ key: String, _ offset: UInt32, to writer: inout JSONWriter) {
      let position = lines.position(offset)
      writer.object(key, inline: true) {
        $0.number("line", position.line)
        $0.number("column", position.column)
        $0.number("offset", position.offset)
      }
    }
  }

  private static func write(_ reported: ReportedFinding, _ places: Places, to writer: inout JSONWriter) {
    let finding = reported.finding
    writer.object { writer in
      writer.string("code", finding.code)
      writer.string("rule", finding.rule)
      writer.string("severity", finding.severity.rawValue)
      writer.string("message", finding.message)
      writer.string("file", places.name(finding.primary.span))
      writer.number("document", reported.document)
      if let path = reported.jsonPath { writer.string("json_path", path) }
      places.write(finding.primary.span, to: &writer)
      writer.string("subject", finding.cause.subject)
      writer.array("labels") { writer in
        for label in [finding.primary] + finding.labels {
          writer.object(inline: true) { writer in
            writer.string("file", places.name(label.span))
            places.write(label.span, to: &writer)
            writer.string("text", label.text)
          }
        }
      }
      writer.array("notes") { writer in finding.notes.forEach { writer.string(nil, $0) } }
      writer.array("help") { writer in finding.help.forEach { writer.string(nil, $0) } }
      write(reported.fix, places, to: &writer)
      write(finding.evidence, places, to: &writer)
      writer.string("fingerprint", reported.fingerprint.description)
      write(reported.suppression, to: &writer)
    }
  }

  private static func write(_ fix: Fix?, _ places: Places, to writer: inout JSONWriter) {
    guard let fix else { return writer.null("fix") }
    writer.object("fix") { writer in
      writer.string("title", fix.title)
      writer.string("safety", fix.safety.rawValue)
      writer.array("edits") { writer in
        for edit in fix.edits {
          writer.object(inline: true) { writer in
            places.write(edit.span, to: &writer)
            writer.string("text", edit.text)
          }
        }
      }
    }
  }

  private static func write(_ evidence: Evidence?, _ places: Places, to writer: inout JSONWriter) {
    guard let evidence else { return writer.null("evidence") }
    writer.object("evidence") { writer in
      writer.object("packet", inline: true) {
        $0.string("source", evidence.packet.source)
        $0.string("destination", evidence.packet.destination)
        $0.string("protocol", evidence.packet.transport)
        $0.number("port", evidence.packet.port)
      }
      writer.array("stages") { writer in
        for step in evidence.steps {
          writer.object(inline: true) { writer in
            writer.string("stage", step.stage)
            writer.string("result", step.result.rawValue)
            writer.string("because", step.because)
            writer.string("file", step.span.map(places.name))
            writer.number("line", step.span.map { places.lines.position($0.start).line })
          }
        }
      }
    }
  }

  private static func write(_ suppression: Suppression?, to writer: inout JSONWriter) {
    guard let suppression else { return writer.null("suppression") }
    writer.object("suppression", inline: true) {
      $0.string("kind", suppression.kind.rawValue)
      $0.string("reason", suppression.reason)
      $0.string("until", suppression.until?.description)
    }
  }

  private static func write(_ server: ServerReport, _ file: String, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.string("file", file)
      writer.number("document", server.document)
      writer.string("name", server.name)
      writer.string("mode", server.mode)
      write(server.reach, to: &writer)
      writer.array("services") { writer in
        for row in server.services {
          writer.object(inline: true) { writer in
            writer.string("workload", row.workload)
            writer.string("service", row.service)
            writer.string("verdict", row.verdict)
            writer.string("outcome", row.outcome)
            write(row.members, to: &writer)
          }
        }
      }
      writer.array("expectations") { writer in
        for row in server.expectations {
          writer.object(inline: true) { writer in
            writer.string("to", row.to)
            writer.string("expect", row.expect)
            writer.string("verdict", row.verdict)
            writer.string("outcome", row.outcome)
            writer.bool("holds", row.holds)
            writer.string("protocol", row.transport)
            writer.number("port", row.port)
            writer.string("from", row.from)
          }
        }
      }
      writer.array("sites") { writer in
        for site in server.sites {
          writer.object { writer in
            writer.string("name", site.name)
            write(site.reach, to: &writer)
          }
        }
      }
    }
  }

  private static func write(_ reach: Reach, to writer: inout JSONWriter) {
    writer.array("subnets") { writer in
      reach.forEachSubnet { row in
        writer.object(inline: true) { writer in
          writer.string("name", row.name)
          writer.string("cidr", row.cidrs.first)
          write(row, to: &writer)
        }
      }
    }
    writer.array("networks") { writer in
      reach.forEachNetwork { row in
        writer.object(inline: true) { writer in
          writer.string("name", row.name)
          writer.array("cidrs") { writer in row.cidrs.forEach { writer.string(nil, $0) } }
          write(row, to: &writer)
        }
      }
    }
  }

  private static func write(_ row: Reach.Row, to writer: inout JSONWriter) {
    writer.string("expect", row.expect)
    writer.string("verdict", row.verdict)
    writer.string("outcome", row.outcome)
    writer.array("uncovered") { writer in
      for uncovered in row.uncovered {
        writer.object {
          $0.string("first", uncovered.range.first.description)
          $0.string("last", uncovered.range.last.description)
          $0.number("count", uncovered.range.count)
          $0.string("outcome", uncovered.outcome)
        }
      }
    }
    // Left out where nothing is, which is always in models of a real size.
    if row.isTruncated { writer.bool("uncovered_truncated", true) }
    if let flows = row.flows {
      writer.array("flows") { writer in flows.forEach { writer.string(nil, $0) } }
      if row.hasMoreFlows { writer.bool("flows_truncated", true) }
    }
    write(row.members, to: &writer)
  }

  /// Members of a server; left out where they do not differ.
  private static func write(_ members: [ServerReport.MemberRow], to writer: inout JSONWriter) {
    guard !members.isEmpty else { return }
    writer.array("members") { writer in
      for member in members {
        writer.object {
          $0.string("subnet", member.subnet)
          $0.string("verdict", member.verdict)
          $0.string("outcome", member.outcome)
        }
      }
    }
  }
}
