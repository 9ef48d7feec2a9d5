import Forwarding
import LintRules
import SourceText
import SourceTree

/// What a lint of one text came to, kept whole for comparing it with the lint of a changed text.
struct Examination {
  let tree: SourceTree
  /// One for each document that could be read.
  let analyses: [Analysis]
  /// How many findings the rules raised, those included that others silence.
  let raised: Int
  var report: FileReport

  /// What making it took, as the number of bytes of ordinary text that take as long to lint: a clock would not be the
  /// same in two runs.
  var work: Int {
    report.file.bytes.count + 64 * analyses.reduce(0) { $0 + $1.size } + 256 * raised
  }
}

/// How much more may be done for the fixes of one file.
struct FixBudget {
  private var left: Int

  /// `least` is how often a text as heavy as the first one may be linted in any case, `most` the work that is done
  /// otherwise: that of a few seconds.
  init(_ first: Examination, least: Int, most: Int = 32 << 20) { left = max(most, least * first.work) }

  /// Whether nothing is left.
  var isSpent: Bool { left <= 0 }

  mutating func spend(_ examination: Examination) { left -= examination.work }
}

/// Makes the fixes of one file out of the repairs that its findings know. Each is verified by linting the text with it:
/// its finding vanishes, none is added, and what is said to keep reachability does so.
struct Fixer {
  /// A finding with edits that may mend it.
  private struct Candidate {
    /// Position in the report.
    let finding: Int
    let repair: Repair
    let fix: Fix
  }

  private let linter: Linter
  private let base: Examination
  private let editor: TreeEditor
  private var routeWriter: RouteWriter
  private var candidates: [Candidate] = []
  /// How many more times the text may be linted, be it as light as it is.
  private(set) var attempts = 64
  private(set) var budget: FixBudget
  /// Whether fixes were left out because nothing was left to verify them with.
  private(set) var isCutShort = false

  /// `most` is the number of fixes that are made; with more candidates there are none. Findings that do not count have
  /// none either.
  init(_ linter: Linter, _ base: Examination, _ budget: FixBudget, most: Int = .max) {
    self.budget = budget
    self.linter = linter
    self.base = base
    editor = TreeEditor(base.tree)
    routeWriter = RouteWriter(base.analyses.map(\.model))
    let findings = base.report.findings
    let repairable = findings.indices.filter { findings[$0].suppression == nil && findings[$0].finding.repair != nil }
    guard repairable.count <= most else { return }
    for index in repairable {
      guard let repair = findings[index].finding.repair else { continue }
      let changes = routeWriter.written(repair.changes)
      guard let fix = editor.fix(Repair(repair.title, repair.safety, changes)) else { continue }
      candidates.append(Candidate(finding: index, repair: repair, fix: fix))
    }
  }

  /// The fixes that were verified, by the position of their finding: all together first, in halves where that fails.
  mutating func fixes() -> [Int: Fix] {
    var result: [Int: Fix] = [:]
    for (candidate, safety) in verified() {
      result[candidate.finding] = Fix(title: candidate.fix.title, safety: safety, edits: candidate.fix.edits)
    }
    return result
  }

  /// The text with as many fixes as go together, and the positions of the findings that they mend; nil if there is none.
  mutating func fixed(_ most: Fix.Safety) -> (edited: EditedFile, findings: [Int])? {
    let allowed = verified().filter { most == .changesReachability || $0.safety == .keepsReachability }
    let group = together(allowed.map(\.candidate), most)
    guard !group.isEmpty, let edited = edited(group) else { return nil }
    return (edited, group.map(\.finding))
  }

  private mutating func verified() -> [(candidate: Candidate, safety: Fix.Safety)] {
    let keeping = passing(candidates.filter { $0.repair.safety == .keepsReachability }, .keepsReachability)
    let kept = Set(keeping.map(\.finding))
    let others = candidates.filter { !kept.contains($0.finding) }
    let changing = passing(others, .changesReachability)
    return keeping.map { ($0, .keepsReachability) } + changing.map { ($0, .changesReachability) }
  }

  private mutating func passing(_ group: [Candidate], _ safety: Fix.Safety) -> [Candidate] {
    if group.isEmpty || isSound(group, safety) { return group }
    guard group.count > 1 else { return [] }
    let half = group.count / 2
    return passing(Array(group[..<half]), safety) + passing(Array(group[half...]), safety)
  }

  private mutating func together(_ group: [Candidate], _ safety: Fix.Safety) -> [Candidate] {
    if group.isEmpty || isSound(group, safety) { return group }
    guard group.count > 1 else { return [] }
    let half = group.count / 2
    let first = together(Array(group[..<half]), safety)
    let second = together(Array(group[half...]), safety)
    return isSound(first + second, safety) ? first + second : first.isEmpty ? second : first
  }

  /// Whether the fixes do what they are for when they are applied at once.
  private mutating func isSound(_ group: [Candidate], _ safety: Fix.Safety) -> Bool {
    guard attempts > 0, !budget.isSpent else {
      isCutShort = true
      return false
    }
    guard let file = edited(group)?.file else { return false }
    attempts -= 1
    let result = linter.examine(file, number: base.tree.fileNumber)
    budget.spend(result)
    guard mends(group, result.report), result.analyses.count == base.analyses.count else { return false }
    return safety == .changesReachability
      || zip(base.analyses, result.analyses).allSatisfy { $0.reachesTheSame(as: $1) }
  }

  private mutating func edited(_ group: [Candidate]) -> EditedFile? {
    editor.edits(routeWriter.written(group.flatMap(\.repair.changes))).flatMap(base.tree.file.applying)
  }

  /// Whether the findings of the group are gone and no other has come.
  private func mends(_ group: [Candidate], _ result: FileReport) -> Bool {
    var allowed = Counts(base.report.findings)
    for candidate in group { allowed.remove(base.report.findings[candidate.finding]) }
    return Counts(result.findings).isWithin(allowed)
  }
}

/// How many findings there are of each kind, whatever their place in the text.
private struct Counts {
  private struct Kind: Hashable {
    let code, path: String
    let document: Int
    /// Whether only those are meant that nothing suppresses.
    let counting: Bool
  }

  private var counts: [Kind: Int] = [:]

  init(_ findings: [ReportedFinding]) {
    for finding in findings { for kind in Self.kinds(finding) { counts[kind, default: 0] += 1 } }
  }

  mutating func remove(_ finding: ReportedFinding) {
    for kind in Self.kinds(finding) { counts[kind, default: 0] -= 1 }
  }

  func isWithin(_ most: Counts) -> Bool { counts.allSatisfy { $0.value <= most.counts[$0.key, default: 0] } }

  private static func kinds(_ reported: ReportedFinding) -> [Kind] {
    let (finding, document) = (reported.finding, reported.document)
    let all = Kind(code: finding.code, path: finding.cause.path, document: document, counting: false)
    guard reported.suppression == nil else { return [all] }
    return [all, Kind(code: finding.code, path: finding.cause.path, document: document, counting: true)]
  }
}
