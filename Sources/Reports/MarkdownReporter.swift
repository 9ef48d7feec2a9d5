import Forwarding
import Linting
import SourceText

/// A report for a change request: verdict, who reaches what, findings with packet and repair, clients' tables, and what
/// the verdicts leave out.
struct MarkdownReporter: Reporter {
  /// Rows of a matrix, and findings, that are shown at most; platforms cut a comment that is longer than they take.
  private static let mostRows = 100
  private static let mostFindings = 200

  /// What is said of one file.
  struct Part {
    /// What clients reach: each document that has servers.
    let matrices: [Matrix]
    /// The first findings that count, and how many there are.
    let findings: [String]
    let findingCount: Int
    /// The routing tables of clients.
    var tables = ""
  }

  /// What clients reach of the network of one document.
  struct Matrix {
    /// The file and the document, of which the report may have but one.
    let file, document: String
    let rows: String
  }

  func part(_ file: FileReport) -> Part {
    let matrices = file.matrices
    let findings = file.findings.filter { $0.suppression == nil }
    var part = Part(
      matrices: matrices.filter { !$0.rows.isEmpty }.map { matrix in
        Matrix(
          file: MarkdownText.code(file.file.name),
          document: matrices.count > 1 ? ", document \(matrix.document + 1)" : "", rows: Self.rows(matrix))
      },
      findings: Self.texts(findings.prefix(Self.mostFindings), file.file), findingCount: findings.count)
    for server in file.servers { Self.write(server, to: &part.tables) }
    return part
  }

  func write(_ parts: [Part], _ totals: Totals, to out: inout String) {
    out += "## \(Self.title(totals))\n\n\(MarkdownText.prose(totals.summary))\n"
    for failure in totals.failures { out += "\n- not judged: \(MarkdownText.prose(failure))" }
    if !totals.failures.isEmpty { out += "\n" }
    for matrix in parts.flatMap(\.matrices) {
      let place = parts.count == 1 && matrix.document.isEmpty ? "" : " in \(matrix.file)\(matrix.document)"
      out += "\n### What clients reach\(place)\n\n\(matrix.rows)"
    }
    Self.writeFindings(parts, totals, to: &out)
    for part in parts { out += part.tables }
    if !totals.notModelled.isEmpty {
      out += "\n### Not modelled\n\nThe verdicts take no account of \(Self.list(totals.notModelled.map(\.name))).\n"
    }
  }

  private static func title(_ totals: Totals) -> String {
    if !totals.failures.isEmpty { return "❌ vpnlint: not everything could be judged" }
    if totals.models == 0, totals.counts.isEmpty { return "vpnlint found no model" }
    let isClean = Severity.allCases.allSatisfy { totals.counts[$0, default: 0] == 0 }
    if isClean { return "✅ vpnlint: no findings" }
    return totals.isFailing ? "❌ vpnlint: not ready to deploy" : "⚠️ vpnlint: findings below the threshold"
  }

  // MARK: Matrix

  private static func rows(_ matrix: ReachMatrix) -> String {
    var out = ""
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
    return out
  }

  private static func cidrs(_ row: ReachMatrix.Row) -> String {
    let shown = row.cidrs.prefix(3).joined(separator: ", ")
    return row.cidrs.count > 3 ? "\(shown) and \(row.cidrs.count - 3) more" : shown
  }

  private static func words(for cell: ReachMatrix.Cell) -> String {
    let outcome = cell.verdict == "reachable" ? "" : " (\(cell.outcome))"
    let isToldByMark = cell.expect == "reachable" || cell.isAsWanted && cell.expect != "any"
    let wanted = isToldByMark ? "" : ", wanted \(cell.expect)"
    return "\(symbol(for: cell)) \(cell.verdict)\(outcome)\(wanted)"
  }

  private static func symbol(for cell: ReachMatrix.Cell) -> String {
    if cell.expect == "any" { return "➖" }
    if cell.verdict == "undetermined" { return "❔" }
    return cell.isAsWanted ? "✅" : cell.verdict == "partly" ? "⚠️" : "❌"
  }

  // MARK: Findings

  private static func texts(_ findings: ArraySlice<ReportedFinding>, _ file: SourceFile) -> [String] {
    if findings.isEmpty { return [] }
    let lines = LineIndex(file)
    return findings.map { finding in
      var text = ""
      write(finding, lines, to: &text)
      return text
    }
  }

  private static func writeFindings(_ parts: [Part], _ totals: Totals, to out: inout String) {
    let shown = parts.flatMap(\.findings).prefix(mostFindings)
    if !shown.isEmpty { out += "\n### Findings\n" }
    out += shown.joined()
    let leftOut = parts.reduce(0) { $0 + $1.findingCount } - shown.count
    if leftOut > 0 { out += "\n\(leftOut) more findings are left out.\n" }
    if totals.suppressed > 0 {
      out += "\n\(totals.suppressed) \(totals.suppressed == 1 ? "finding is" : "findings are") suppressed.\n"
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
