import Linting
import SourceText

/// One line a finding, for grep, editors and problem matchers.
struct OneLineReporter: Reporter {
  func write(_ report: Report, to out: inout String) {
    for file in report.files {
      let findings = file.findings.filter { $0.suppression == nil }.map(\.finding)
      guard !findings.isEmpty else { continue }
      let lines = LineIndex(file.file)
      for finding in findings {
        let position = lines.position(finding.primary.span.start)
        let label = finding.primary.text.isEmpty ? "" : ": \(SafeText.escaped(finding.primary.text))"
        out +=
          "\(SafeText.escaped(position.file)):\(position.line):\(position.column): \(finding.severity.rawValue)[\(finding.code)]: "
        out += "\(SafeText.escaped(finding.message))\(label) (\(finding.rule))\n"
      }
    }
  }
}
