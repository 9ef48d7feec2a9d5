import Linting
import SourceText

/// Full sentences without drawings, for screen readers and for mail.
struct PlainReporter: Reporter {
  private static let width = 76

  func write(_ report: Report, to out: inout String) {
    out += Self.paragraph("vpnlint: \(report.summary).")
    for failure in report.failures { out += Self.paragraph("Not judged: \(failure).") }
    var number = 0
    for file in report.files {
      let findings = file.findings.filter { $0.suppression == nil }
      if findings.isEmpty { continue }
      let lines = LineIndex(file.file)
      for finding in findings {
        number += 1
        out += "\n"
        write(finding, number, lines, to: &out)
      }
    }
  }

  private func write(_ reported: ReportedFinding, _ number: Int, _ lines: LineIndex, to out: inout String) {
    let finding = reported.finding
    let position = lines.position(finding.primary.span.start)
    let severity = finding.severity.rawValue
    out += Self.paragraph(
      "\(number). \(severity.prefix(1).uppercased())\(severity.dropFirst()) in \(position.file), line \(position.line), column "
        + "\(position.column): \(finding.oneLine).")
    for label in finding.labels {
      out += Self.item("See \(lines.inWords(label.span.start)): \(label.text).")
    }
    if let evidence = finding.evidence { write(evidence, lines, to: &out) }
    for note in finding.notes { out += Self.item("Note: \(note).") }
    for help in finding.help { out += Self.item("What to do: \(help).") }
    if let fix = reported.fix { out += Self.item("Fix: \(fix.title), by the options \(fix.safety.options).") }
    out += Self.item("Rule \(finding.code), \(finding.rule).")
  }

  private func write(_ evidence: Evidence, _ lines: LineIndex, to out: inout String) {
    let packet = evidence.packet
    let port = packet.port.map { ", port \($0)" } ?? ""
    out += Self.item(
      "An example: a packet from \(packet.source) to \(packet.destination)\(port), \(packet.transport.uppercased()).")
    for step in evidence.steps {
      let result =
        switch step.result {
        case .pass: "passes"
        case .stop: "is stopped at"
        case .unknown: "may pass"
        }
      let line = step.span.map { " (\(lines.inWords($0.start)))" } ?? ""
      out += Self.item("It \(result) the stage \(step.stage): \(step.because)\(line).", indent: "     ")
    }
  }

  private static func paragraph(_ text: String) -> String {
    TextStyle.lines(SafeText.escaped(text), room: width).map { $0 + "\n" }.joined()
  }

  private static func item(_ text: String, indent: String = "   ") -> String {
    TextStyle.lines(SafeText.escaped(text), room: width - indent.count).map { "\(indent)\($0)\n" }.joined()
  }
}
