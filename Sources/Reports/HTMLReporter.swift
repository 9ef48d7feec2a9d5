import Forwarding
import LintRules
import Linting
import SourceText

/// A page that stands by itself, for people who decide and people who mend: the verdict, a picture of the network, who
/// reaches what, every finding with its packet, and what clients' tables will look like. No scripts, nothing from
/// elsewhere; well formed as XML too.
struct HTMLReporter: WholeReporter {
  /// How much a page holds; what is more is counted. A browser gets slow beyond.
  enum Most {
    static let pictures = 24
    /// Rows of a matrix that are seen at once; those beyond are folded.
    static let openRows = 40
    static let rows = 400
    static let findings = 500
    static let tables = 60
    static let tableLines = 400
  }

  func write(_ report: Report, to out: inout String) {
    let verdict = PageVerdict(report)
    out += """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
      <link rel="icon" href="data:,"/>
      <title>\(verdict.title): vpnlint report</title>
      <style>
      \(HTMLStyle.sheet)
      </style>
      </head>
      <body>
      <a class="skip" href="#content">Skip to the report</a>

      """
    writeHead(report, verdict, to: &out)
    out += "<main id=\"content\">\n"
    writeReach(report, to: &out)
    HTMLFindings(report).write(to: &out)
    writeTables(report, to: &out)
    writeNotModelled(report, to: &out)
    writeRules(report, to: &out)
    out += "</main>\n<footer>\n<p>Written by vpnlint \(XMLText.escaped(report.toolVersion)).</p>\n</footer>\n"
    out += "</body>\n</html>\n"
  }

  // MARK: Head

  private func writeHead(_ report: Report, _ verdict: PageVerdict, to out: inout String) {
    out += "<header class=\"page \(verdict.tone.rawValue)\">\n"
    out += "<p class=\"kicker\">vpnlint report\(Self.subject(report))</p>\n"
    out += "<h1>\(HTMLText.sign(verdict.sign, verdict.tone)) \(verdict.title)</h1>\n"
    out += "<p>\(HTMLText.sentence(report.summary))</p>\n"
    for failure in report.failures { out += "<p>Not judged: \(HTMLText.sentence(failure))</p>\n" }
    writeNumbers(report, to: &out)
    out += "</header>\n"
    writeContents(report, to: &out)
  }

  private static func subject(_ report: Report) -> String {
    let models = report.files.filter { $0.role == .model }
    return models.count == 1 ? " on <code>\(XMLText.escaped(models[0].file.name))</code>" : ""
  }

  private func writeNumbers(_ report: Report, to out: inout String) {
    let cells = report.files.flatMap(\.matrices).flatMap(\.rows).flatMap(\.cells)
    var numbers = Severity.allCases.reversed().map { severity in
      (severity == .info ? "info" : "\(severity.rawValue)s", "\(report.counts[severity, default: 0])")
    }
    if report.suppressed > 0 { numbers.append(("suppressed", "\(report.suppressed)")) }
    if !cells.isEmpty {
      numbers.append(("subnets and networks as wanted", "\(cells.count(where: \.isAsWanted)) of \(cells.count)"))
    }
    out += "<dl class=\"numbers\">\n"
    for (name, number) in numbers { out += "<div><dt>\(name)</dt><dd>\(number)</dd></div>\n" }
    out += "</dl>\n"
  }

  private func writeContents(_ report: Report, to out: inout String) {
    var entries: [(String, String)] = []
    if report.files.contains(where: { !$0.servers.isEmpty }) { entries.append(("reach", "What clients reach")) }
    if report.files.contains(where: { !$0.findings.isEmpty }) { entries.append(("findings", "Findings")) }
    if report.files.contains(where: { !$0.servers.isEmpty }) { entries.append(("tables", "Clients' routing tables")) }
    if !report.notModelled.isEmpty { entries.append(("not-modelled", "Not modelled")) }
    if report.files.contains(where: { !$0.findings.isEmpty }) { entries.append(("rules", "Rules")) }
    guard !entries.isEmpty else { return }
    out += "<nav aria-label=\"Contents\">\n<ul>\n"
    for (id, title) in entries { out += "<li><a href=\"#\(id)\">\(title)</a></li>\n" }
    out += "</ul>\n</nav>\n"
  }

  // MARK: Reach

  private func writeReach(_ report: Report, to out: inout String) {
    let models = report.files.filter { !$0.servers.isEmpty }
    guard !models.isEmpty else { return }
    out += "<section id=\"reach\" aria-labelledby=\"reach-title\">\n<h2 id=\"reach-title\">What clients reach</h2>\n"
    var reach = HTMLReach(isOnlyOne: models.count == 1 && models[0].documentsWithServers == 1)
    for file in models { reach.write(file, to: &out) }
    if reach.picturesLeftOut > 0 {
      out += "<p>\(HTMLText.count(reach.picturesLeftOut, "more picture")) are left out; "
      out += "<code>vpnlint diagram</code> draws the network of one file or one server.</p>\n"
    }
    out += "</section>\n"
  }

  // MARK: Tables

  private func writeTables(_ report: Report, to out: inout String) {
    let servers = report.files.flatMap { file in file.servers.map { (file, $0) } }
    guard !servers.isEmpty else { return }
    out += "<section id=\"tables\" aria-labelledby=\"tables-title\">\n"
    out += "<h2 id=\"tables-title\">Clients' routing tables</h2>\n"
    out += "<p>What a connected client's own system will show, server by server and site by site.</p>\n"
    var left = Most.tables
    var leftOut = 0
    for (file, server) in servers {
      let tables = server.clientTables
      for table in tables.prefix(left) {
        out += Self.table(table, of: server, in: file, amongMany: report.files.count > 1)
      }
      leftOut += max(0, tables.count - left)
      left -= min(left, tables.count)
      if server.clientTablesAreLeftOut {
        out += "<p>Those of \(HTMLText.name(server.name)) are left out, as it has more than a thousand routes; "
        out += "<code>vpnlint routes</code> prints them.</p>\n"
      }
    }
    if leftOut > 0 {
      out += "<p>\(HTMLText.count(leftOut, "more table")) are left out; <code>vpnlint routes</code> prints them.</p>\n"
    }
    out += "</section>\n"
  }

  private static func table(
    _ table: TableReport, of server: ServerReport, in file: FileReport, amongMany: Bool
  ) -> String {
    let reporter = TableReporter()
    var lines = reporter.text(table, as: .text).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    let place = table.site.map { " at \(HTMLText.name($0))" } ?? ""
    let documents = file.documentsWithServers > 1 ? ", document \(server.document + 1)" : ""
    let name = amongMany ? ", \(HTMLText.code(file.file.name))" : ""
    let summary =
      "Client of \(HTMLText.name(server.name))\(place) "
      + "(\(server.mode) tunnel, \(table.table.system.rawValue)\(documents)\(name))"
    var content = HTMLText.scrolling(
      "Routing table of a client of \(server.name)",
      "<pre>\(lines.prefix(Most.tableLines).map { XMLText.escaped($0) + "\n" }.joined())</pre>\n")
    if lines.count > Most.tableLines {
      content += "<p>\(HTMLText.count(lines.count - Most.tableLines, "more line")).</p>\n"
    }
    for refusal in reporter.remarks(table).prefix(Most.tableLines) {
      content += "<p>\(HTMLText.sentence(refusal))</p>\n"
    }
    return HTMLText.folded(summary, content)
  }

  // MARK: What was left out

  private func writeNotModelled(_ report: Report, to out: inout String) {
    guard !report.notModelled.isEmpty else { return }
    out += "<section id=\"not-modelled\" aria-labelledby=\"not-modelled-title\">\n"
    out += "<h2 id=\"not-modelled-title\">Not modelled</h2>\n"
    out += "<p>The verdicts take no account of these parts of the network, because a model leaves them out:</p>\n<ul>\n"
    for part in report.notModelled { out += "<li>\(XMLText.escaped(part.name))</li>\n" }
    out += "</ul>\n</section>\n"
  }

  // MARK: Rules

  private func writeRules(_ report: Report, to out: inout String) {
    let codes = Set(report.files.flatMap(\.findings).map(\.finding.code))
    let rules = RuleCatalog.pages.filter { codes.contains($0.code) }
    guard !rules.isEmpty else { return }
    out += "<section id=\"rules\" aria-labelledby=\"rules-title\">\n<h2 id=\"rules-title\">Rules</h2>\n"
    out += "<p>The pages of the rules that speak in this report.</p>\n"
    for rule in rules { out += Self.page(rule) }
    out += "</section>\n"
  }

  private static func page(_ rule: RuleInfo) -> String {
    var text = "<article class=\"rule\" id=\"rule-\(rule.code)\" aria-labelledby=\"rule-\(rule.code)-title\">\n"
    text += "<h3 id=\"rule-\(rule.code)-title\">\(rule.code) <code>\(rule.name)</code></h3>\n"
    text += "<p>\(HTMLText.sentence(rule.summary))</p>\n"
    text += "<h4>Why</h4>\n<p>\(HTMLText.prose(rule.why))</p>\n"
    text += "<h4>Repair</h4>\n<p>\(HTMLText.prose(rule.repair))</p>\n"
    for example in rule.examples {
      let (sign, tone): (String, SVGCanvas.Tone) = example.isBad ? ("✕", .bad) : ("✓", .good)
      let title = "\(HTMLText.sign(sign, tone)) \(example.isBad ? "Bad" : "Good"): \(HTMLText.prose(example.title))"
      text += HTMLText.folded(
        title,
        HTMLText.scrolling("Example: \(example.title)", "<pre>\(marked(example.text))</pre>\n"))
    }
    return text + "<h4>Source</h4>\n<p>\(HTMLText.prose(rule.source))</p>\n</article>\n"
  }

  /// An example with the places that the rule points at highlighted.
  private static func marked(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "⟦": result += "<mark>"
      case "⟧": result += "</mark>"
      default: result += XMLText.escaped(String(character))
      }
    }
    return result
  }
}

/// The verdict of a run in a few words, with a sign and a colour.
struct PageVerdict {
  let title: String
  let sign: String
  let tone: SVGCanvas.Tone

  init(_ report: Report) {
    let isClean = Severity.allCases.allSatisfy { report.counts[$0, default: 0] == 0 }
    (title, sign, tone) =
      if !report.failures.isEmpty {
        ("Not everything could be judged", "✕", .bad)
      } else if report.models == 0, isClean {
        ("No model found", "–", .quiet)
      } else if isClean {
        ("No findings", "✓", .good)
      } else if report.isFailing {
        ("Not ready to deploy", "✕", .bad)
      } else {
        ("Findings below the threshold", "!", .warn)
      }
  }
}
