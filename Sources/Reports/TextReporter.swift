import Linting
import SourceText

/// Findings for people: the fact, the source lines with carets, the packet and where it stops, notes and help.
struct TextReporter: FlowingReporter {
  private let style: TextStyle

  init(_ style: TextStyle) { self.style = style }

  let separator = "\n"

  func part(_ file: FileReport) -> String {
    let findings = file.findings.filter { $0.suppression == nil }
    var out = ""
    guard !findings.isEmpty else { return out }
    let lines = LineIndex(file.file)
    for reported in findings {
      if !out.isEmpty { out += separator }
      write(reported, file.file, lines, to: &out)
    }
    return out
  }

  private func write(_ reported: ReportedFinding, _ file: SourceFile, _ lines: LineIndex, to out: inout String) {
    let finding = reported.finding
    let position = lines.position(finding.primary.span.start)
    let labels = [finding.primary] + finding.labels.prefix(Self.mostLabels)
    let gutter = String(labels.map { lines.position($0.span.start).line }.max() ?? position.line).count
    let path = reported.jsonPath.map { ", \(SafeText.escaped($0))" } ?? ""
    let margin = String(repeating: " ", count: gutter)
    let colour = colour(of: finding.severity)
    out += style.paint("\(finding.severity.rawValue)[\(finding.code)]", colour)
    out += ": \(style.paint(SafeText.escaped(finding.message), .bold))\n"
    out += "\(margin)--> \(SafeText.escaped(position.file)):\(position.line):\(position.column)\(path)\n"
    out += "\(margin) |\n"
    write(
      snippetRows(labels, file, lines, width: max(20, style.width - gutter - 3)), after: position.file,
      margin: margin, colour: colour, to: &out)
    let hidden = finding.labels.count - (labels.count - 1)
    if hidden > 0 { out += "\(margin) = and \(hidden) more place\(hidden == 1 ? "" : "s"), all in the JSON report\n" }
    write(finding.evidence, margin: margin, lines, to: &out)
    for note in finding.notes { writeProse("note", note, margin: margin, to: &out) }
    for help in finding.help { writeProse("help", help, margin: margin, to: &out) }
    if let fix = reported.fix { writeProse("fix", "\(fix.title) (\(fix.safety.options))", margin: margin, to: &out) }
    writeProse("rule", finding.rule, margin: margin, to: &out)
  }

  // MARK: Source lines

  private struct Row {
    /// Number of the line, through all joined files.
    let row: Int
    let position: Position
    let text: String
    var marks: [(columns: Range<Int>, text: String, isPrimary: Bool)] = []
  }

  private static let mostLabels = 8

  /// The lines with labels, in order, the first label being the primary one. Labels too far apart to fit one row of
  /// the screen repeat the line.
  private func snippetRows(_ labels: [Label], _ file: SourceFile, _ lines: LineIndex, width: Int) -> [Row] {
    let numbered = labels.enumerated().map { (label: $1, isPrimary: $0 == 0) }
    let byLine = Dictionary(grouping: numbered) { lines.row($0.label.span.start) }
    return byLine.sorted { $0.key < $1.key }.flatMap { row, labels in
      let range = lines.bytesOfLine(row)
      func clamped(_ span: Span) -> Range<Int> {
        let start = min(max(Int(span.start), range.lowerBound), range.upperBound)
        return start..<min(max(Int(span.end), start), range.upperBound)
      }
      var rest = labels.sorted { ($0.isPrimary ? 0 : 1, $0.label.span) < ($1.isPrimary ? 0 : 1, $1.label.span) }
      var rows: [Row] = []
      while let first = rest.first {
        let snippet = SourceSnippet(file, line: range, focus: clamped(first.label.span), width: width)
        let shown = [first] + rest.dropFirst().filter { snippet.shows(clamped($0.label.span)) }
        rest = rest.dropFirst().filter { !snippet.shows(clamped($0.label.span)) }
        let marks = shown.map { (snippet.columns(of: clamped($0.label.span)), $0.label.text, $0.isPrimary) }
        rows.append(
          Row(row: row, position: lines.position(first.label.span.start), text: snippet.text, marks: marks))
      }
      return rows
    }
  }

  /// `file` is the name that stands above the rows; rows from another file begin with its name.
  private func write(_ rows: [Row], after file: String, margin: String, colour: TextStyle.Colour, to out: inout String)
  {
    var (previous, file) = (Int?.none, file)
    for row in rows {
      if file != row.position.file {
        out += "\(margin)::: \(SafeText.escaped(row.position.file))\n"
      } else if let previous, row.row > previous + 1 {
        out += "...\n"
      }
      (previous, file) = (row.row, row.position.file)
      let number = String(row.position.line)
      let padding = String(repeating: " ", count: margin.count - number.count)
      out += "\(padding)\(number) |\(row.text.isEmpty ? "" : " \(row.text)")\n"
      for mark in row.marks { write(mark, margin: margin, colour: mark.isPrimary ? colour : .blue, to: &out) }
    }
    out += "\(margin) |\n"
  }

  /// The line below a place and its words: beside it if there is room, else below it.
  private func write(
    _ mark: (columns: Range<Int>, text: String, isPrimary: Bool), margin: String, colour: TextStyle.Colour,
    to out: inout String
  ) {
    let line = String(repeating: mark.isPrimary ? "^" : "-", count: mark.columns.count)
    let text = SafeText.escaped(mark.text)
    let lead = String(repeating: " ", count: mark.columns.lowerBound)
    let width = max(20, style.width - margin.count - 3)
    let room = width - mark.columns.upperBound - 1
    var rows: [(indent: String, text: String)]
    if text.isEmpty {
      rows = [(lead, line)]
    } else if TextStyle.width(text) <= room || room >= TextStyle.narrowest {
      let indent = String(repeating: " ", count: mark.columns.upperBound + 1)
      rows = TextStyle.lines(text, room: room).map { (indent, $0) }
      rows[0] = (lead, "\(line) \(rows[0].text)")
    } else {
      let words = TextStyle.lines(text, room: min(width, 2 * TextStyle.narrowest))
      let first = max(0, min(mark.columns.lowerBound, width - (words.map { TextStyle.width($0) }.max() ?? 0)))
      rows = [(lead, line)] + words.map { (String(repeating: " ", count: first), $0) }
    }
    for row in rows { out += "\(margin) | \(row.indent)\(style.paint(row.text, colour))\n" }
  }

  // MARK: Packet

  private func write(_ evidence: Evidence?, margin: String, _ lines: LineIndex, to out: inout String) {
    guard let evidence else { return }
    let packet = evidence.packet
    let port = packet.port.map { ":\($0)" } ?? ""
    out += "\(margin) = packet: \(packet.transport) \(packet.source) -> \(packet.destination)\(port)\n"
    style.writeStages(evidence.steps, indent: "\(margin)     ", to: &out) { SafeText.escaped(lines.inWords($0.start)) }
  }

  // MARK: Prose

  private func writeProse(_ kind: String, _ text: String, margin: String, to out: inout String) {
    let indent = margin + String(repeating: " ", count: kind.count + 5)
    out += "\(margin) = \(kind): \(style.wrapped(SafeText.escaped(text), indent: indent))\n"
  }

  // MARK: Colour

  private func colour(of severity: Severity) -> TextStyle.Colour {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .info: .cyan
    }
  }
}

extension Fix.Safety {
  /// The options of `lint` that apply such a fix.
  var options: String {
    switch self {
    case .keepsReachability: "--fix"
    case .changesReachability: "--unsafe-fixes"
    }
  }
}
