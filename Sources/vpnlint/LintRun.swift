import Linting
import SourceText
import SourceTree

/// What is done about fixes.
struct Fixing {
  /// Whether files are written, or only what would change is shown.
  enum Mode { case write, show }

  var mode: Mode
  /// The fixes that are applied.
  var most: Fix.Safety
}

/// One run of `lint` over paths: finds the files and what governs them, lints or fixes them, and gathers what was said.
struct LintRun {
  /// The report on each file: settings first, then the models in the order of the paths.
  let reports: [FileReport]
  /// The report on the baseline, if there is one.
  let baselineReport: FileReport?
  /// Sentences about what could not be read or written.
  let problems: [String]
  /// The files that were changed, or would be.
  let fixed: [FixedFile]

  /// `joins` makes one input of all files. `largest` is how many bytes an input may have, `workers` how many files are looked at once; nil for one on each core.
  init(
    _ search: PathSearch, _ settings: SettingsSearch, baseline: ConfigurationFile<Baseline>?, _ fixing: Fixing? = nil,
    joins: Bool = false, largest: Int = SourceLimits().size, workers: Int? = nil, _ progress: Progress? = nil
  ) {
    var settings = settings
    let inputs = search.inputs.compactMap { input in settings.linter(for: input).map { (input, $0) } }
    var baselineLinter: Linter?
    if let name = baseline?.file.name {
      baselineLinter = settings.linter(for: InputFile(path: name, name: name, isNamed: true))
    }
    let failures = FileFailures(settings.problems + search.problems)
    progress?.begin(inputs.count)
    let joined = joins ? Self.joined(inputs, largest) { failures.append($0, at: $1) } : []
    let models =
      joins
      ? joined
      : Parallel.compactMap(inputs.count, workers: workers) { index -> FixedFile? in
        defer { progress?.advance() }
        let (input, linter) = inputs[index]
        switch input.read(limit: largest) {
        case .success(let file):
          return Self.result(linter, file, UInt32(index), input, fixing) { failures.append($0, at: index) }
        case .failure(let problem):
          failures.append(problem.sentence, at: index)
          return nil
        }
      }
    progress?.end()
    fixed = models.filter { !$0.mended.isEmpty }
    // What is only shown has not happened: the files are as they were.
    let reports = settings.reports + models.map { fixing?.mode == .show ? $0.before : $0.report }
    self.reports = reports
    baselineReport = baseline.flatMap { baselineLinter?.report(on: $0, after: reports) }
    problems = failures.inOrder
  }

  /// Lints the files as one input, by the settings of the first. None is passed over. A file that cannot be read is
  /// missing from the whole, so that nothing is judged.
  private static func joined(
    _ inputs: [(InputFile, Linter)], _ largest: Int, fail: (String, Int) -> Void
  ) -> [FixedFile] {
    var files: [SourceFile] = []
    for (index, input) in inputs.enumerated() {
      switch input.0.read(limit: largest) {
      case .success(let file): files.append(file)
      case .failure(let problem): fail(problem.sentence, index)
      }
    }
    guard let linter = inputs.first?.1, files.count == inputs.count else { return [] }
    guard let file = SourceFile(joining: files, most: largest) else {
      fail(InputFile.ReadProblem(tooLarge: "the files together", largest).sentence, 0)
      return []
    }
    return [.unchanged(linter.lint(file))]
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
      fail(error.sentence)
      return .unchanged(fixed.before)
    }
  }
}
