import LintRules
import Linting
import Reports
import SourceText
import SourceTree

/// What is done about fixes.
struct Fixing {
  /// Whether files are written, or only what would change is shown.
  enum Mode { case write, show }

  var mode: Mode
  /// The fixes that are applied.
  var most: Fix.Safety

  /// The option that asks for it.
  var option: String { mode == .show ? "--diff" : most == .changesReachability ? "--unsafe-fixes" : "--fix" }
}

/// One run of `lint` over paths: finds what governs the files, lints or fixes them, and hands each on to the reports as
/// soon as it is done.
struct LintRun {
  /// Sentences about what could not be read or written.
  let problems: [String]
  /// Lines for each file that was changed, or would be, and for one of which not all fixes were tried.
  let fixes: [String]
  /// Paths of what the findings rest on: the inputs but those that were passed over, and the settings files.
  let sources: [String]

  /// What of a file is of use when all are done.
  private struct Remainder {
    let fixes: [String]
    let staleEntries: [HousekeepingProblem]
    /// The position of the file if it was passed over.
    let passedOver: Int?
  }

  /// `joins` makes one input of all files. `largest` is how many bytes an input may have, `workers` how many files are
  /// looked at once; nil for one on each core.
  init(
    _ search: PathSearch, _ settings: SettingsSearch, baseline: ConfigurationFile<Baseline>?, _ fixing: Fixing? = nil,
    joins: Bool = false, largest: Int = SourceLimits().size, workers: Int? = nil, _ progress: Progress? = nil,
    _ reports: LintReports
  ) {
    var settings = settings
    let inputs = search.inputs.compactMap { input in settings.linter(for: input).map { (input, $0) } }
    var baselineLinter: Linter?
    if let name = baseline?.file.name {
      baselineLinter = settings.linter(for: InputFile(name))
    }
    let failures = FileFailures(settings.problems + search.problems)
    let first = settings.reports.count
    for (position, report) in settings.reports.enumerated() { reports.take(.unchanged(report), at: position) }
    progress?.begin(inputs.count)
    @Sendable func take(_ file: FixedFile?, at index: Int) -> Remainder? {
      reports.take(file, at: first + index)
      return file.map { file in
        let fixes = FixSummary.lines(for: file, isWritten: fixing?.mode == .write)
        let isPassedOver = file.report.role == .passedOver
        return Remainder(
          fixes: fixes, staleEntries: file.report.staleEntries, passedOver: isPassedOver ? index : nil)
      }
    }
    let remainders: [Remainder]
    if joins {
      remainders = [take(Self.joined(inputs, largest) { failures.append($0, at: $1) }, at: 0)].compactMap(\.self)
    } else {
      remainders = Parallel.compactMap(Parallel.order(ofSizes: inputs.map(\.0.size)), workers: workers) { index in
        defer { progress?.advance() }
        let (input, linter) = inputs[index]
        let file = Self.result(linter, UInt32(index), input, largest, fixing) { failures.append($0, at: index) }
        return take(file, at: index)
      }
    }
    progress?.end()
    if let baseline, let report = baselineLinter?.report(on: baseline, stale: remainders.flatMap(\.staleEntries)) {
      reports.take(.unchanged(report), at: first + (joins ? 1 : inputs.count))
    }
    fixes = remainders.flatMap(\.fixes)
    problems = failures.inOrder
    var isSource = [Bool](repeating: true, count: inputs.count)
    for position in remainders.lazy.compactMap(\.passedOver) { isSource[position] = false }
    sources = zip(inputs, isSource).compactMap { $1 ? $0.0.path : nil } + settings.reports.map(\.file.name)
  }

  /// Lints the files as one input, by the settings of the first. None is passed over. A file that cannot be read is
  /// missing from the whole, so that nothing is judged.
  private static func joined(
    _ inputs: [(InputFile, Linter)], _ largest: Int, fail: (String, Int) -> Void
  ) -> FixedFile? {
    var files: [SourceFile] = []
    for (index, input) in inputs.enumerated() {
      switch input.0.read(limit: largest) {
      case .success(let file): files.append(file)
      case .failure(let problem): fail(problem.sentence, index)
      }
    }
    guard let linter = inputs.first?.1, files.count == inputs.count else { return nil }
    guard let file = SourceFile(joining: files, most: largest) else {
      fail(InputFile.ReadProblem(tooLarge: "the files together", largest).sentence, 0)
      return nil
    }
    return .unchanged(linter.lint(file))
  }

  private static func result(
    _ linter: Linter, _ number: UInt32, _ input: InputFile, _ largest: Int, _ fixing: Fixing?, fail: (String) -> Void
  ) -> FixedFile? {
    switch input.read(limit: largest) {
    case .success(let file): return result(linter, file, number, input, fixing, fail: fail)
    case .failure(let problem):
      fail(problem.sentence)
      return nil
    }
  }

  private static func result(
    _ linter: Linter, _ file: SourceFile, _ number: UInt32, _ input: InputFile, _ fixing: Fixing?,
    fail: (String) -> Void
  ) -> FixedFile {
    guard let fixing else { return .unchanged(linter.lint(file, number: number, isNamed: input.isNamed)) }
    let fixed = linter.fix(file, fixing.most, number: number, isNamed: input.isNamed)
    guard fixing.mode == .write, !fixed.mended.isEmpty, let path = input.path else { return fixed }
    do {
      try AtomicFile.write(fixed.report.file.bytes, to: path, inPlaceOf: file.bytes)
      return fixed
    } catch {
      fail("\(input.name): not fixed: \(error.reason)")
      return .unchanged(fixed.before)
    }
  }
}
