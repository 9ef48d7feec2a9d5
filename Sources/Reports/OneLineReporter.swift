import Linting
import SourceText

/// One line a finding, for grep, editors and problem matchers.
struct OneLineReporter: FlowingReporter {
  let separator = ""

  func part(_ file: FileReport) -> String {
    let findings = file.findings.filter { $0.suppression == nil }.map(\.finding)
    guard !findings.isEmpty else { return "" }
    let lines = LineIndex(file.file)
    return findings.map { Self.line($0, lines) }.joined()
  }

  private static func line(_ finding: Finding, _ lines: LineIndex) -> String {
    let position = lines.position(finding.primary.span.start)
    let place = "\(SafeText.escaped(position.file)):\(position.line):\(position.column)"
    let label = finding.primary.text.isEmpty ? "" : ": \(SafeText.escaped(finding.primary.text))"
    return "\(place): \(finding.severity.rawValue)[\(finding.code)]: "
      + "\(SafeText.escaped(finding.message))\(label) (\(finding.rule))\n"
  }
}
