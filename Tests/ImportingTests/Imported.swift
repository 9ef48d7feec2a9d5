import ClientVPN
import Importing
import IPv4Space
import Linting
import LintRules
import SourceText
import SourceTree
import TestSupport

/// Importing in memory, for the tests.
enum Imported {
  static func file(_ text: String, name: String = "input.json") -> SourceFile {
    SourceFile(name: name, bytes: Array(text.utf8))
  }

  static func joined(_ paths: [String]) throws -> SourceFile { SourceFile(joining: try paths.map(Repository.file)) }

  /// The models of a text; none if it is not imported.
  static func models(_ file: SourceFile) -> [Model] {
    Importer.model(from: SourceTree.readJSON(file))?.models ?? []
  }

  static func models(_ text: String) -> [Model] { models(file(text)) }

  static func report(_ file: SourceFile) -> FileReport {
    var options = LintOptions()
    options.today = CivilDate(year: 2026, month: 6, day: 1)
    options.importing = { Importer.model(from: $0) }
    return Linter(options).lint(file)
  }

  /// `rule subject` of each finding, without order.
  static func findings(_ file: SourceFile) -> [String] {
    report(file).findings.map { "\($0.finding.rule) \($0.finding.cause.subject) \($0.document)" }.sorted()
  }

  /// `rule` of each finding.
  static func rules(_ text: String) -> [String] { report(file(text)).findings.map(\.finding.rule).sorted() }

  /// Name, verdict and outcome of each subnet and network of each server.
  static func verdicts(_ file: SourceFile) -> [String] {
    report(file).servers.flatMap { server in
      var rows: [String] = []
      server.reach.forEachSubnet { rows.append("\(server.name)/\($0.name): \($0.verdict)") }
      server.reach.forEachNetwork { rows.append("\(server.name)/network \($0.name): \($0.verdict)") }
      return rows
    }.sorted()
  }

  static func verdicts(_ text: String) -> [String] { verdicts(file(text)) }
}
