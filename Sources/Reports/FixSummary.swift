public import Linting
import SourceText

/// One line about the fixes of a file.
public enum FixSummary {
  /// "net.yaml: fixed 2 findings: host bits (1) …".
  public static func line(for file: FixedFile, isWritten: Bool) -> String {
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
