import LintRules
import SourceText
import SourceTree

/// Findings of an earlier run, which do not count again. A finding is recognised by its file and fingerprint.
public struct Baseline: Sendable {
  /// A finding of the earlier run.
  struct Entry: Sendable {
    let fingerprint, rule, subject: String
    let span: Span
  }

  private let entriesOfFile: [String: [Entry]]
  /// What the baseline calls a file that a run calls so.
  private var name: @Sendable (String) -> String = { $0 }

  init(_ entries: [(file: String, entry: Entry)]) {
    entriesOfFile = Dictionary(grouping: entries) { Self.key(of: $0.file) }.mapValues { $0.map(\.entry) }
  }

  /// The entries for a file.
  func entries(of file: String) -> [Entry] {
    entriesOfFile.isEmpty ? [] : entriesOfFile[Self.key(of: name(file))] ?? []
  }

  /// The baseline for a run that calls files otherwise; `name` tells what the baseline calls them.
  public func naming(files name: @escaping @Sendable (String) -> String) -> Baseline {
    var baseline = self
    baseline.name = name
    return baseline
  }

  /// `./net.yaml` and `net.yaml` are one file.
  private static func key(of path: String) -> String {
    (path.hasPrefix("/") ? "/" : "") + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}

/// Applies a baseline to the findings of one file.
struct BaselineMatcher {
  private let entries: [Baseline.Entry]
  private let known: Set<String>
  private var met: Set<String> = []

  init(_ entries: [Baseline.Entry]) {
    self.entries = entries
    known = Set(entries.map(\.fingerprint))
  }

  /// The suppression of the finding with this fingerprint, if the baseline has it.
  mutating func suppression(of fingerprint: Fingerprint) -> Suppression? {
    guard !known.isEmpty, known.contains(fingerprint.description) else { return nil }
    met.insert(fingerprint.description)
    return Suppression(kind: .baseline, reason: "in the baseline", until: nil)
  }

  /// Entries that no finding matched although their rule ran.
  func stale(_ options: LintOptions) -> [HousekeepingProblem] {
    entries.filter { !met.contains($0.fingerprint) && options.isEnabled($0.rule) }.map {
      HousekeepingProblem(.staleBaselineEntry(rule: $0.rule, subject: $0.subject), $0.span)
    }
  }
}
