import Linting
import Reports
import TestSupport
import Testing

/// Every pair of models below `samples/diff` gives the reports that are kept beside it.
struct DiffGoldenTests {
  static let pairs = Repository.files(below: "samples/diff", withSuffix: "/old.yaml").map {
    String($0.dropLast("/old.yaml".count))
  }
  private static let formats: [(format: DiffFormat, suffix: String)] = [
    (.text, "txt"), (.json, "json"), (.markdown, "md"), (.sarif, "sarif"), (.github, "github"),
  ]

  private static func report(_ pair: String) throws -> DiffReport {
    DiffReport(
      ModelFile(try Repository.file("\(pair)/old.yaml")),
      ModelFile(try Repository.file("\(pair)/new.yaml"), number: ModelFile.newNumber))
  }

  @Test func `there are pairs`() { #expect(Self.pairs.count >= 3) }

  @Test(arguments: pairs) func `a pair gives the expected reports`(_ pair: String) throws {
    let report = try Self.report(pair)
    for (format, suffix) in Self.formats {
      let text = DiffReporter(toolVersion: "0.0.0").text(report, as: format)
      try GoldenFile.expect(text, at: "\(pair)/expected.\(suffix)")
    }
  }

  @Test(arguments: pairs) func `JSON has the fields of its contract`(_ pair: String) throws {
    let text = DiffReporter(toolVersion: "0.0.0").text(try Self.report(pair), as: .json)
    let value = try #require(JSONValue(text))
    #expect(["none", "reconnect", "disconnect", "new-profile"].contains(value["sessions"]?.string))
    for change in value["changes"]?.items ?? [] {
      for key in ["subject", "kind", "reachability", "sessions", "because"] { #expect(change[key]?.string != nil) }
      #expect(["unchanged", "widened", "narrowed", "both", "undetermined"].contains(change["reachability"]?.string))
    }
    #expect(value["widened"] != nil && value["narrowed"] != nil)
  }
}
