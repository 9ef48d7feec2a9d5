import Linting
import SourceText

/// JUnit XML for CI servers: a suite a file, a case a rule that found something there. What does not reach the threshold
/// passes and is told in the output of its case; what is suppressed is skipped.
struct JUnitReporter: Reporter {
  /// The suite of a file, and what all suites are counted by.
  struct Part {
    var text = ""
    let cases, failures: Int
  }

  func part(_ file: FileReport) -> Part {
    let suite = Suite(file)
    var part = Part(cases: suite.cases.count, failures: suite.cases.count(where: \.isFailure))
    suite.write(to: &part.text)
    return part
  }

  func write(_ parts: [Part], _ totals: Totals, to out: inout String) {
    out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    out += "<testsuites name=\"vpnlint\" tests=\"\(parts.reduce(totals.failures.count) { $0 + $1.cases })\" "
    out += "failures=\"\(parts.reduce(0) { $0 + $1.failures })\">\n"
    for part in parts { out += part.text }
    if !totals.failures.isEmpty { Self.write(totals.failures, to: &out) }
    out += "</testsuites>\n"
  }

  /// A suite of what kept the run from judging everything: an error each.
  private static func write(_ failures: [String], to out: inout String) {
    let count = failures.count
    out += "  <testsuite name=\"vpnlint\" tests=\"\(count)\" failures=\"0\" errors=\"\(count)\" skipped=\"0\">\n"
    for failure in failures {
      out += "    <testcase classname=\"vpnlint\" name=\"\(XMLText.escaped(failure))\">\n"
      out += "      <error message=\"\(XMLText.escaped(failure))\" type=\"not judged\"/>\n    </testcase>\n"
    }
    out += "  </testsuite>\n"
  }

  /// The findings of one rule in one file.
  private struct Case {
    let name: String
    let findings: [ReportedFinding]
    let threshold: FailureThreshold

    var failing: [ReportedFinding] {
      findings.filter { $0.suppression == nil && threshold.isReached(by: $0.finding.severity) }
    }
    var isFailure: Bool { !failing.isEmpty }
    var isSkipped: Bool { !findings.isEmpty && findings.allSatisfy { $0.suppression != nil } }
  }

  private struct Suite {
    let name: String
    let lines: LineIndex
    let cases: [Case]

    init(_ file: FileReport) {
      name = file.file.name
      lines = LineIndex(file.file)
      let byRule = Dictionary(grouping: file.findings) { "\($0.finding.code) \($0.finding.rule)" }
      let found = byRule.sorted { $0.key < $1.key }.map {
        Case(name: $0.key, findings: $0.value, threshold: file.threshold)
      }
      cases = found.isEmpty ? [Case(name: "no findings", findings: [], threshold: file.threshold)] : found
    }

    func write(to out: inout String) {
      out += "  <testsuite name=\"\(XMLText.escaped(name))\" tests=\"\(cases.count)\" "
      out += "failures=\"\(cases.count(where: \.isFailure))\" errors=\"0\" "
      out += "skipped=\"\(cases.count(where: \.isSkipped))\">\n"
      for test in cases { write(test, to: &out) }
      out += "  </testsuite>\n"
    }

    private func write(_ test: Case, to out: inout String) {
      out += "    <testcase classname=\"\(XMLText.escaped(name))\" name=\"\(XMLText.escaped(test.name))\""
      guard !test.findings.isEmpty else {
        out += "/>\n"
        return
      }
      out += ">\n"
      if test.isSkipped {
        let reasons = test.findings.compactMap(\.suppression?.reason).filter { !$0.isEmpty }
        out += "      <skipped message=\"\(XMLText.escaped(reasons.first ?? "in the baseline"))\"/>\n"
      } else if let first = test.failing.first?.finding {
        let more = test.failing.count - 1
        let message = first.oneLine + (more > 0 ? " (and \(more) more)" : "")
        out += "      <failure message=\"\(XMLText.escaped(message))\" type=\"\(first.severity.rawValue)\">"
        out += "\(XMLText.escaped(text(test.failing)))</failure>\n"
      }
      let others = test.findings.filter { finding in
        finding.suppression == nil && !test.threshold.isReached(by: finding.finding.severity)
      }
      if !others.isEmpty { out += "      <system-out>\(XMLText.escaped(text(others)))</system-out>\n" }
      out += "    </testcase>\n"
    }

    /// Each finding with its place, and what to do.
    private func text(_ findings: [ReportedFinding]) -> String {
      findings.map { reported in
        let finding = reported.finding
        let position = lines.position(finding.primary.span.start)
        let place = "\(SafeText.escaped(position.file)):\(position.line):\(position.column)"
        let further = (finding.notes + finding.help.map { "help: \($0)" }).map { "\n  \(SafeText.escaped($0))" }
        return "\(place): \(finding.severity.rawValue): \(SafeText.escaped(finding.oneLine))\(further.joined())"
      }.joined(separator: "\n")
    }
  }
}

/// Text for XML and HTML, in content and between quotes.
enum XMLText {
  /// The text with marks as references, and with what XML 1.0 has no place for written out.
  static func escaped(_ text: String) -> String {
    text.escaping { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      case "\n": nil
      case _ where SafeText.isHarmful(scalar): SafeText.code(scalar)
      default: nil
      }
    }
  }
}
