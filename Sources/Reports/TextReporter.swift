import Linting
import SourceText

/// Findings for people: the fact, the source lines with carets, the packet and where it stops, notes and help.
struct TextReporter: Reporter {
  private let style: TextStyle

  init(_ style: TextStyle) { self.style = style }

  func write(_ report: Report, to out: inout String) {
    var isFirst = true
    for file in report.files {
      let findings = file.findings.filter { $0.suppression == nil }
      guard !findings.isEmpty else { continue }
      let lines = LineIndex(file.file)
      for reported in findings {
        if !isFirst { out += "\n" }
        isFirst = false
        write(reported.finding, file.file, lines, to: &out)
      }
    }
  }

  private func write(_ finding: Finding, _ file: SourceFile, _ lines: LineIndex, to out: inout String) {
    let position = lines.position(finding.primary.span.start)
    let rows = snippetRows(finding, file, lines)
    let gutter = String(rows.map(\.line).max() ?? position.line).count
    let margin = String(repeating: " ", count: gutter)
    let colour = colour(of: finding.severity)
    out += "\(paint("\(finding.severity.rawValue)[\(finding.code)]", colour)): \(paint(SafeText.escaped(finding.message), .bold))\n"
    out += "\(margin)--> \(SafeText.escaped(file.name)):\(position.line):\(position.column)\n"
    out += "\(margin) |\n"
    write(rows, gutter: gutter, colour: colour, to: &out)
    write(finding.evidence, margin: margin, lines, to: &out)
    for note in finding.notes { writeProse("note", note, margin: margin, to: &out) }
    for help in finding.help { writeProse("help", help, margin: margin, to: &out) }
    writeProse("rule", finding.rule, margin: margin, to: &out)
  }

  // MARK: Source lines

  private struct Row {
    let line: Int
    var text: String
    var marks: [(columns: Range<Int>, text: String, isPrimary: Bool)] = []
  }

  /// The lines with labels, in order; the labels of a line each in a row of their own.
  private func snippetRows(_ finding: Finding, _ file: SourceFile, _ lines: LineIndex) -> [Row] {
    let labels = [(finding.primary, true)] + finding.labels.prefix(Self.mostLabels).map { ($0, false) }
    let byLine = Dictionary(grouping: labels) { lines.position($0.0.span.start).line }
    return byLine.keys.sorted().map { line in
      let range = lines.bytesOfLine(line)
      let snippet = SourceSnippet(file, bytes: range)
      func clamped(_ span: Span) -> Range<Int> {
        let start = min(max(Int(span.start), range.lowerBound), range.upperBound)
        return start..<min(max(Int(span.end), start), range.upperBound)
      }
      let here = (byLine[line] ?? []).sorted { ($0.1 ? 0 : 1, $0.0.span) < ($1.1 ? 0 : 1, $1.0.span) }
      let window = snippet.window(around: clamped(here[0].0.span), width: max(20, style.width - 8))
      var row = Row(line: line, text: snippet.text(window))
      row.marks = here.map { label, isPrimary in
        (snippet.columns(of: clamped(label.span), in: window), label.text, isPrimary)
      }
      return row
    }
  }

  private static let mostLabels = 8

  private func write(_ rows: [Row], gutter: Int, colour: Colour, to out: inout String) {
    var previous: Int?
    for row in rows {
      if let previous, row.line > previous + 1 { out += "...\n" }
      previous = row.line
      let number = String(row.line)
      let padding = String(repeating: " ", count: gutter - number.count)
      out += "\(padding)\(number) | \(row.text)\n"
      for mark in row.marks {
        let spaces = String(repeating: " ", count: mark.columns.lowerBound)
        let line = String(repeating: mark.isPrimary ? "^" : "-", count: mark.columns.count)
        let words = mark.text.isEmpty ? "" : " " + SafeText.escaped(mark.text)
        let painted = paint(line + words, mark.isPrimary ? colour : .blue)
        out += "\(String(repeating: " ", count: gutter)) | \(spaces)\(painted)\n"
      }
    }
    out += "\(String(repeating: " ", count: gutter)) |\n"
  }

  // MARK: Packet

  private func write(_ evidence: Evidence?, margin: String, _ lines: LineIndex, to out: inout String) {
    guard let evidence else { return }
    let packet = evidence.packet
    let port = packet.port.map { ":\($0)" } ?? ""
    out += "\(margin) = packet: \(packet.transport) \(packet.source) -> \(packet.destination)\(port)\n"
    let width = evidence.steps.map(\.stage.count).max() ?? 0
    for step in evidence.steps {
      let result =
        switch step.result {
        case .pass: "ok  "
        case .stop: paint("STOP", .red)
        case .unknown: "?   "
        }
      let stage = step.stage + String(repeating: " ", count: width - step.stage.count)
      let place = step.span.map { " (line \(lines.position($0.start).line))" } ?? ""
      let indent = margin + String(repeating: " ", count: width + 12)
      let words = wrapped(SafeText.escaped(step.because) + place, indent: indent)
      out += "\(margin)     \(result) \(stage)  \(words)\n"
    }
  }

  // MARK: Prose

  private func writeProse(_ kind: String, _ text: String, margin: String, to out: inout String) {
    let indent = margin + String(repeating: " ", count: kind.count + 5)
    out += "\(margin) = \(kind): \(wrapped(SafeText.escaped(text), indent: indent))\n"
  }

  /// Breaks text between words so that lines with `indent` in front fit the width.
  private func wrapped(_ text: String, indent: String) -> String {
    let room = max(30, min(style.width, 100) - indent.count)
    var lines: [String] = []
    var line = ""
    var width = 0
    for word in text.split(separator: " ") {
      let length = word.unicodeScalars.reduce(0) { $0 + SafeText.width($1) }
      if !line.isEmpty, width + 1 + length > room {
        lines.append(line)
        line = ""
        width = 0
      }
      line += (line.isEmpty ? "" : " ") + word
      width += (width == 0 ? 0 : 1) + length
    }
    lines.append(line)
    return lines.joined(separator: "\n" + indent)
  }

  // MARK: Colour

  private enum Colour: String {
    case bold = "1"
    case red = "1;31"
    case yellow = "1;33"
    case cyan = "1;36"
    case blue = "34"
  }

  private func colour(of severity: Severity) -> Colour {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .info: .cyan
    }
  }

  private func paint(_ text: String, _ colour: Colour) -> String {
    style.usesColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }
}
