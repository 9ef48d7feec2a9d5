import Importing
import LintRules
import Linting
import Reports
import SourceText

/// The whole lint with every rule, and every report of it: places lie in the text, and what is JSON can be read.
enum LintTarget {
  static func run(_ bytes: [UInt8]) {
    let file = SourceFile(name: "net", bytes: bytes)
    let report = Linter(options).lint(file)
    check(report)
    let whole = Report([report], toolVersion: "0")
    for format in ReportFormat.allCases {
      var text = ""
      format.reporter().write(whole, to: &text)
      if [.json, .sarif, .gitlab].contains(format) { expectJSON(text) }
    }
    var baseline = ""
    BaselineFile().write(whole, to: &baseline)
    expectJSON(baseline)
    _ = Statistics.text(for: whole.totals)
  }

  /// Every rule, those too that are off by themselves. Fixes have a target of their own: verifying them takes long.
  static let options = {
    var options = LintOptions()
    for rule in RuleCatalog.offByDefault { options.levels[rule] = .info }
    options.today = CivilDate(year: 2026, month: 6, day: 1)
    options.importing = { Importer.model(from: $0) }
    options.showsFixes = false
    return options
  }()

  /// That every place of every finding lies in the text, and no two findings are one.
  static func check(_ report: FileReport) {
    let size = report.file.bytes.count
    for reported in report.findings {
      let finding = reported.finding
      let spans =
        ([finding.primary] + finding.labels).map(\.span) + (finding.evidence?.steps.compactMap(\.span) ?? [])
      for span in spans {
        expect(span.start <= span.end && Int(span.end) <= size, "\(finding.rule): \(span) of \(size) bytes")
      }
      expect(!finding.message.isEmpty, "\(finding.rule) says nothing")
    }
    let prints = Set(report.findings.map { "\($0.document) \($0.fingerprint)" })
    expect(prints.count == report.findings.count, "two findings have one fingerprint")
  }
}
