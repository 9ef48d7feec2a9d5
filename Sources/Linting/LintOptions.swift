public import IPv4Space
import LintRules
import SourceText
public import SourceTree

/// What a run is asked for: which rules speak, and how much they matter.
public struct LintOptions: Sendable {
  /// What settings make of a rule.
  public enum Level: String, Sendable, CaseIterable {
    case off, info, warning, error

    var severity: Severity? { Severity(rawValue: rawValue) }
  }

  /// Names of the only rules that run; nil for all.
  public var only: Set<String>?
  /// Names of rules that do not run.
  public var skip: Set<String> = []
  /// Severities that replace those of the rules, by name.
  public var levels: [String: Level] = [:]
  /// The least severity that makes the run fail; nil for that of the settings, else errors.
  public var failOn: FailureThreshold?
  /// Numbers that replace the provider's where a model has none of its own, by the key of the quota.
  public var quotas: [String: Int] = [:]
  /// Puts texts of another kind together as models are written; nil where only models are read.
  public var importing: ModelImport?
  /// What a file may ask for before reading stops.
  public var limits = SourceLimits()
  /// How many findings of a file are told.
  public var mostFindings = 100_000
  /// Whether findings are shown with their fixes, which takes another lint of the file to verify.
  public var showsFixes = true
  /// Findings that do not count.
  public var baseline: Baseline?
  /// Ranges that home routers use for their LAN.
  public var homeLANs: [IPv4Prefix] = HomeLANs.common
  /// The day on which suppressions and revocation lists are judged, in UTC. The caller's to say: nothing here looks at a
  /// clock, and on the day that it begins with nothing has expired.
  public var today = CivilDate(year: 1970, month: 1, day: 1)

  /// The options without settings.
  public init() {}

  /// Whether there is nothing to lint with.
  public var enablesNoRule: Bool { !RuleCatalog.pages.contains { isAskedFor($0.name) } }

  func isEnabled(_ rule: String) -> Bool { RuleCatalog.mandatory.contains(rule) || isAskedFor(rule) }

  private func isAskedFor(_ rule: String) -> Bool {
    guard !skip.contains(rule), levels[rule] != .off else { return false }
    if let only { return only.contains(rule) }
    return levels[rule] != nil || !RuleCatalog.offByDefault.contains(rule)
  }
}

/// A day of the Gregorian calendar.
public struct CivilDate: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Year, month from 1, day from 1.
  public let year, month, day: Int

  /// Makes a day.
  public init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day in UTC of a moment, in seconds since 1970.
  public init(secondsSince1970 seconds: Int) {
    // Days to civil date in the proleptic Gregorian calendar, in eras of 400 years that begin in March.
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// The beginning of the day in UTC, in seconds since 1970.
  public var secondsSince1970: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468) * 86_400
  }

  /// Reads `2026-12-31`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2]), (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Earlier first.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// `2026-12-31`.
  public var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
