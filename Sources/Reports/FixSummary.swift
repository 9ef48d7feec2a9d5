public import Linting
import SourceText

/// Lines about the fixes of a file.
public enum FixSummary {
  /// What was fixed, if anything was, and whether that is not all.
  public static func lines(for file: FixedFile, isWritten: Bool) -> [String] {
    var lines: [String] = []
    if !file.mended.isEmpty { lines.append(line(for: file, isWritten: isWritten)) }
    if file.isCutShort {
      lines.append(
        "\(SafeText.escaped(file.original.name)): some fixes are left out, as verifying each would take too long; "
          + "mend some of the findings by hand and run vpnlint again")
    }
    return lines
  }

  /// "net.yaml: fixed 2 findings: host bits (1) …".
  private static func line(for file: FixedFile, isWritten: Bool) -> String {
    let rules = RuleCounts(file.mended.map(\.rule)).inWords
    let count = file.mended.count
    let findings = "\(count) finding\(count == 1 ? "" : "s")"
    return "\(SafeText.escaped(file.original.name)): \(isWritten ? "fixed" : "would fix") \(findings) (\(rules))"
  }
}

/// How often each of some rules occurs.
struct RuleCounts {
  /// The most frequent first; of equally frequent ones in the order of their names.
  let sorted: [(rule: String, count: Int)]

  init(_ rules: some Sequence<String>) {
    self.init(rules.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 })
  }

  init(_ counts: [String: Int]) {
    sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  /// "route-host-bits, route-redundant × 2".
  var inWords: String { sorted.map { $0.count == 1 ? $0.rule : "\($0.rule) × \($0.count)" }.joined(separator: ", ") }
}
