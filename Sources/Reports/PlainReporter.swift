import Linting
import SourceText

/// Full sentences without drawings, for screen readers and for mail.
struct PlainReporter: Reporter {
  private static let width = 76

  /// What is said of a finding: a sentence that is numbered through all files, and what follows it.
  struct Passage {
    let sentence: String
    var rest = ""
  }

  func part(_ file: FileReport) -> [Passage] {
    let findings = file.findings.filter { $0.suppression == nil }
    if findings.isEmpty { return [] }
    let lines = LineIndex(file.file)
    return findings.map { passage($0, lines) }
  }

  func write(_ parts: [[Passage]], _ totals: Totals, to out: inout String) {
    out += Self.paragraph("vpnlint: \(totals.summary).")
    for failure in totals.failures { out += Self.paragraph("Not judged: \(failure).") }
    for (index, passage) in parts.joined().enumerated() {
      out += "\n" + Self.paragraph("\(index + 1). \(passage.sentence)") + passage.rest
    }
  }

  private func passage(_ reported: ReportedFinding, _ lines: LineIndex) -> Passage {
    let finding = reported.finding
    let position = lines.position(finding.primary.span.start)
    let severity = finding.severity.rawValue
    var passage = Passage(
      sentence:
        "\(severity.prefix(1).uppercased())\(severity.dropFirst()) in \(position.file), line \(position.line), column "
        + "\(position.column): \(finding.oneLine).")
    writeRest(of: reported, lines, to: &passage.rest)
    return passage
  }

  private func writeRest(of reported: ReportedFinding, _ lines: LineIndex, to out: inout String) {
    let finding = reported.finding
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
