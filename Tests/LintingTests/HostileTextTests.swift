import LintRules
import Linting
import SourceText
import Testing

/// Texts that fuzzing found: whatever is in them, every place of a finding lies in the text.
struct HostileTextTests {
  @Test func `a comment that is no UTF-8 allows nothing`() {
    let comment = Array("# vpnlint: allow(".utf8) + Array(repeating: 0x8A, count: 50) + Array("): because\n".utf8)
    let report = Linter().lint(SourceFile(name: "net.yaml", bytes: Array("a: 1\n".utf8) + comment))
    #expect(report.findings.map(\.finding.rule) == ["yaml-syntax"])
    #expect(report.findings.allSatisfy { Int($0.finding.primary.span.end) <= report.file.bytes.count })
  }
}
