import Forwarding
import Linting
import SourceText

/// A report for a change request: verdict, who reaches what, findings with packet and repair, clients' tables, and what
/// the verdicts leave out.
struct MarkdownReporter: WholeReporter {
  /// Rows of a matrix, and findings, that are shown at most; platforms cut a comment that is longer than they take.
  private static let mostRows = 100
  private static let mostFindings = 200

  func write(_ report: Report, to out: inout String) {
    out += "## \(Self.title(report))\n\n\(MarkdownText.prose(report.summary))\n"
    for failure in report.failures { out += "\n- not judged: \(MarkdownText.prose(failure))" }
    if !report.failures.isEmpty { out += "\n" }
    for file in report.files {
      for matrix in file.matrices { Self.write(matrix, of: file, isOnly: report.files.count == 1, to: &out) }
    }
    Self.writeFindings(report, to: &out)
    for file in report.files { for server in file.servers { Self.write(server, to: &out) } }
    if !report.notModelled.isEmpty {
      out += "\n### Not modelled\n\nThe verdicts take no account of \(Self.list(report.notModelled.map(\.name))).\n"
    }
  }

  private static func title(_ report: Report) -> String {
    if !report.failures.isEmpty { return "❌ vpnlint: not everything could be judged" }
    if report.models == 0, report.counts.isEmpty { return "vpnlint found no model" }
    let isClean = Severity.allCases.allSatisfy { report.counts[$0, default: 0] == 0 }
    if isClean { return "✅ vpnlint: no findings" }
    return report.isFailing ? "❌ vpnlint: not ready to deploy" : "⚠️ vpnlint: findings below the threshold"
  }

  // MARK: Matrix

  private static func write(_ matrix: ReachMatrix, of file: FileReport, isOnly: Bool, to out: inout String) {
    guard !matrix.rows.isEmpty else { return }
    let document = file.matrices.count > 1 ? ", document \(matrix.document + 1)" : ""
    let place = isOnly && document.isEmpty ? "" : " in \(MarkdownText.code(file.file.name))\(document)"
    out += "\n### What clients reach\(place)\n\n"
    let servers = matrix.servers.map { "\(MarkdownText.code($0.name, inTable: true)) (\($0.mode))" }
    out += "| subnet or network | addresses | \(servers.joined(separator: " | ")) |\n"
    out += "| --- | --- |\(String(repeating: " --- |", count: servers.count))\n"
    let (rows, leftOut) = matrix.folded(to: mostRows)
    for row in rows {
      let kind = row.isNetwork ? "network " : ""
      let cells = row.cells.map { words(for: $0) }
      out +=
        "| \(kind)\(MarkdownText.code(row.name, inTable: true)) | \(cidrs(row)) | \(cells.joined(separator: " | ")) |\n"
    }
    if leftOut > 0 { out += "\n\(leftOut) more rows are left out; those that are not as wanted come first.\n" }
  }

  private static func cidrs(_ row: ReachMatrix.Row) -> String {
    let shown = row.cidrs.prefix(3).joined(separator: ", ")
    return row.cidrs.count > 3 ? "\(shown) and \(row.cidrs.count - 3) more" : shown
  }

  private static func words(for cell: ReachMatrix.Cell) -> String {
    let outcome = cell.verdict == "reachable" ? "" : " (\(cell.outcome))"
    let wanted = cell.isAsWanted || cell.expect == "reachable" ? "" : ", wanted \(cell.expect)"
    let symbol = cell.verdict == "undetermined" ? "❔" : cell.isAsWanted ? "✅" : cell.verdict == "partly" ? "⚠️" : "❌"
    return "\(symbol) \(cell.verdict)\(outcome)\(wanted)"
  }

  // MARK: Findings

  private static func writeFindings(_ report: Report, to out: inout String) {
    var left = mostFindings
    var leftOut = 0
    var isFirst = true
    for file in report.files {
      let findings = file.findings.filter { $0.suppression == nil }
      leftOut += max(0, findings.count - left)
      guard !findings.isEmpty, left > 0 else { continue }
      if isFirst { out += "\n### Findings\n" }
      isFirst = false
      let lines = LineIndex(file.file)
      for finding in findings.prefix(left) { write(finding, lines, to: &out) }
      left -= min(left, findings.count)
    }
    if leftOut > 0 { out += "\n\(leftOut) more findings are left out.\n" }
    if report.suppressed > 0 {
      out += "\n\(report.suppressed) \(report.suppressed == 1 ? "finding is" : "findings are") suppressed.\n"
    }
  }

  private static func write(_ reported: ReportedFinding, _ lines: LineIndex, to out: inout String) {
    let finding = reported.finding
    let position = lines.position(finding.primary.span.start)
    let place = MarkdownText.code("\(position.file):\(position.line):\(position.column)")
    out += "\n#### \(finding.severity.symbol) \(finding.severity.rawValue): \(MarkdownText.prose(finding.message))\n\n"
    out += "\(place): \(MarkdownText.prose(finding.primary.text)) (\(MarkdownText.code(finding.code)), "
    out += "\(MarkdownText.code(finding.rule)))\n"
    for label in finding.labels.prefix(8) {
      out += "\n- \(MarkdownText.prose(lines.inWords(label.span.start))): \(MarkdownText.prose(label.text))"
    }
    if !finding.labels.isEmpty { out += "\n" }
    if let evidence = finding.evidence {
      out += "\n" + MarkdownText.block(journey(evidence, lines))
    }
    for note in finding.notes { out += "\n> \(MarkdownText.prose(note))\n" }
    if !finding.help.isEmpty { out += "\nWhat to do:\n" }
    for help in finding.help { out += "\n- \(MarkdownText.prose(help))" }
    if !finding.help.isEmpty { out += "\n" }
    if let fix = reported.fix {
      out += "\nFix: \(MarkdownText.prose(fix.title)), by \(MarkdownText.code(fix.safety.options)).\n"
    }
  }

  private static func journey(_ evidence: Evidence, _ lines: LineIndex) -> [String] {
    var text = ""
    var style = TextStyle()
    style.width = 96
    style.writeStages(evidence.steps, indent: "  ", to: &text) { lines.inWords($0.start) }
    return [evidence.packet.inWords] + text.split(separator: "\n").map(String.init)
  }

  // MARK: Client tables

  private static func write(_ server: ServerReport, to out: inout String) {
    if server.clientTablesAreLeftOut {
      out +=
        "\nThe routing tables of clients of \(MarkdownText.code(server.name)) are left out, as the server has more than a "
      out += "thousand routes; `vpnlint routes` prints them.\n"
    }
    for table in server.clientTables {
      out += "\n<details><summary>Routing table of a client of \(html(server.name))"
      out +=
        "\(table.site.map { " at \(html($0))" } ?? "") (\(server.mode) tunnel, \(table.table.system.rawValue))</summary>\n\n"
      let reporter = TableReporter()
      let rows = reporter.text(table, as: .text).split(separator: "\n", omittingEmptySubsequences: false).map(
        String.init)
      out += MarkdownText.block(rows.reversed().drop { $0.isEmpty }.reversed())
      for refusal in reporter.remarks(table) { out += "\n\(MarkdownText.prose(refusal))\n" }
      out += "\n</details>\n"
    }
  }

  private static func html(_ name: String) -> String { "<code>\(XMLText.escaped(name))</code>" }

  private static func list(_ names: [String]) -> String {
    names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }
}

extension Severity {
  /// A sign that goes with the word, never alone.
  fileprivate var symbol: String {
    switch self {
    case .error: "❌"
    case .warning: "⚠️"
    case .info: "ℹ️"
    }
  }
}
