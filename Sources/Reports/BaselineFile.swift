public import Linting
import SourceText

/// The baseline that makes the findings of a run known: version 1 (README, "Baselines").
public enum BaselineFile {
  /// The text of the file. Findings that a comment allows are left out, they do not count without it either.
  /// `name` tells what the baseline calls a file of the report.
  public static func text(for report: Report, name: (String) -> String = { $0 }) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.number("version", Baseline.version)
      writer.array("findings") { writer in
        for row in rows(report, name) {
          writer.object(inline: true) {
            $0.string("fingerprint", row.finding.fingerprint.description)
            $0.string("code", row.finding.finding.code)
            $0.string("rule", row.finding.finding.rule)
            $0.string("subject", row.finding.finding.cause.subject)
            $0.string("file", row.file)
          }
        }
      }
    }
    return writer.text + "\n"
  }

  /// The findings that are written, by file, code and subject: changes of layout do not move them.
  private static func rows(
    _ report: Report, _ name: (String) -> String = { $0 }
  ) -> [(file: String, finding: ReportedFinding)] {
    report.files.flatMap { file in
      let name = name(file.file.name)
      return file.findings.filter { $0.suppression == nil || $0.suppression?.kind == .baseline }.map { (name, $0) }
    }.sorted { key($0.0, $0.1) < key($1.0, $1.1) }
  }

  private static func key(_ file: String, _ finding: ReportedFinding) -> (String, String, String, String) {
    (file, finding.finding.code, finding.finding.cause.subject, finding.fingerprint.description)
  }

  /// How many findings the baseline of a report has.
  public static func count(_ report: Report) -> Int { rows(report).count }
}
