import Foundation
import Linting
import Reports
import SourceText
import TestSupport
import Testing

/// SARIF against its published schema, where that lies beside the project.
struct SARIFTests {
  private static let schemaFile = Repository.root.deletingLastPathComponent()
    .appending(path: "shared/schemas/sarif-schema-2.1.0.json")
  static let schema = (try? String(contentsOf: schemaFile, encoding: .utf8)).flatMap { JSONValue($0) }

  @Test(.enabled(if: schema != nil), arguments: Sample.all)
  func `the report on a sample is valid`(_ sample: Sample) throws {
    try expectValid(try sample.rendered(.sarif))
  }

  @Test(.enabled(if: schema != nil), arguments: FormatTests.Case.folders)
  func `the report on several files is valid`(_ folder: String) throws {
    try expectValid(try FormatTests.Case.report(folder).rendered(.sarif))
  }

  @Test(.enabled(if: schema != nil)) func `the schema finds faults`() throws {
    let text = try FormatTests.Case.report("two-files").rendered(.sarif)
    let schema = try JSONSchema(Self.schema)
    for (good, bad) in [
      ("\"startLine\": ", "\"startLine\": -"), ("\"level\": \"error\"", "\"level\": \"fatal\""),
      ("\"results\"", "\"resluts\""),
      ("\"version\": \"2.1.0\"", "\"version\": \"2.0.0\""), ("\"message\"", "\"massage\""),
    ] {
      let value = try #require(JSONValue(text.replacing(good, with: bad)))
      #expect(try !schema.problems(of: value).isEmpty, "\(bad)")
    }
  }

  private func expectValid(_ text: String) throws {
    let value = try #require(JSONValue(text))
    #expect(try JSONSchema(Self.schema).problems(of: value) == [])
  }

  @Test func `paths become references`() throws {
    func uri(_ name: String) throws -> String? {
      let report = Report([Linter().lint(SourceFile(name: name, bytes: []))], toolVersion: "0")
      let value = try #require(JSONValue(report.rendered(.sarif)))
      let location = value["runs"]?.items.first?["results"]?.items.first?["locations"]?.items.first
      let artifact = location?["physicalLocation"]?["artifactLocation"]
      return artifact?["uri"]?.string.map { "\(artifact?["uriBaseId"]?.string ?? "-") \($0)" }
    }
    #expect(try uri("a/b c.yaml") == "SRCROOT a/b%20c.yaml")
    #expect(try uri("./a:b.yaml") == "SRCROOT a%3Ab.yaml")
    #expect(try uri("/tmp/ä.yaml") == "- file:///tmp/%C3%A4.yaml")
    #expect(try uri("<stdin>") == "SRCROOT %3Cstdin%3E")
  }
}
