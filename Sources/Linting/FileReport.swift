public import LintRules
public import SourceText

/// A finding as a report shows it.
public struct ReportedFinding: Sendable {
  /// The finding.
  public let finding: Finding
  /// Number of the document in its file, from 0.
  public let document: Int
  /// Recognises the finding in a later run.
  public let fingerprint: Fingerprint
  /// Why it does not count; nil if it does.
  public let suppression: Suppression?
  /// Where the finding stands in an imported JSON text, by keys; nil in a text that is a model itself.
  public internal(set) var jsonPath: String?
  /// A change of the text that mends it, verified; nil if none is known.
  public internal(set) var fix: Fix?

  /// Whether a baseline of the run has the finding: what a comment allows does not count without one either, and what
  /// nothing silences counts with one too.
  public var isForBaseline: Bool {
    (suppression == nil || suppression?.kind == .baseline) && !RuleCatalog.mandatory.contains(finding.rule)
  }

  /// The same about a finding in other words.
  func with(_ finding: Finding) -> ReportedFinding {
    ReportedFinding(
      finding: finding, document: document, fingerprint: fingerprint, suppression: suppression, fix: fix)
  }
}

/// What a lint says about one file.
public struct FileReport: Sendable {
  /// The file.
  public let file: SourceFile
  /// Every finding, in the order of the file.
  public private(set) var findings: [ReportedFinding]
  /// What clients of each server reach, document by document.
  public let servers: [ServerReport]
  /// Parts of the network that some model of the file leaves out, or that are not judged; none twice.
  public let notModelled: [UnmodelledPart]
  /// What the file is to the run.
  public let role: Role
  /// The least severity that makes the run fail for this file.
  public let threshold: FailureThreshold
  /// Entries of the baseline for this file that no finding matches.
  public let staleEntries: [HousekeepingProblem]

  /// Whether a finding that counts reaches the threshold that holds for the file.
  public var isFailing: Bool {
    findings.contains { $0.suppression == nil && threshold.isReached(by: $0.finding.severity) }
  }

  /// Whether the file holds models that say that there is no VPN server, and nothing is wrong with them.
  var statesNoServer: Bool { role == .model && servers.isEmpty && findings.allSatisfy { $0.suppression != nil } }

  /// What a file is to a run.
  public enum Role: Sendable {
    case model
    /// Settings or a baseline.
    case configuration
    /// Not a model, and not named by the user.
    case passedOver
  }

  /// The report with fixes, by the position of their finding.
  func with(_ fixes: [Int: Fix]) -> FileReport {
    var report = self
    for (index, fix) in fixes { report.findings[index].fix = fix }
    return report
  }

  /// A file that was looked at and is not a model.
  static func passedOver(_ file: SourceFile) -> FileReport {
    FileReport(
      file: file, findings: [], servers: [], notModelled: [], role: .passedOver, threshold: .never,
      staleEntries: [])
  }
}

/// A file to which fixes were applied.
public struct FixedFile: Sendable {
  /// The file as it was.
  public let original: SourceFile
  /// The report on the file as it was.
  public let before: FileReport
  /// The report on the file as it is with the fixes.
  public let report: FileReport
  /// The findings that are gone, in the order in which they were mended.
  public let mended: [Finding]
  /// Where the lines of the new text come from; nil if the file was left as it is.
  public let origins: LineOrigins?
  /// Whether fixes were left out because verifying each of them would take too long.
  public var isCutShort = false

  /// A file that was left as it is.
  public static func unchanged(_ report: FileReport) -> FixedFile {
    FixedFile(original: report.file, before: report, report: report, mended: [], origins: nil)
  }
}

/// The result of a run: what all reports are made from.
@dynamicMemberLookup
public struct Report: Sendable {
  /// One entry a file, in the order of the run; files that were passed over are left out.
  public let files: [FileReport]
  /// What the run counts.
  public let totals: Totals

  /// Joins what was found in each file.
  public init(_ reports: [FileReport], failures: [String] = [], toolVersion: String) {
    var totals = Totals(failures: failures, toolVersion: toolVersion)
    for report in reports { totals.add(report) }
    files = reports.filter { $0.role != .passedOver }
    self.totals = totals
  }

  /// What the run counts.
  public subscript<Value>(dynamicMember count: KeyPath<Totals, Value>) -> Value { totals[keyPath: count] }
}
