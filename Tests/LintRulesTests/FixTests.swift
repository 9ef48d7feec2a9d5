import LintRules
import Linting
import SourceText
import SourceTree
import Testing

/// The fixes of every example, as written and written otherwise, judged without the code that verifies them.
struct FixTests {
  private static var options: LintOptions {
    var options = LintOptions()
    options.today = CivilDate(year: 2026, month: 8, day: 1)
    return options
  }

  private func kinds(_ findings: [ReportedFinding]) -> [String: Int] {
    findings.reduce(into: [:]) { $0["\($1.finding.code) \($1.finding.cause.path)", default: 0] += 1 }
  }

  @Test(arguments: ExampleCase.all)
  func `each fix mends its finding and nothing else`(_ example: ExampleCase) throws {
    let text = MarkedText(example.example)
    var texts = [text]
    for variant in Variant.allCases {
      if case .success(let varied) = variant.applied(to: text, rule: example.rule.name) { texts.append(varied) }
    }
    for text in texts {
      let report = Linter(Self.options).lint(text.file)
      let before = kinds(report.findings)
      // Where a fix is shown alone, its finding goes and none comes; several are verified together.
      let all = Linter(Self.options).fix(text.file, .changesReachability).report
      #expect(kinds(all.findings).allSatisfy { $0.value <= before[$0.key, default: 0] }, "\(kinds(all.findings))")
      for finding in report.findings {
        guard let fix = finding.fix else { continue }
        let edited = try #require(text.file.applying(fix.edits)).file
        let shown = "\(fix.title)\n\(String(decoding: edited.bytes, as: UTF8.self))"
        let after = kinds(Linter(Self.options).lint(edited).findings)
        let kind = "\(finding.finding.code) \(finding.finding.cause.path)"
        #expect(after[kind, default: 0] < before[kind, default: 0], "not mended by \(shown)")
        let comments = { (file: SourceFile) in SourceTree.read(file).comments.map { file.text($0) } }
        #expect(comments(edited) == comments(text.file), "a comment is lost by \(shown)")
      }
    }
  }

  @Test(arguments: ExampleCase.all)
  func `all fixes together leave nothing to fix`(_ example: ExampleCase) {
    let file = MarkedText(example.example).file
    let fixed = Linter(Self.options).fix(file, .changesReachability)
    let again = Linter(Self.options).fix(fixed.report.file, .changesReachability)
    #expect(again.mended.isEmpty && again.report.file.bytes == fixed.report.file.bytes)
    let lint = Linter(Self.options).lint(fixed.report.file)
    #expect(lint.findings.count == fixed.report.findings.count)
    #expect(fixed.report.findings.count <= fixed.before.findings.count - fixed.mended.count)
    if fixed.mended.isEmpty { #expect(fixed.report.file.bytes == file.bytes) }
  }

  /// What the specification names has a fix.
  @Test func `rules with a fix`() {
    let fixable = Set(
      ExampleCase.all.filter { example in
        Linter(Self.options).lint(MarkedText(example.example).file).findings.contains {
          $0.finding.rule == example.rule.name && $0.fix != nil
        }
      }.map(\.rule.name))
    let expected: Set = [
      "invalid-value", "client-pool-host-bits", "route-host-bits",
      "route-table-host-bits", "route-redundant", "route-shadowed-by-more-specific", "subnet-without-server-route",
      "subnet-partly-covered-by-routes", "split-tunnel-without-server-routes", "full-tunnel-without-server-routes",
      "full-tunnel-without-default-route", "expectation-not-met", "deliver-to-service-endpoints",
      "dns-server-unreachable", "private-dns-without-service-route", "service-dns-without-endpoint-route",
      "vpe-subnet-without-route",
    ]
    #expect(expected.subtracting(fixable).isEmpty, "without: \(expected.subtracting(fixable).sorted())")
  }
}
