import Linting
import SourceText

/// The part of a page that shows findings, those that count and those that do not.
struct HTMLFindings {
  private let report: Report
  private var counted: [Entry] = []
  private var suppressed: [Entry] = []

  /// A finding with what is needed to show it.
  private struct Entry {
    let reported: ReportedFinding
    let page: HTMLSource
    let number: Int

    var id: String { "finding-\(number)" }
    var finding: Finding { reported.finding }
  }

  init(_ report: Report) {
    self.report = report
    var number = 0
    for file in report.files where !file.findings.isEmpty {
      let page = HTMLSource(file.file)
      for reported in file.findings {
        number += 1
        let entry = Entry(reported: reported, page: page, number: number)
        if reported.suppression == nil { counted.append(entry) } else { suppressed.append(entry) }
      }
    }
  }

  func write(to out: inout String) {
    guard !counted.isEmpty || !suppressed.isEmpty else { return }
    out += "<section id=\"findings\" aria-labelledby=\"findings-title\">\n<h2 id=\"findings-title\">Findings</h2>\n"
    if counted.isEmpty { out += "<p>No finding counts.</p>\n" }
    let shown = counted.prefix(HTMLReporter.Most.findings)
    if shown.count > 2 { writeList(shown, to: &out) }
    for entry in shown { write(entry, to: &out) }
    if counted.count > shown.count {
      out +=
        "<p>\(HTMLText.count(counted.count - shown.count, "more finding")) are left out; the JSON report has all.</p>\n"
    }
    writeSuppressed(to: &out)
    out += "</section>\n"
  }

  // MARK: At a glance

  private func writeList(_ entries: ArraySlice<Entry>, to out: inout String) {
    var table = "<table class=\"glance\">\n<caption>At a glance</caption>\n<thead>\n<tr><th scope=\"col\">severity</th>"
    table += "<th scope=\"col\">what</th><th scope=\"col\">where</th></tr>\n</thead>\n<tbody>\n"
    for entry in entries {
      table += "<tr><td>\(Self.badge(entry.finding.severity))</td>"
      table += "<td><a href=\"#\(entry.id)\">\(HTMLText.prose(entry.finding.message))</a></td>"
      table += "<td class=\"mono\">\(place(entry))</td></tr>\n"
    }
    out += HTMLText.scrolling("Findings at a glance", table + "</tbody>\n</table>\n")
  }

  private func place(_ entry: Entry) -> String {
    let position = entry.page.position(entry.finding.primary.span)
    let name = report.files.count > 1 ? "\(entry.page.name):" : "line "
    return "\(XMLText.escaped(name))\(position.line)"
  }

  private static func badge(_ severity: Severity) -> String {
    let (sign, tone) = severity.sign
    return "<span class=\"badge \(tone.rawValue)\">\(HTMLText.sign(sign, tone)) \(severity.rawValue)</span>"
  }

  // MARK: One finding

  private func write(_ entry: Entry, to out: inout String) {
    let finding = entry.finding
    let position = entry.page.position(finding.primary.span)
    out += "<article class=\"finding \(finding.severity.sign.1.rawValue)\" id=\"\(entry.id)\" "
    out += "aria-labelledby=\"\(entry.id)-title\">\n"
    out += "<h3 id=\"\(entry.id)-title\">\(Self.badge(finding.severity)) \(HTMLText.prose(finding.message))</h3>\n"
    out += "<p class=\"place\"><code>\(XMLText.escaped(entry.page.name)):\(position.line):\(position.column)</code> "
    out += "<a href=\"#rule-\(finding.code)\">\(finding.code) \(finding.rule)</a></p>\n"
    out += entry.page.lines([finding.primary] + finding.labels)
    if let evidence = finding.evidence { HTMLJourney(evidence, entry.page).write(to: &out) }
    for note in finding.notes { out += "<p class=\"note\"><b>Note.</b> \(HTMLText.sentence(note))</p>\n" }
    if !finding.help.isEmpty {
      out += "<h4>What to do</h4>\n<ul>\n"
      for help in finding.help { out += "<li>\(HTMLText.sentence(help))</li>\n" }
      out += "</ul>\n"
    }
    if let fix = entry.reported.fix { write(fix, entry.page, to: &out) }
    out += "</article>\n"
  }

  private func write(_ fix: Fix, _ page: HTMLSource, to out: inout String) {
    let effect = fix.safety == .keepsReachability ? "keeps reachability as it is" : "changes what clients reach"
    out += "<h4>Fix</h4>\n<p>\(HTMLText.sentence(fix.title)) "
    out += "<code>vpnlint \(fix.safety.options)</code> does it; it \(effect).</p>\n"
    out += page.change(fix)
  }

  // MARK: Suppressed findings

  private func writeSuppressed(to out: inout String) {
    guard !suppressed.isEmpty else { return }
    var content = "<ul>\n"
    for entry in suppressed.prefix(HTMLReporter.Most.findings) {
      let position = entry.page.position(entry.finding.primary.span)
      content +=
        "<li id=\"\(entry.id)\">\(Self.badge(entry.finding.severity)) \(HTMLText.prose(entry.finding.message)): "
      content += "<code>\(XMLText.escaped(entry.page.name)):\(position.line):\(position.column)</code>, "
      content += "<a href=\"#rule-\(entry.finding.code)\">\(entry.finding.code) \(entry.finding.rule)</a>. "
      content += "\(Self.reason(entry.reported.suppression))</li>\n"
    }
    content += "</ul>\n"
    if suppressed.count > HTMLReporter.Most.findings {
      content += "<p>\(HTMLText.count(suppressed.count - HTMLReporter.Most.findings, "more finding")).</p>\n"
    }
    out += HTMLText.folded("\(HTMLText.count(suppressed.count, "suppressed finding"))", content)
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
