import ClientVPN
import Foundation
import Importing
import IPv4Space
import Linting
import SourceText
import SourceTree
import Testing
import TestSupport

/// The inputs below `samples/import`: what they are imported as, and what is found in them.
struct SampleTests {
  /// One input of one or several files.
  struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let paths: [String]
    var testDescription: String { name }

    var file: SourceFile { get throws { try Imported.joined(paths) } }
  }

  static let samples: [Sample] = {
    let all = Repository.files(below: "samples/import", withSuffix: ".json")
    let single = all.filter { $0.split(separator: "/").count == 3 }
    let api = all.filter { $0.hasPrefix("samples/import/api/") }
    return single.map { Sample(name: String($0.dropLast(".json".count)), paths: [$0]) }
      + [Sample(name: "samples/import/api", paths: api)]
  }()

  @Test func `there are samples`() { #expect(Self.samples.count >= 7) }

  @Test(arguments: samples) func `the model is the one that is kept`(_ sample: Sample) throws {
    let text = try #require(ModelWriter.model(of: sample.file)?.text)
    try Golden.expect(text, at: "\(sample.name).expected.yaml")
  }

  @Test(arguments: samples) func `findings are those that are kept`(_ sample: Sample) throws {
    let report = try Imported.report(sample.file)
    let lines = LineIndex(report.file)
    let text = report.findings.map { reported in
      let finding = reported.finding
      let position = lines.position(finding.primary.span.start)
      let path = reported.jsonPath ?? "?"
      return "\(position.file):\(position.line):\(position.column) \(path)\n  \(finding.severity.rawValue) "
        + "\(finding.rule): \(finding.message)\n"
    }.joined()
    try Golden.expect(text, at: "\(sample.name).expected.findings")
  }

  /// Importing what was written changes nothing, and it is read as what it was written from.
  @Test(arguments: samples) func `what is written is stable`(_ sample: Sample) throws {
    let text = try #require(ModelWriter.model(of: sample.file)?.text)
    let yaml = SourceFile(name: "model.yaml", bytes: Array(text.utf8))
    #expect(ModelWriter.isYAML(yaml))
    let tree = SourceTree.read(yaml)
    #expect(tree.problems == [])
    let withoutComments = text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    #expect(YAMLWriter.text(tree) == withoutComments)
  }

  /// What only the input knows, gaps and what a plan changes, makes the difference, and nothing else.
  @Test(arguments: samples) func `the model has the findings of the input`(_ sample: Sample) throws {
    let file = try sample.file
    let text = try #require(ModelWriter.model(of: file)?.text)
    let yaml = SourceFile(name: "model.yaml", bytes: Array(text.utf8))
    let own: (String) -> Bool = { !$0.hasPrefix("terraform-") && !$0.hasPrefix("input-incomplete") }
    let found = Imported.findings(file).filter(own)
    #expect(Imported.findings(yaml).filter(own) == found)
    #expect(Imported.verdicts(yaml) == Imported.verdicts(file))
  }

  @Test(arguments: samples) func `nothing in a sample is misunderstood`(_ sample: Sample) throws {
    let wrong = try Imported.report(sample.file).findings.filter { reported in
      reported.finding.code.hasPrefix("VPN0") && reported.finding.rule != "input-incomplete"
    }
    #expect(wrong.map(\.finding.message) == [])
  }

  @Test func `every expected text belongs to a sample`() {
    let known = Set(Self.samples.flatMap { ["\($0.name).expected.yaml", "\($0.name).expected.findings"] })
    let found = Repository.files(below: "samples/import", withSuffix: ".expected.yaml", ".expected.findings")
    #expect(Set(found).subtracting(known).sorted() == [])
  }
}

/// Expected output that is kept in the repository; `GOLDEN=write` renews it.
enum Golden {
  static func expect(_ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let url = Repository.root.appending(path: path)
    if ProcessInfo.processInfo.environment["GOLDEN"] == "write" {
      try Data(text.utf8).write(to: url)
      return
    }
    let expected = (try? Data(contentsOf: url)).map { String(decoding: $0, as: UTF8.self) }
    #expect(expected == text, "\(path); `make golden` renews it", sourceLocation: sourceLocation)
  }
}
