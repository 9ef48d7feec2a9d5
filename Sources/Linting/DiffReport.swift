public import ClientVPN
public import Forwarding
public import IPv4Space
import LintRules
public import SourceText
import SourceTree

/// Two files compared, document by document: what `diff` reports.
public struct DiffReport: Sendable {
  /// The files.
  public let old, new: SourceFile
  /// The verdict, in sentences.
  public let verdict: [String]
  /// Every edit.
  public let changes: [Edit]
  /// The servers, those that are gone last.
  public let servers: [ServerDiff]
  /// The addresses for which reachability is widened or narrowed for clients of some server, where nothing is known of
  /// their place.
  public let widened, narrowed: IPv4Set
  /// What becomes of reachability, from wherever clients connect.
  public let reachability: ReachChange
  /// The worst that happens to connected clients.
  public let sessions: SessionEffect
  /// Parts of the network that one of the files alone holds, such as "network ACLs", and whether that is the new one.
  public let modelledOnce: [(part: String, isInNew: Bool)]
  /// What is not compared, because one of the files alone does not tell it, a sentence each.
  public let notCompared: [String]
  /// Whether it is not known of some packets what becomes of them in one of the files, and is in the other one.
  public let isUndetermined: Bool
  /// The findings of the rules about changes, in the new file.
  public let findings: FileReport

  /// An edit in words.
  public struct Edit: Sendable {
    /// What was edited, and what becomes of sessions and why.
    public let title, because: String
    /// Path of the resource, and what is done to it, such as `route-added`.
    public let subject, kind: String
    /// What becomes of reachability where the edit has a say.
    public let reachability: ReachChange
    /// What becomes of connected clients.
    public let sessions: SessionEffect
    /// The value and the place in the old file, and in the new one.
    public let before, after: Change.Value?
  }

  /// Compares two files that are well formed. What the rules about changes say is as `linter` has it.
  public init(_ old: ModelFile, _ new: ModelFile, _ linter: Linter = Linter()) {
    (self.old, self.new) = (old.file, new.file)
    let comparisons = Self.pairs(old.analyses, new.analyses).map { Comparison($0, $1) }
    verdict = Self.verdict(comparisons)
    changes = comparisons.flatMap { comparison in comparison.changes.map(Edit.init) }
    servers = comparisons.flatMap { comparison in comparison.servers.map { ServerDiff($0, in: comparison) } }
    let places = comparisons.flatMap { $0.servers.compactMap(\.places.first) }
    widened = IPv4Set(places.flatMap(\.widened.ranges))
    narrowed = IPv4Set(places.flatMap(\.narrowed.ranges))
    reachability = comparisons.map(\.reachability).reduce(.unchanged) { $0.joined($1) }
    sessions = comparisons.map(\.sessions).max() ?? .none
    var parts: [(part: String, isInNew: Bool)] = []
    for (part, isInNew) in comparisons.flatMap(\.modelledOnce)
    where !parts.contains(where: { $0 == (part.rawValue, isInNew) }) {
      parts.append((part.rawValue, isInNew))
    }
    if let isInNew = comparisons.lazy.compactMap(\.networksAreInNew).first {
      parts.append(("networks beyond the VPC", isInNew))
    }
    modelledOnce = parts
    let gaps = comparisons.flatMap { $0.sentencesOnGaps { isNew in (isNew ? new : old).file.name } }
    notCompared = gaps.enumerated().filter { !gaps[..<$0.offset].contains($0.element) }.map(\.element)
    isUndetermined = comparisons.contains(where: \.isUndetermined)
    findings = linter.report(on: comparisons, from: old.file, to: new)
  }

  private static func verdict(_ comparisons: [Comparison]) -> [String] {
    let sentences = comparisons.filter { !$0.changes.isEmpty || $0.reachability != .unchanged }.flatMap { comparison in
      let name = (comparison.isRemoved ? comparison.before : comparison.after).model.vpc.name?.value
      let lead = comparisons.count > 1 ? "VPC \((name ?? "").quoted): " : ""
      return comparison.verdict.map { lead + $0 }
    }
    if !sentences.isEmpty { return sentences }
    return (comparisons.first { !$0.notCompared.isEmpty } ?? comparisons.first)?.verdict ?? ["nothing changes"]
  }

  /// Documents of one VPC by its id, else by its name; the others in their order.
  private static func pairs(_ old: [Analysis], _ new: [Analysis]) -> [(Analysis?, Analysis?)] {
    var rest = Array(old.enumerated())
    var partners = [Analysis?](repeating: nil, count: new.count)
    let keys: [(Model) -> String?] = [{ $0.vpc.id?.value }, { $0.vpc.name?.value }]
    for key in keys {
      for index in new.indices where partners[index] == nil {
        guard let value = key(new[index].model),
          let match = rest.firstIndex(where: { key($0.element.model) == value })
        else { continue }
        partners[index] = rest.remove(at: match).element
      }
    }
    for index in new.indices where partners[index] == nil && !rest.isEmpty {
      partners[index] = rest.removeFirst().element
    }
    return zip(partners, new).map { ($0, $1) } + rest.map { ($0.element, nil) }
  }
}

extension DiffReport.Edit {
  fileprivate init(_ change: Change) {
    self.init(
      title: change.title, because: change.because, subject: change.subject, kind: change.kind,
      reachability: change.reachability, sessions: change.sessions, before: change.before, after: change.after)
  }
}

extension Linter {
  /// What the rules about changes find. Labels in the old file become notes, since a report is about one file.
  func report(on comparisons: [Comparison], from old: SourceFile, to newModel: ModelFile) -> FileReport {
    let new = newModel.file
    let lines = LineIndex(old)
    let (number, limits) = (ModelFile.newNumber, options.limits)
    let tree =
      new.isJoined
      ? SourceTree.readJSON(new, number: number, limits: limits)
      : SourceTree.read(new, number: number, limits: limits)
    return changeReport(on: comparisons, tree, isImported: newModel.isImported) { finding in
      var finding = finding
      let places = finding.labels.filter { $0.span.file == ModelFile.oldNumber }
      finding.labels.removeAll { $0.span.file == ModelFile.oldNumber }
      finding.notes += places.map { "\($0.text) (\(old.name):\(lines.position($0.span.start).line))" }
      return finding
    }
  }
}
