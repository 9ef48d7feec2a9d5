public import ClientVPN
public import Forwarding
public import IPv4Space
public import SourceText
public import SourceTree

/// A question to a document. A rule reads the analysis and words the answer; it decides nothing about reachability,
/// keeps no state, and knows no other rule.
public protocol Rule: Sendable {
  /// The rule's page.
  static var info: RuleInfo { get }

  /// Reports every finding of the rule about the subject.
  static func check(_ subject: LintSubject, _ report: (Finding) -> Void)
}

/// What the rules are asked about: one document, or what stands for a file that has none.
public struct LintSubject: Sendable {
  /// What kept the file from being read whole; belongs to the first subject of a file.
  public var syntaxProblems: [SyntaxProblem] = []
  /// The analysed model; nil where the text could not be read.
  public var analysis: Analysis?
  /// The model beside an older one, for the rules about a change; nil for the lint of a file.
  public var comparison: Comparison?
  /// What is wrong with suppressions, settings and baselines.
  public var housekeeping: [HousekeepingProblem] = []
  /// How many findings a file may have, and where the first lies that is not told; nil if all are told.
  public var untold: (limit: Int, first: Span)?
  /// Ranges that home routers use for their LAN.
  public var homeLANs: [IPv4Prefix] = HomeLANs.common
  /// The beginning of the day of the lint, in UTC: what ends before it has ended.
  public var startOfToday = Timestamp(seconds: 0)

  /// A subject about which nothing is known yet.
  public init() {}
}

/// A rule about a model that could be read.
protocol ModelRule: Rule {
  static func check(_ analysis: Analysis, _ report: (Finding) -> Void)
}

extension ModelRule {
  /// Asks the rule about the model of the subject, if there is one.
  public static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    if let analysis = subject.analysis { check(analysis, report) }
  }
}

/// A rule about a change from one model to another. What a finding points at stands in the new one; places in the old one
/// may be labels.
protocol ChangeRule: Rule {
  static func check(_ comparison: Comparison, _ report: (Finding) -> Void)
}

extension ChangeRule {
  /// Asks the rule about the two models of the subject, if there are two.
  public static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    if let comparison = subject.comparison { check(comparison, report) }
  }
}

extension Rule {
  /// A finding of this rule; `severity` where it differs from the rule's own.
  static func finding(
    _ message: String, _ cause: Cause, at span: Span, _ label: String, severity: Severity? = nil
  ) -> Finding {
    Finding(
      code: info.code, rule: info.name, severity: severity ?? info.severity, message: message, cause: cause,
      primary: Label(span, label))
  }
}

/// Ranges that common home routers use for their LAN (SPEC §3).
public enum HomeLANs {
  /// The list that holds without settings.
  public static let common: [IPv4Prefix] =
    [0, 1, 2, 8, 10, 11, 86, 100, 178].map { IPv4Prefix(IPv4Address(192, 168, $0, 0), length: 24) }
    + [0, 1].map { IPv4Prefix(IPv4Address(10, 0, $0, 0), length: 24) }
}

/// Something wrong with the lint itself: its comments, settings or baseline.
public struct HousekeepingProblem: Hashable, Sendable {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    case unknownRule(name: String, nearest: String?)
    /// A suppression that cannot be understood, and what is expected.
    case malformedSuppression(expected: String)
    case unusedSuppression(rule: String)
    case expiredSuppression(rule: String, until: String)
    case invalidSetting(key: String, found: String, expected: String, nearest: String?)
    /// A part of a baseline by its path, such as `findings[3].rule`; empty for the whole.
    case invalidBaseline(part: String, BaselineFlaw)
    case staleBaselineEntry(rule: String, subject: String)
  }

  /// What a part of a baseline can suffer from.
  public enum BaselineFlaw: Hashable, Sendable {
    case absent
    /// The key is there again; the first one holds.
    case repeated
    case unusable(found: String, expected: String)
  }

  /// What is wrong.
  public let kind: Kind
  /// The place to edit.
  public let span: Span

  /// Makes a problem.
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}
