import Foundation
import TestSupport
import Testing

/// Runs of a real client and server on this machine: `make conformance`.
@Suite(.serialized, .enabled(if: Conformance.isWanted, "`make conformance` runs it"), .needsLab)
struct ConformanceTests {
  @Test func `random configurations behave as expected`() throws {
    print("conformance: \(Conformance.count) random configurations, CONFORMANCE_SEED=\(Conformance.seed)")
    for index in 0..<Conformance.count {
      let record = try Lab.record(.random(seed: Conformance.seed, index: index))
      let found = contradictions(record) + (try differences(record))
      if !found.isEmpty { Issue.record("\(found.joined(separator: "\n"))\n\(try Corpus.line(record))") }
    }
  }

  /// The lab itself: it sees what was recorded elsewhere.
  @Test func `recorded runs come out the same again`() throws {
    var generator = SplitMix64(seed: Conformance.seed)
    let known = try Corpus.records(Corpus.recorded) + Corpus.records(Corpus.extra)
    let records = known.shuffled(using: &generator).prefix((Conformance.count + 3) / 4)
    for record in records {
      let found = try record.differences(fromRepetition: Lab.record(record.config))
      #expect(found == [], "\(record.config.name)")
    }
  }

  /// With `GOLDEN=write`: a line of `extra.jsonl` that has only a configuration becomes a record.
  @Test(.enabled(if: Conformance.isRenewing, "GOLDEN=write"))
  func `extra runs are recorded anew`() throws {
    try Corpus.write(Corpus.configurations(Corpus.extra).map(Lab.record), to: Corpus.extra)
  }
}
