import LintRules
import Linting
import SourceText
import TestSupport
import Testing

/// What all findings have in common, over every bad example and every sample.
struct FindingTests {
  struct Source: CustomTestStringConvertible {
    let name: String
    let file: SourceFile
    let without: [String]

    var testDescription: String { name }

    var reported: [ReportedFinding] {
      var options = LintOptions()
      options.skip = Set(without)
      options.today = CivilDate(year: 2026, month: 8, day: 1)
      return Linter(options).lint(file).findings
    }
  }

  static let sources: [Source] =
    ExampleCase.all.filter(\.example.isBad).map { example in
      Source(
        name: example.testDescription, file: MarkedText(example.example).file, without: example.example.without)
    }
    + Repository.files(below: "samples", withSuffix: ".yaml", ".yml", ".json").compactMap { path in
      path.contains(".expected.") ? nil : (try? Repository.file(path)).map { Source(name: path, file: $0, without: []) }
    }

  /// Rules whose repair adds, removes or changes routes of a server.
  private static let changesRoutes: Set = [
    "subnet-without-server-route", "full-tunnel-without-server-routes", "split-tunnel-without-server-routes",
    "full-tunnel-without-default-route", "split-tunnel-default-route", "split-tunnel-def1-routes",
    "route-covers-server-public-ip", "subnet-partly-covered-by-routes", "subnet-covered-only-by-drop",
    "route-destination-duplicate", "route-redundant", "route-destination-unrelated",
    "split-drop-route-captures-traffic", "private-dns-without-service-route", "dns-server-unreachable",
    "deliver-to-service-endpoints", "vpe-subnet-without-route", "migrate-translate-to-deliver",
    "service-dns-without-endpoint-route",
  ]

  @Test(arguments: sources)
  func wording(_ source: Source) {
    for finding in source.reported.map(\.finding) {
      let message = finding.message
      #expect(!Self.hasBreak(message), "\(finding.rule): \(message)")
      #expect(message.count <= 100, "\(finding.rule): \(message.count) characters: \(message)")
      #expect(!message.hasSuffix("."), "\(finding.rule): \(message)")
      #expect(Self.beginsLow(message), "\(finding.rule): \(message)")
      let words = Set(message.lowercased().split { !$0.isLetter }.map(String.init))
      let banned = words.intersection(["should", "must", "please", "invalid", "illegal"])
      #expect(banned.isEmpty, "\(finding.rule): \(message)")
      #expect(finding.notes.count <= 3, "\(finding.rule): \(finding.notes)")
      #expect(!finding.primary.text.isEmpty, "\(finding.rule): no words at the place")
      for text in finding.notes + finding.help + finding.labels.map(\.text) + [finding.primary.text] {
        #expect(!Self.hasBreak(text) && !text.hasSuffix(".") && !text.isEmpty, "\(finding.rule): \(text)")
      }
    }
  }

  private static func hasBreak(_ text: String) -> Bool { text.contains(where: \.isNewline) }

  /// Quoted text of the file is the user's own; a name in capitals stays as it is.
  private static func beginsLow(_ message: String) -> Bool {
    guard let first = message.first else { return false }
    let word = message.prefix { $0 != " " }
    return first.isLowercase || first == "`" || first.isNumber || word.dropFirst().contains(where: \.isUppercase)
  }

  @Test(arguments: sources)
  func helpTellsWhenAChangeOfRoutesArrives(_ source: Source) {
    for finding in source.reported.map(\.finding) where Self.changesRoutes.contains(finding.rule) {
      let help = finding.help.joined(separator: "\n")
      // Where the pool is what is mended, all clients are thrown out anyway.
      if help.contains("disconnects all clients") { continue }
      #expect(
        help.contains("reconnect") || help.contains("needs the route to forward")
          || help.contains("no route is pushed"),
        "\(finding.rule): \(help)")
    }
  }

  @Test(arguments: sources)
  func oneCauseOneFinding(_ source: Source) {
    for (document, findings) in Dictionary(grouping: source.reported, by: \.document) {
      let subjects = findings.map(\.finding.cause.subject)
      let doubled = Dictionary(grouping: findings, by: \.finding.cause.subject).filter { $0.value.count > 1 }
      #expect(
        Set(subjects).count == subjects.count,
        "document \(document): \(doubled.mapValues { $0.map(\.finding.message) })")
    }
  }

  @Test(arguments: sources)
  func placesLieInTheFile(_ source: Source) {
    for finding in source.reported.map(\.finding) {
      for span in [finding.primary.span] + finding.labels.map(\.span) {
        #expect(span.start <= span.end && Int(span.end) <= source.file.bytes.count, "\(finding.rule): \(span)")
      }
    }
  }

  /// Evidence stops once and last, if at all.
  @Test(arguments: sources)
  func evidenceEndsWhereItStops(_ source: Source) {
    for case let evidence? in source.reported.map(\.finding.evidence) {
      let stop = evidence.steps.firstIndex { $0.result == .stop }
      #expect(stop == nil || stop == evidence.steps.count - 1)
    }
  }
}
