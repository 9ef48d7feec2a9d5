import Foundation
import Linting
import Reports
import SourceText
import TestSupport
import Testing

/// Every sample gives the reports that are kept beside it.
@Suite struct GoldenTests {
  @Test(arguments: Sample.all) func `a sample gives the expected reports`(_ sample: Sample) throws {
    let report = try sample.report()
    for (format, suffix) in Sample.formats {
      try GoldenFile.expect(report.rendered(format), at: "\(sample.expected).\(suffix)")
    }
  }

  @Test func `every expected report belongs to a sample`() {
    let known = Set(Sample.all.flatMap { sample in Sample.formats.map { "\(sample.expected).\($0.suffix)" } })
    let suffixes = Sample.formats.map { "expected.\($0.suffix)" }
    let found = ["networks", "api", "broken"].flatMap { directory in
      suffixes.flatMap { Repository.files(below: "samples/\(directory)", withSuffix: $0) }
    }
    #expect(Set(found).subtracting(known).sorted() == [])
  }

  @Test func `every folder of a network has its file`() throws {
    let folder = GoldenFile.repository.appending(path: "samples/networks")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted() {
      #expect(Sample.networks.contains { $0.path == "samples/networks/\(name)/network.yaml" }, "\(name)")
    }
  }

  @Test(arguments: Sample.clean) func `a network without a fault has no findings`(_ sample: Sample) throws {
    #expect(try sample.rendered(.oneline) == "")
    #expect(try sample.rendered(.text) == "")
  }

  @Test func `what the API answers can be pasted`() throws {
    for sample in Sample.api {
      let codes = try sample.report().files.flatMap(\.findings).map(\.finding.code)
      #expect(codes.filter { $0.hasPrefix("VPN0") } == [], "\(sample.path)")
    }
  }

  @Test(arguments: Sample.broken) func `a broken file gives an error with a place in the file`(_ sample: Sample) throws
  {
    let file = try Repository.file(sample.path)
    let findings = Sample.report(file).files.flatMap(\.findings).map(\.finding)
    #expect(findings.contains { $0.severity == .error })
    for finding in findings {
      for label in [finding.primary] + finding.labels {
        #expect(label.span.start <= label.span.end)
        #expect(Int(label.span.end) <= file.bytes.count)
      }
    }
  }

  @Test func `a file with many mistakes gives a finding for each`() throws {
    let report = try #require(Sample.broken.first { $0.path.hasSuffix("/many-mistakes.yaml") }).report()
    #expect(report.files.flatMap(\.findings).count >= 15)
  }

  @Test(arguments: Sample.all) func `no report has a character that acts on a terminal`(_ sample: Sample) throws {
    for (format, _) in Sample.formats {
      let harmful = try sample.rendered(format).unicodeScalars.filter { scalar in
        scalar != "\n"
          && (scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
            || scalar.properties.generalCategory == .format || scalar.properties.generalCategory == .lineSeparator
            || scalar.properties.generalCategory == .paragraphSeparator)
      }
      #expect(harmful.isEmpty, "\(format.rawValue): \(harmful.map { String($0.value, radix: 16) })")
    }
  }

  @Test(arguments: Sample.all) func `two runs give the same bytes`(_ sample: Sample) throws {
    for (format, _) in Sample.formats {
      #expect(try sample.rendered(format) == sample.rendered(format))
    }
  }

  @Test(arguments: Sample.all) func `no two findings of a document have one cause`(_ sample: Sample) throws {
    let findings = try sample.report().files.flatMap(\.findings)
    for (document, findings) in Dictionary(grouping: findings, by: \.document) {
      let subjects = findings.map(\.finding.cause.subject)
      let doubled = Dictionary(grouping: subjects) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
      #expect(doubled == [], "document \(document)")
    }
  }

  @Test(arguments: Sample.all) func `fingerprints are unique`(_ sample: Sample) throws {
    let fingerprints = try sample.report().files.flatMap(\.findings).map(\.fingerprint.description)
    #expect(Set(fingerprints).count == fingerprints.count)
  }

  @Test(arguments: [
    ("article-full", ["full-tunnel-without-default-route"]),
    ("split-subnet-without-route", ["subnet-without-server-route"]),
    ("full-subnet-without-route", ["full-tunnel-without-default-route", "subnet-without-server-route"]),
    ("split-without-routes", ["split-tunnel-without-server-routes"]),
    ("full-without-routes", ["full-tunnel-without-server-routes"]),
    ("several-documents", ["subnet-without-server-route"]),
    ("stale-sessions", ["stale-client-session"]),
  ]) func `a network has the faults that it shows`(_ name: String, _ rules: [String]) throws {
    let sample = try #require(Sample.networks.first { $0.path.contains("/\(name)/") })
    #expect(try sample.report().files.flatMap(\.findings).map(\.finding.rule).sorted() == rules)
  }
}
