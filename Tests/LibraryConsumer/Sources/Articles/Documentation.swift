// The code of the first page of the documentation, to be compiled. A test compares it with the page.
import Importing
import Linting
import Reports
import SourceText

func lint(_ bytes: [UInt8]) {
  let file = SourceFile(name: "network.yaml", bytes: bytes)
  for found in Linter().lint(file).findings {
    print(found.finding.severity, found.finding.message)
  }
}

func write(_ file: SourceFile) -> String {
  var text = ""
  let report = Report([Linter().lint(file)], toolVersion: "1.0.0")
  ReportFormat.sarif.reporter().write(report, to: &text)
  return text
}

func chooseOptions() -> LintOptions {
  var options = LintOptions()
  options.today = CivilDate(year: 2026, month: 12, day: 31)
  options.importing = { Importer.model(from: $0) }
  return options
}
