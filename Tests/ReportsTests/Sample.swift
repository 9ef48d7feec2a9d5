import Foundation
import Linting
import Reports
import SourceText
import TestSupport
import Testing

/// A file below `samples` that is linted, and where its expected reports are.
struct Sample: Sendable, CustomTestStringConvertible {
  /// Path in the repository.
  let path: String
  /// Path of an expected report without its extension.
  let expected: String

  var testDescription: String { path }

  static let formats: [(format: ReportFormat, suffix: String)] = [
    (.text, "txt"), (.oneline, "oneline"), (.json, "json"),
  ]

  /// The extensions of expected reports, after the name of a sample.
  static let expectedSuffixes = formats.map { ".expected.\($0.suffix)" }

  static let networks = Repository.files(below: "samples/networks", withSuffix: "/network.yaml").map { path in
    Sample(path: path, expected: path.replacing("/network.yaml", with: "/expected"))
  }
  static let api = beside("samples/api")
  static let broken = beside("samples/broken")
  static let all = networks + api + broken

  /// Networks without a fault.
  static let clean = ["article-split", "article-full-with-internet", "production-two-zones"].map {
    Sample(path: "samples/networks/\($0)/network.yaml", expected: "samples/networks/\($0)/expected")
  }

  private static func beside(_ directory: String) -> [Sample] {
    Repository.files(below: directory, withSuffix: ".yaml", ".json")
      .filter { path in !expectedSuffixes.contains { path.hasSuffix($0) } }
      .map { Sample(path: $0, expected: "\($0).expected") }
  }

  /// The report on the file, as of a fixed day.
  func report() throws -> Report { Sample.report(try Repository.file(path)) }

  static func report(_ file: SourceFile) -> Report {
    var options = LintOptions()
    options.today = CivilDate(year: 2026, month: 6, day: 1)
    return Report([Linter(options).lint(file)], toolVersion: "0.0.0")
  }

  func rendered(_ format: ReportFormat) throws -> String { try report().rendered(format) }
}

extension Report {
  func rendered(_ format: ReportFormat, _ style: TextStyle = TextStyle()) -> String {
    var text = ""
    format.reporter(style).write(self, to: &text)
    return text
  }
}
