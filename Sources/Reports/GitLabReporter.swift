import Linting
import SourceText

/// GitLab's code quality report: one object a finding that counts.
struct GitLabReporter: Reporter {
  func part(_ file: FileReport) -> JSONFragment {
    JSONFragment(depth: 1) { writer in
      let findings = file.findings.filter { $0.suppression == nil }
      if findings.isEmpty { return }
      let lines = LineIndex(file.file)
      for finding in findings { Self.write(finding, lines, to: &writer) }
    }
  }

  func write(_ parts: [JSONFragment], _ totals: Totals, to out: inout String) {
    var writer = JSONWriter(of: parts)
    writer.array { writer in parts.forEach { writer.fragment($0) } }
    writer.finish(into: &out)
  }

  private static func write(_ reported: ReportedFinding, _ lines: LineIndex, to writer: inout JSONWriter) {
    let finding = reported.finding
    let position = lines.position(finding.primary.span.start)
    let name = position.file
    writer.object { writer in
      writer.string("description", SafeText.escaped(finding.oneLine))
      writer.string("check_name", "\(finding.code) \(finding.rule)")
      // GitLab takes equal fingerprints for one finding, whatever the file.
      let fingerprint = Fingerprint(
        code: finding.code, subject: "\(name) \(reported.fingerprint)", document: 0, ordinal: 0)
      writer.string("fingerprint", fingerprint.description)
      writer.string("severity", finding.severity.gitLabWord)
      writer.object("location") { writer in
        writer.string("path", name.hasPrefix("./") ? String(name.dropFirst(2)) : name)
        writer.object("lines", inline: true) {
          $0.number("begin", position.line)
          $0.number("end", lines.position(finding.primary.span.end).line)
        }
      }
    }
  }
}

extension Severity {
  fileprivate var gitLabWord: String {
    switch self {
    case .error: "critical"
    case .warning: "major"
    case .info: "info"
    }
  }
}

extension Finding {
  /// The fact and what is at the place, on one line.
  var oneLine: String { primary.text.isEmpty ? message : "\(message): \(primary.text)" }
}
