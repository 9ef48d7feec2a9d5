public import Linting
import SourceText

/// The baseline that makes the findings of a run known: version 1 (README, "Baselines"). Findings that a comment allows
/// are left out, they do not count without it either.
public struct BaselineFile: Reporter {
  private let name: @Sendable (String) -> String

  /// `name` tells what the baseline calls a file of the run.
  public init(name: @escaping @Sendable (String) -> String = { $0 }) { self.name = name }

  /// One finding of the baseline.
  public struct Entry: Sendable {
    fileprivate let file, code, rule, subject, fingerprint: String

    /// By file, code and subject: changes of layout do not move a finding.
    fileprivate static func standsBefore(_ left: Entry, _ right: Entry) -> Bool {
      (left.file, left.code, left.subject, left.fingerprint)
        < (right.file, right.code, right.subject, right.fingerprint)
    }
  }

  /// The entries of one file.
  public func part(_ file: FileReport) -> [Entry] {
    let name = name(file.file.name)
    return file.findings.filter(\.isForBaseline).map { reported in
      let finding = reported.finding
      return Entry(
        file: name, code: finding.code, rule: finding.rule, subject: finding.cause.subject,
        fingerprint: reported.fingerprint.description)
    }
  }

  /// Writes the text of the file.
  public func write(_ parts: [[Entry]], _ totals: Totals, to out: inout String) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.number("version", Baseline.version)
      writer.array("findings") { writer in
        for entry in parts.joined().sorted(by: Entry.standsBefore) {
          writer.object(inline: true) {
            $0.string("fingerprint", entry.fingerprint)
            $0.string("code", entry.code)
            $0.string("rule", entry.rule)
            $0.string("subject", entry.subject)
            $0.string("file", entry.file)
          }
        }
      }
    }
    out += writer.text + "\n"
  }
}
