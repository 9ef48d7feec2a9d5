import LintRules
import SourceText
import SourceTree

/// Why a finding does not count.
public struct Suppression: Hashable, Sendable {
  /// What suppresses it.
  public enum Kind: String, Sendable {
    case comment, file, baseline
  }

  /// What suppresses it.
  public let kind: Kind
  /// The reason given.
  public let reason: String
  /// The last day on which it holds, if it ends.
  public let until: CivilDate?
}

/// Applies the suppression comments of one file to its findings.
struct Suppressor {
  private struct Entry {
    let rule: String
    let span: Span
    let comment: SuppressionComment
    var isUsed = false
  }

  private struct Reach: Hashable {
    let rule: String
    /// nil for the whole file.
    let line: Int?
  }

  private var entries: [Entry] = []
  /// The first of the entries that hold for a rule on a line, or for the whole file.
  private var firsts: [Reach: Int] = [:]
  /// What is wrong with the comments.
  private(set) var problems: [HousekeepingProblem] = []
  private let lines: LineIndex?
  private var names = NearestRule()

  init(_ tree: SourceTree, _ options: LintOptions) {
    let comments = SuppressionComment.all(in: tree)
    guard !comments.isEmpty else {
      lines = nil
      return
    }
    let lines = LineIndex(tree.file)
    self.lines = lines
    for comment in comments {
      switch comment {
      case .failure(let malformed):
        problems.append(HousekeepingProblem(.malformedSuppression(expected: malformed.expected), malformed.span))
      case .success(let comment): add(comment, options, lines)
      }
    }
  }

  private mutating func add(_ comment: SuppressionComment, _ options: LintOptions, _ lines: LineIndex) {
    let line = lines.position(comment.span.start).line
    for allowance in comment.allowances {
      guard let rule = RuleCatalog.page(named: allowance.rule)?.name else {
        let nearest = names.nearest(to: allowance.rule)
        problems.append(HousekeepingProblem(.unknownRule(name: allowance.rule, nearest: nearest), allowance.span))
        continue
      }
      if let until = comment.until, until < options.today {
        problems.append(HousekeepingProblem(.expiredSuppression(rule: rule, until: until.description), allowance.span))
        continue
      }
      for line in comment.isForFile ? [nil] : [line, line + 1] {
        let reach = Reach(rule: rule, line: line)
        if firsts[reach] == nil { firsts[reach] = entries.count }
      }
      entries.append(Entry(rule: rule, span: allowance.span, comment: comment))
    }
  }

  /// The suppression of a finding, if there is one; marks it as used.
  mutating func suppression(of finding: Finding) -> Suppression? {
    guard let lines, !entries.isEmpty, !RuleCatalog.mandatory.contains(finding.rule) else { return nil }
    let line = lines.position(finding.primary.span.start).line
    let onLine = firsts[Reach(rule: finding.rule, line: line)]
    let inFile = firsts[Reach(rule: finding.rule, line: nil)]
    guard let index = [onLine, inFile].compactMap(\.self).min() else { return nil }
    entries[index].isUsed = true
    let comment = entries[index].comment
    return Suppression(kind: comment.isForFile ? .file : .comment, reason: comment.reason, until: comment.until)
  }

  /// Suppressions that suppressed nothing although their rule ran. Rules about changes run in a comparison alone.
  func unused(_ options: LintOptions) -> [HousekeepingProblem] {
    entries.filter { !$0.isUsed && options.isEnabled($0.rule) && !isOfChange($0.rule) }.map {
      HousekeepingProblem(.unusedSuppression(rule: $0.rule), $0.span)
    }
  }

  private func isOfChange(_ rule: String) -> Bool { RuleCatalog.page(named: rule)?.group == .change }
}
