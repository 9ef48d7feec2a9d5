import Linting
import SourceText

/// The part of a page that shows findings, those that count and those that do not.
struct HTMLFindings {
  /// What there is to say of the findings of one file. As many are laid out as a page can have.
  struct Part: Sendable {
    fileprivate var counted: [Entry] = []
    fileprivate var suppressed: [Entry] = []
    fileprivate let countedCount, suppressedCount: Int
    /// Name of the file.
    fileprivate let name: String

    /// How many findings there are.
    var count: Int { countedCount + suppressedCount }
  }

  /// A finding with places for its id.
  fileprivate struct Entry: Sendable {
    /// Its position among those of the file.
    let position: Int
    let line: Int
    /// Its cells in the table of all findings; empty if it does not count.
    let glance: HTMLTemplate
    /// What is said of it.
    let text: HTMLTemplate
  }

  /// The findings of one file.
  static func part(_ file: FileReport) -> Part {
    let suppressedCount = file.findings.count { $0.suppression != nil }
    var part = Part(
      countedCount: file.findings.count - suppressedCount, suppressedCount: suppressedCount, name: file.file.name)
    guard !file.findings.isEmpty else { return part }
    let page = HTMLSource(file.file)
    for (position, reported) in file.findings.enumerated() {
      let line = page.position(reported.finding.primary.span).line
      if reported.suppression == nil, part.counted.count < HTMLReporter.Most.findings {
        part.counted.append(
          Entry(
            position: position, line: line, glance: HTMLTemplate(glance(reported.finding)),
            text: HTMLTemplate(article(reported, page))))
      } else if reported.suppression != nil, part.suppressed.count < HTMLReporter.Most.findings {
        part.suppressed.append(
          Entry(
            position: position, line: line, glance: HTMLTemplate(""), text: HTMLTemplate(item(reported, page))))
      }
    }
    return part
  }

  private let isOnlyFile: Bool
  private var counted: [Shown] = []
  private var suppressed: [Shown] = []
  private var countedCount = 0
  private var suppressedCount = 0

  /// A finding with its id on the page.
  private struct Shown {
    let entry: Entry
    let name, id: String

    var text: String { entry.text.filled(id) }
  }

  init(_ parts: [Part]) {
    isOnlyFile = parts.count == 1
    var before = 0
    for part in parts {
      func shown(_ entry: Entry) -> Shown {
        Shown(entry: entry, name: part.name, id: "finding-\(before + entry.position + 1)")
      }
      counted += part.counted.prefix(HTMLReporter.Most.findings - counted.count).map(shown)
      suppressed += part.suppressed.prefix(HTMLReporter.Most.findings - suppressed.count).map(shown)
      countedCount += part.countedCount
      suppressedCount += part.suppressedCount
      before += part.count
    }
  }

  func write(to out: inout String) {
    guard countedCount + suppressedCount > 0 else { return }
    out += "<section id=\"findings\" aria-labelledby=\"findings-title\">\n<h2 id=\"findings-title\">Findings</h2>\n"
    if counted.isEmpty { out += "<p>No finding counts.</p>\n" }
    if counted.count > 2 { writeList(to: &out) }
    for finding in counted { out += finding.text }
    if countedCount > counted.count {
      out +=
        "<p>\(HTMLText.count(countedCount - counted.count, "more finding")) are left out; the JSON report has all.</p>\n"
    }
    writeSuppressed(to: &out)
    out += "</section>\n"
  }

  // MARK: At a glance

  private func writeList(to out: inout String) {
    var table = "<table class=\"glance\">\n<caption>At a glance</caption>\n<thead>\n<tr><th scope=\"col\">severity</th>"
    table += "<th scope=\"col\">what</th><th scope=\"col\">where</th></tr>\n</thead>\n<tbody>\n"
    for finding in counted {
      table += "<tr>\(finding.entry.glance.filled(finding.id))"
      table += "<td class=\"mono\">\(place(finding))</td></tr>\n"
    }
    out += HTMLText.scrolling("Findings at a glance", table + "</tbody>\n</table>\n")
  }

  private func place(_ finding: Shown) -> String {
    "\(isOnlyFile ? "line " : XMLText.escaped("\(finding.name):"))\(finding.entry.line)"
  }

  private static func glance(_ finding: Finding) -> String {
    "<td>\(badge(finding.severity))</td>"
      + "<td><a href=\"#\(HTMLTemplate.place)\">\(HTMLText.prose(finding.message))</a></td>"
  }

  private static func badge(_ severity: Severity) -> String {
    let (sign, tone) = severity.sign
    return "<span class=\"badge \(tone.rawValue)\">\(HTMLText.sign(sign, tone)) \(severity.rawValue)</span>"
  }

  // MARK: One finding

  private static func article(_ reported: ReportedFinding, _ page: HTMLSource) -> String {
    let (finding, id) = (reported.finding, HTMLTemplate.place)
    let position = page.position(finding.primary.span)
    var out = "<article class=\"finding \(finding.severity.sign.1.rawValue)\" id=\"\(id)\" "
    out += "aria-labelledby=\"\(id)-title\">\n"
    out += "<h3 id=\"\(id)-title\">\(badge(finding.severity)) \(HTMLText.prose(finding.message))</h3>\n"
    out += "<p class=\"place\"><code>\(XMLText.escaped(page.name)):\(position.line):\(position.column)</code> "
    out += "<a href=\"#rule-\(finding.code)\">\(finding.code) \(finding.rule)</a></p>\n"
    out += page.lines([finding.primary] + finding.labels)
    if let evidence = finding.evidence { HTMLJourney(evidence, page).write(to: &out) }
    for note in finding.notes { out += "<p class=\"note\"><b>Note.</b> \(HTMLText.sentence(note))</p>\n" }
    if !finding.help.isEmpty {
      out += "<h4>What to do</h4>\n<ul>\n"
      for help in finding.help { out += "<li>\(HTMLText.sentence(help))</li>\n" }
      out += "</ul>\n"
    }
    if let fix = reported.fix { write(fix, page, to: &out) }
    return out + "</article>\n"
  }

  private static func write(_ fix: Fix, _ page: HTMLSource, to out: inout String) {
    let effect = fix.safety == .keepsReachability ? "keeps reachability as it is" : "changes what clients reach"
    out += "<h4>Fix</h4>\n<p>\(HTMLText.sentence(fix.title)) "
    out += "<code>vpnlint \(fix.safety.options)</code> does it; it \(effect).</p>\n"
    out += page.change(fix)
  }

  // MARK: Suppressed findings

  private func writeSuppressed(to out: inout String) {
    guard suppressedCount > 0 else { return }
    var content = "<ul>\n"
    for finding in suppressed { content += finding.text }
    content += "</ul>\n"
    if suppressedCount > suppressed.count {
      content += "<p>\(HTMLText.count(suppressedCount - suppressed.count, "more finding")).</p>\n"
    }
    out += HTMLText.folded("\(HTMLText.count(suppressedCount, "suppressed finding"))", content)
  }

  private static func item(_ reported: ReportedFinding, _ page: HTMLSource) -> String {
    let finding = reported.finding
    let position = page.position(finding.primary.span)
    var out = "<li id=\"\(HTMLTemplate.place)\">\(badge(finding.severity)) \(HTMLText.prose(finding.message)): "
    out += "<code>\(XMLText.escaped(page.name)):\(position.line):\(position.column)</code>, "
    out += "<a href=\"#rule-\(finding.code)\">\(finding.code) \(finding.rule)</a>. "
    return out + "\(reason(reported.suppression))</li>\n"
  }

  private static func reason(_ suppression: Suppression?) -> String {
    guard let suppression else { return "" }
    let place =
      switch suppression.kind {
      case .comment: "Allowed by a comment"
      case .file: "Allowed for the whole file"
      case .baseline: "In the baseline"
      }
    let until = suppression.until.map { " until \($0)" } ?? ""
    let reason = suppression.reason.isEmpty ? "" : ": \(XMLText.escaped(suppression.reason))"
    return "\(place)\(until)\(reason)"
  }
}

extension Severity {
  /// The sign and the colour that go with the word.
  fileprivate var sign: (String, SVGCanvas.Tone) {
    switch self {
    case .error: ("✕", .bad)
    case .warning: ("!", .warn)
    case .info: ("i", .quiet)
    }
  }
}
