import Foundation
import LintRules
import Linting
import Reports
import SourceText
import TestSupport
import Testing

/// What the README shows is what the program does. `GOLDEN=write` renews its rule table and the output of its commands.
@Suite(.serialized) struct ReadmeTests {
  @Test func `the rule table is current`() throws {
    let (begin, end) = ("<!-- rules:begin -->\n", "<!-- rules:end -->")
    let text = try readme()
    let start = try #require(text.firstRange(of: begin)).upperBound
    let stop = try #require(text[start...].firstRange(of: end)).lowerBound
    let table = "\n" + RulePages.markdownTable(RuleCatalog.pages) + "\n"
    try GoldenFile.expect(text[..<start] + table + text[stop...], at: "README.md")
  }

  /// The program has the version; the README names it in its examples.
  @Test func `the version is current`() throws {
    let version = try Program.run(["--version"], in: Repository.root).text.trimmingCharacters(in: .newlines)
    let named = try readme().matches(of: /vpnlint-(\d[\d.]*\d)-linux|from: "([\d.]+)"/).compactMap { $0.1 ?? $0.2 }
    #expect(named.count == 3 && named.allSatisfy { $0 == version }, "\(named)")
  }

  @Test func `commands print what the README says`() throws {
    var lines = try Repository.lines("README.md")
    var index = 0
    while let start = lines[index...].firstIndex(of: "```console") {
      let end = try #require(lines[start...].firstIndex(of: "```"))
      let commands = lines[start..<end].filter { $0.hasPrefix("$ ") }
      #expect(!commands.isEmpty, "README.md:\(start + 1)")
      let block = try commands.flatMap { try [$0] + output(of: $0) }
      lines.replaceSubrange(start + 1..<end, with: block)
      index = start + block.count + 2
    }
    try GoldenFile.expect(lines.joined(separator: "\n"), at: "README.md")
  }

  @Test func `settings in the README are understood`() throws {
    let blocks = try yamlBlocks().filter { $0.hasPrefix("# .vpnlint.yaml\n") }
    #expect(!blocks.isEmpty)
    for block in blocks {
      #expect(Settings.read(SourceFile(name: "README.md", bytes: Array(block.utf8))).isSound)
    }
  }

  @Test func `models in the README have no findings`() throws {
    let blocks = try yamlBlocks().filter { !$0.hasPrefix("# .vpnlint.yaml\n") }
    #expect(!blocks.isEmpty)
    for block in blocks {
      let report = Sample.report(SourceFile(name: "README.md", bytes: Array(block.utf8)))
      #expect(report.rendered(.oneline) == "")
    }
  }

  @Test func `every target of the Makefile that the README names is there`() throws {
    let makefile = try Repository.lines("Makefile")
    for match in try readme().matches(of: /`?make ([a-z-]+)/) where match.output.0.hasPrefix("`") {
      #expect(makefile.contains { $0.hasPrefix("\(match.output.1):") }, "make \(match.output.1)")
    }
  }

  private func yamlBlocks() throws -> [String] {
    try readme().components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
  }

  private func readme() throws -> String { try Repository.lines("README.md").joined(separator: "\n") }

  /// The lines that `$ vpnlint …` prints, the report first, then the closing line.
  private func output(of command: String) throws -> [String] {
    let words = command.split(separator: " ").dropFirst().map(String.init)
    #expect(words.first == "vpnlint", "\(command)")
    let (text, status) = try Program.run(Array(words.dropFirst()), in: GoldenFile.repository)
    #expect(status <= 1, "\(command)")
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}
