import Forwarding
import LintRules
import Linting
import SourceText

/// A page that stands by itself, for people who decide and people who mend: the verdict, a picture of the network, who
/// reaches what, every finding with its packet, and what clients' tables will look like. No scripts, nothing from
/// elsewhere; well formed as XML too.
struct HTMLReporter: Reporter {
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

  /// What a page says of one file.
  struct Part: Sendable {
    /// The name of a file with models, marked up; nil for any other.
    let modelName: String?
    /// How many subnets and networks there are against servers, and how many as wanted.
    let cells, wanted: Int
    let documents: [HTMLReach.Document]
    let findings: HTMLFindings.Part
    let tables: [HTMLTables.Part]
  }

  func part(_ file: FileReport) -> Part {
    let cells = file.matrices.flatMap(\.rows).flatMap(\.cells)
    return Part(
      modelName: file.role == .model ? HTMLText.code(file.file.name) : nil, cells: cells.count,
      wanted: cells.count(where: \.isAsWanted), documents: HTMLReach.documents(of: file),
      findings: HTMLFindings.part(file), tables: HTMLTables.parts(file))
  }

  func write(_ parts: [Part], _ totals: Totals, to out: inout String) {
    let verdict = PageVerdict(totals)
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
    writeHead(parts, totals, verdict, to: &out)
    out += "<main id=\"content\">\n"
    writeReach(parts, to: &out)
    HTMLFindings(parts.map(\.findings)).write(to: &out)
    HTMLTables.write(parts.flatMap(\.tables), isOnlyFile: parts.count == 1, to: &out)
    writeNotModelled(totals, to: &out)
    writeRules(totals, to: &out)
    out += "</main>\n<footer>\n<p>Written by vpnlint \(XMLText.escaped(totals.toolVersion)).</p>\n</footer>\n"
    out += "</body>\n</html>\n"
  }

  // MARK: Head

  private func writeHead(_ parts: [Part], _ totals: Totals, _ verdict: PageVerdict, to out: inout String) {
    out += "<header class=\"page \(verdict.tone.rawValue)\">\n"
    out += "<p class=\"kicker\">vpnlint report\(Self.subject(parts))</p>\n"
    out += "<h1>\(HTMLText.sign(verdict.sign, verdict.tone)) \(verdict.title)</h1>\n"
    out += "<p>\(HTMLText.sentence(totals.summary))</p>\n"
    for failure in totals.failures { out += "<p>Not judged: \(HTMLText.sentence(failure))</p>\n" }
    writeNumbers(parts, totals, to: &out)
    out += "</header>\n"
    writeContents(parts, totals, to: &out)
  }

  private static func subject(_ parts: [Part]) -> String {
    let models = parts.compactMap(\.modelName)
    return models.count == 1 ? " on \(models[0])" : ""
  }

  private func writeNumbers(_ parts: [Part], _ totals: Totals, to out: inout String) {
    var numbers = Severity.allCases.reversed().map { severity in
      let count = totals.counts[severity, default: 0]
      return (severity == .info || count == 1 ? severity.rawValue : "\(severity.rawValue)s", "\(count)")
    }
    if totals.suppressed > 0 { numbers.append(("suppressed", "\(totals.suppressed)")) }
    let (cells, wanted) = (parts.map(\.cells).reduce(0, +), parts.map(\.wanted).reduce(0, +))
    if cells > 0 { numbers.append(("subnets and networks as wanted", "\(wanted) of \(cells)")) }
    out += "<dl class=\"numbers\">\n"
    for (name, number) in numbers { out += "<div><dt>\(name)</dt><dd>\(number)</dd></div>\n" }
    out += "</dl>\n"
  }

  private func writeContents(_ parts: [Part], _ totals: Totals, to out: inout String) {
    let hasServers = parts.contains { !$0.documents.isEmpty }
    let hasFindings = !totals.rules.isEmpty
    var entries: [(String, String)] = []
    if hasServers { entries.append(("reach", "What clients reach")) }
    if hasFindings { entries.append(("findings", "Findings")) }
    if hasServers { entries.append(("tables", "Clients' routing tables")) }
    if !totals.notModelled.isEmpty { entries.append(("not-modelled", "Not modelled")) }
    if hasFindings { entries.append(("rules", "Rules")) }
    guard !entries.isEmpty else { return }
    out += "<nav aria-label=\"Contents\">\n<ul>\n"
    for (id, title) in entries { out += "<li><a href=\"#\(id)\">\(title)</a></li>\n" }
    out += "</ul>\n</nav>\n"
  }

  // MARK: Reach

  private func writeReach(_ parts: [Part], to out: inout String) {
    let documents = parts.flatMap(\.documents)
    guard !documents.isEmpty else { return }
    out += "<section id=\"reach\" aria-labelledby=\"reach-title\">\n<h2 id=\"reach-title\">What clients reach</h2>\n"
    var reach = HTMLReach(isOnlyOne: documents.count == 1)
    for document in documents { reach.write(document, to: &out) }
    if reach.picturesLeftOut > 0 {
      out += "<p>\(HTMLText.count(reach.picturesLeftOut, "more picture")) are left out; "
      out += "<code>vpnlint diagram</code> draws the network of one file or one server.</p>\n"
    }
    out += "</section>\n"
  }

  // MARK: What was left out

  private func writeNotModelled(_ totals: Totals, to out: inout String) {
    guard !totals.notModelled.isEmpty else { return }
    out += "<section id=\"not-modelled\" aria-labelledby=\"not-modelled-title\">\n"
    out += "<h2 id=\"not-modelled-title\">Not modelled</h2>\n"
    out += "<p>The verdicts take no account of these parts of the network, because a model leaves them out:</p>\n<ul>\n"
    for part in totals.notModelled { out += "<li>\(XMLText.escaped(part.name))</li>\n" }
    out += "</ul>\n</section>\n"
  }

  // MARK: Rules

  private func writeRules(_ totals: Totals, to out: inout String) {
    let rules = RuleCatalog.pages.filter { totals.rules[$0.name] != nil }
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

  init(_ totals: Totals) {
    let isClean = Severity.allCases.allSatisfy { totals.counts[$0, default: 0] == 0 }
    (title, sign, tone) =
      if !totals.failures.isEmpty {
        ("Not everything could be judged", "✕", .bad)
      } else if totals.models == 0, isClean {
        ("No model found", "–", .quiet)
      } else if isClean {
        ("No findings", "✓", .good)
      } else if totals.isFailing {
        ("Not ready to deploy", "✕", .bad)
      } else {
        ("Findings below the threshold", "!", .warn)
      }
  }
}
