import LintRules
import Linting
import Reports
import SourceText

/// Fixes: a text with one, and a text with all that go together, can be read and lints no worse.
enum FixesTarget {
  static func run(_ bytes: [UInt8]) {
    let file = SourceFile(name: "net.yaml", bytes: bytes)
    let linter = Linter(options)
    let before = linter.lint(file)
    for reported in before.findings {
      guard let fix = reported.fix else { continue }
      guard let edited = file.applying(fix.edits) else { fatalError("the edits of \(fix) do not fit the text") }
      expect(Weight(linter.lint(edited.file)) < Weight(before), "\(reported.finding.rule): the fix mends nothing")
    }
    for safety in [Fix.Safety.keepsReachability, .changesReachability] { check(linter.fix(file, safety), before) }
  }

  private static func check(_ fixed: FixedFile, _ before: FileReport) {
    expect(Weight(fixed.report) <= Weight(before), "the fixed text lints worse")
    expect(fixed.mended.isEmpty || Weight(fixed.report) < Weight(before), "something was mended and is still there")
    expect(fixed.mended.isEmpty == (fixed.report.file.bytes == fixed.original.bytes), "changed without being mended")
    LintTarget.check(fixed.report)
    _ = UnifiedDiff.text(fixed, isShown: true)
    _ = FixSummary.lines(for: fixed, isWritten: true)
  }

  private static let options = {
    var options = LintTarget.options
    options.showsFixes = true
    return options
  }()

  /// How much is wrong with a text: first whether it can be read, then how much counts.
  private struct Weight: Comparable {
    let unreadable, counting: Int

    init(_ report: FileReport) {
      let counts = report.findings.filter { $0.suppression == nil }
      unreadable = counts.count { ["yaml-syntax", "limit-exceeded"].contains($0.finding.rule) }
      counting = counts.count
    }

    static func < (left: Weight, right: Weight) -> Bool {
      (left.unreadable, left.counting) < (right.unreadable, right.counting)
    }
  }
}
