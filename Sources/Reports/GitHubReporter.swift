import Linting
import SourceText

/// Workflow commands of GitHub Actions: annotations at the lines of a change.
struct GitHubReporter: Reporter {
  func part(_ file: FileReport) -> String {
    let findings = file.findings.filter { $0.suppression == nil }.map(\.finding)
    var out = ""
    if findings.isEmpty { return out }
    let lines = LineIndex(file.file)
    for finding in findings { Self.write(finding, lines, to: &out) }
    return out
  }

  func write(_ parts: [String], _ totals: Totals, to out: inout String) {
    for failure in totals.failures {
      out += "::error title=not judged::\(WorkflowText.data(SafeText.escaped(failure)))\n"
    }
    out += parts.joined()
  }

  private static func write(_ finding: Finding, _ lines: LineIndex, to out: inout String) {
    let (start, end) = (lines.position(finding.primary.span.start), lines.position(finding.primary.span.end))
    let path = start.file.hasPrefix("./") ? String(start.file.dropFirst(2)) : start.file
    var properties = [("file", path), ("line", "\(start.line)"), ("endLine", "\(end.line)")]
    // Columns count only within one line.
    if start.line == end.line { properties += [("col", "\(start.column)"), ("endColumn", "\(end.column)")] }
    properties.append(("title", "\(finding.code) \(finding.rule)"))
    let list = properties.map { "\($0.0)=\(WorkflowText.property($0.1))" }.joined(separator: ",")
    let text = ([finding.oneLine] + finding.notes + finding.help.map { "help: \($0)" }).map(SafeText.escaped)
    out += "::\(finding.severity.command) \(list)::\(WorkflowText.data(text.joined(separator: "\n")))\n"
  }
}

/// Text for the workflow commands of GitHub Actions, escaped as their runner reads it.
enum WorkflowText {
  /// The message of a command; line breaks stay.
  static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// The value of a property.
  static func property(_ text: String) -> String {
    data(SafeText.escaped(text)).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

extension Severity {
  fileprivate var command: String { self == .info ? "notice" : rawValue }
}

extension String {
  /// The text with every `mark` replaced.
  fileprivate func replacing(_ mark: Unicode.Scalar, with text: String) -> String {
    escaping { $0 == mark ? text : nil }
  }
}
