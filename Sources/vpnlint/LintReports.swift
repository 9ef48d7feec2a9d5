import Linting
import Reports
import SourceText
import Synchronization

/// All reports of one run of `lint`. They take the files as they are done, so that nothing of a file stays in memory but
/// what the reports say of it.
final class LintReports: Sendable {
  private let totals: Mutex<Totals>
  /// The reports that are written at the end, by their formats.
  private let drafts: [ReportFormat: any ReportDraft]
  private let baseline: (any ReportDraft)?
  /// Standard output, if it is written file by file.
  private let stream: OrderedOutput?
  private let streamed: @Sendable (FixedFile) -> String
  private let showsOriginals: Bool

  /// Begins the reports that are asked for. `progress` makes room for what is written meanwhile.
  init(_ request: LintRequest, _ progress: Progress?) {
    totals = Mutex(Totals(toolVersion: VPNLint.version))
    showsOriginals = request.fixing?.mode == .show
    var formats = Set(request.reports.map(\.format))
    if request.summaryPath != nil { formats.insert(.markdown) }
    if let path = request.writeBaseline {
      baseline = BaselineFile(name: BaselineOption.naming(path)).draft
      (stream, streamed) = (nil, { _ in "" })
    } else {
      baseline = nil
      let reporter = request.format.reporter(request.color.style)
      if showsOriginals {
        let isShown = Output.standard.isTerminal
        stream = OrderedOutput(.standard, separator: "", progress)
        streamed = { UnifiedDiff.text($0, isShown: isShown) }
      } else if let reporter = reporter as? any FlowingReporter {
        stream = OrderedOutput(.standard, separator: reporter.separator, progress)
        streamed = { reporter.part($0.report) }
      } else {
        formats.insert(request.format)
        (stream, streamed) = (nil, { _ in "" })
      }
    }
    drafts = Dictionary(uniqueKeysWithValues: formats.map { ($0, $0.reporter().draft) })
  }

  /// Takes what was found in the file at a position of the run; nil if it could not be read.
  func take(_ file: FixedFile?, at position: Int) {
    defer { stream?.put(file.map { $0.report.role == .passedOver ? "" : streamed($0) } ?? "", at: position) }
    // What is only shown has not happened: the files are as they were.
    guard let report = showsOriginals ? file?.before : file?.report else { return }
    totals.withLock { totals in
      totals.add(report)
      // Those that are shown are told in a line of their own.
      if showsOriginals, let left = file?.report { totals.addFixes(leftOf: left) }
    }
    guard report.role != .passedOver else { return }
    for draft in drafts.values { draft.add(report, at: position) }
    baseline?.add(report, at: position)
  }

  /// What the run has counted, with sentences about what was not judged.
  func totals(failures: [String]) -> Totals {
    var totals = totals.withLock { $0 }
    totals.failures = failures
    return totals
  }

  /// Writes to standard output what is not there yet; the system's reason if it cannot be written.
  func finish(_ format: ReportFormat, _ totals: Totals) -> String? {
    if let stream { return stream.failure.map { systemReason($0) } }
    guard let draft = drafts[format] else { return nil }
    return Output.standard.write(draft.text(totals)) ? nil : systemReason()
  }

  /// The report of a format that was asked for.
  func text(_ format: ReportFormat, _ totals: Totals) -> String { drafts[format]?.text(totals) ?? "" }

  /// The text of the baseline that was asked for.
  func baselineText(_ totals: Totals) -> String { baseline?.text(totals) ?? "" }
}
