import Foundation
import Linting
import Reports
import SourceText
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Every format for a clean run, findings in two files, several documents, a syntax error, and suppressed findings.
struct FormatTests {
  /// A folder below `samples/reports` that is linted as a whole.
  struct Case: Sendable, CustomTestStringConvertible {
    let folder: String
    let format: ReportFormat

    var testDescription: String { "\(folder), \(format.rawValue)" }
    var expected: String { "samples/reports/\(folder)/expected.\(Self.suffixes[format] ?? format.rawValue)" }

    static let suffixes: [ReportFormat: String] = [
      .text: "txt", .plain: "plain.txt", .oneline: "oneline", .junit: "xml", .github: "github.txt",
      .gitlab: "gitlab.json",
      .markdown: "md",
    ]
    static let folders = ["clean", "two-files", "several-documents", "syntax-error", "suppressed"]
    static let all = folders.flatMap { folder in ReportFormat.allCases.map { Case(folder: folder, format: $0) } }

    /// The report on the folder, as of a fixed day. Of the suppressed sample one finding is in a baseline.
    func report() throws -> Report { try Self.report(folder) }

    static func report(_ folder: String) throws -> Report {
      var options = LintOptions()
      options.today = CivilDate(year: 2026, month: 6, day: 1)
      let paths = Repository.files(below: "samples/reports/\(folder)", withSuffix: ".yaml")
      let files = try paths.map { try Repository.file($0) }
      if folder == "suppressed" {
        var known = options
        known.only = ["route-redundant"]
        let report = Report(files.map { Linter(known).lint($0) }, toolVersion: "0.0.0")
        var text = ""
        BaselineFile().write(report, to: &text)
        options.baseline = Baseline.read(SourceFile(name: "baseline.json", bytes: Array(text.utf8))).content
      }
      return Report(
        files.enumerated().map { Linter(options).lint($1, number: UInt32($0)) }, toolVersion: "0.0.0")
    }
  }

  @Test(arguments: Case.all) func `a run gives the expected report`(_ example: Case) throws {
    try GoldenFile.expect(try example.report().rendered(example.format), at: example.expected)
  }

  @Test func `the samples show what they are for`() throws {
    func findings(_ folder: String) throws -> [ReportedFinding] { try Case.report(folder).files.flatMap(\.findings) }
    #expect(try findings("clean").isEmpty)
    #expect(try Case.report("two-files").files.allSatisfy { !$0.findings.isEmpty })
    #expect(try findings("several-documents").map(\.document) == [1])
    #expect(try findings("syntax-error").map(\.finding.rule).contains("yaml-syntax"))
    let suppressed = try findings("suppressed")
    #expect(Set(suppressed.compactMap(\.suppression?.kind)) == [.comment, .file, .baseline])
    #expect(suppressed.allSatisfy { $0.suppression != nil })
  }

  @Test(arguments: Case.folders) func `XML is well-formed`(_ folder: String) throws {
    let data = Data(try Case.report(folder).rendered(.junit).utf8)
    #expect(XMLParser(data: data).parse())
  }

  @Test(arguments: Case.folders) func `JSON is well-formed`(_ folder: String) throws {
    for format in [ReportFormat.json, .sarif, .gitlab] {
      _ = try JSONSerialization.jsonObject(with: Data(try Case.report(folder).rendered(format).utf8))
    }
  }

  @Test func `a threshold decides what fails a case`() throws {
    var options = LintOptions()
    options.failOn = .never
    let file = try Repository.file("samples/reports/two-files/one.yaml")
    let text = Report([Linter(options).lint(file)], toolVersion: "0").rendered(.junit)
    #expect(text.contains("failures=\"0\"") && !text.contains("<failure") && text.contains("<system-out>"))
  }

  /// A reader of a report does not see standard error: that a file could not be read must not look like a clean run.
  @Test func `what could not be judged is told`() throws {
    let file = try Repository.file("samples/reports/clean/network.yaml")
    let report = Report(
      [Linter().lint(file)], failures: ["no[t]<here>.yaml: No such file or directory"], toolVersion: "0.0.0")
    for format in ReportFormat.allCases where ![.text, .oneline, .gitlab].contains(format) {
      #expect(report.rendered(format).contains("No such file or directory"), "\(format)")
    }
    #expect(report.rendered(.markdown).hasPrefix("## ❌ vpnlint: not everything could be judged\n"))
    #expect(report.rendered(.html).contains("Not everything could be judged</h1>"))
    #expect(XMLParser(data: Data(report.rendered(.junit).utf8)).parse())
    #expect(XMLParser(data: Data(report.rendered(.html).utf8)).parse())
    #expect(report.rendered(.junit).contains("errors=\"1\"") && report.rendered(.junit).contains("tests=\"2\""))
    let sarif = try #require(JSONValue(report.rendered(.sarif)))
    #expect(sarif["runs"]?.items.first?["invocations"]?.items.first?["executionSuccessful"] == .flag(false))
    if let schema = SARIFTests.schema { #expect(try JSONSchema(schema).problems(of: sarif) == []) }
    _ = try JSONSerialization.jsonObject(with: Data(report.rendered(.json).utf8))
  }

  @Test func `an empty run is a valid document in each format`() throws {
    let report = Report([], toolVersion: "0.0.0")
    for format in [ReportFormat.json, .sarif, .gitlab] {
      _ = try JSONSerialization.jsonObject(with: Data(report.rendered(format).utf8))
    }
    #expect(XMLParser(data: Data(report.rendered(.junit).utf8)).parse())
    #expect(report.rendered(.github).isEmpty)
    #expect(report.rendered(.sarif).contains("\"results\": []"))
  }
}
