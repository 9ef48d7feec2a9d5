public import SourceText

/// What a run counts. Small, however much its files hold.
public struct Totals: Sendable {
  /// The findings of one rule.
  public struct OfRule: Sendable {
    /// Code of the rule.
    public let code: String
    /// How many there are, how many of them do not count, and how many have a fix.
    public internal(set) var count = 0, suppressed = 0, fixes = 0
  }

  /// How many files were linted, settings and the baseline included.
  public private(set) var files = 0
  /// How many files with models were linted; of several that are one network, each.
  public private(set) var models = 0
  /// How many of the models say that there is no VPN server, so that there was nothing to judge.
  public private(set) var modelsWithoutServer = 0
  /// How many files below named directories were not models.
  public private(set) var passedOver = 0
  /// Everything that the verdicts do not take into account, in a fixed order.
  public private(set) var notModelled: [UnmodelledPart] = []
  /// Findings that count, by severity.
  public private(set) var counts: [Severity: Int] = [:]
  /// Findings that do not count.
  public private(set) var suppressed = 0
  /// Findings that a baseline of the run has.
  public private(set) var forBaseline = 0
  /// The findings by the names of their rules.
  public private(set) var rules: [String: OfRule] = [:]
  /// How many findings have a fix, by what it may change.
  public private(set) var fixes: [Fix.Safety: Int] = [:]
  /// Whether a finding that counts reaches the threshold that holds for its file.
  public private(set) var isFailing = false
  /// Sentences about files that could not be read, or not be written: what they hold was not judged.
  public var failures: [String]
  /// Version of vpnlint.
  public let toolVersion: String

  /// Of a run that has looked at nothing yet.
  public init(failures: [String] = [], toolVersion: String) {
    self.failures = failures
    self.toolVersion = toolVersion
  }

  /// Counts a file. The order of files makes no difference.
  public mutating func add(_ file: FileReport) {
    guard file.role != .passedOver else {
      passedOver += 1
      return
    }
    files += 1
    if file.role == .model {
      models += file.file.partCount
      if file.statesNoServer { modelsWithoutServer += 1 }
    }
    notModelled.add(file.notModelled)
    notModelled.sort()
    isFailing = isFailing || file.isFailing
    for reported in file.findings { add(reported) }
  }

  /// Counts the fixes that are left of a file when others are applied.
  public mutating func addFixes(leftOf file: FileReport) {
    for fix in file.findings.lazy.compactMap(\.fix) { fixes[fix.safety, default: 0] += 1 }
  }

  private mutating func add(_ reported: ReportedFinding) {
    let finding = reported.finding
    rules[finding.rule, default: OfRule(code: finding.code)].count += 1
    if let fix = reported.fix {
      rules[finding.rule]?.fixes += 1
      fixes[fix.safety, default: 0] += 1
    }
    if reported.suppression == nil {
      counts[finding.severity, default: 0] += 1
    } else {
      rules[finding.rule]?.suppressed += 1
      suppressed += 1
    }
    if reported.isForBaseline { forBaseline += 1 }
  }
}
