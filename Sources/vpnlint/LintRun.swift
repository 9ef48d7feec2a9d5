import Linting
import SourceText

/// One run of `lint` over paths: finds the files and what governs them, lints them, and gathers what was said.
struct LintRun {
  /// The report on each file: settings first, then the models in the order of the paths.
  let reports: [FileReport]
  /// The report on the baseline, if there is one.
  let baselineReport: FileReport?
  /// Sentences about what could not be read.
  let problems: [String]

  init(_ search: PathSearch, _ settings: SettingsSearch, baseline: ConfigurationFile<Baseline>?) {
    var settings = settings
    let inputs = search.inputs.compactMap { input in settings.linter(for: input).map { (input, $0) } }
    var baselineLinter: Linter?
    if let name = baseline?.file.name {
      baselineLinter = settings.linter(for: InputFile(path: name, name: name, isNamed: true))
    }
    let unreadable = Unreadable(settings.problems + search.problems)
    let models = Linter.lint(count: inputs.count) { index in
      let (input, linter) = inputs[index]
      switch input.read() {
      case .success(let file): return Linter.Job(linter, file, isNamed: input.isNamed)
      case .failure(let problem):
        unreadable.append(problem, at: index)
        return nil
      }
    }
    let reports = settings.reports + models
    self.reports = reports
    baselineReport = baseline.flatMap { baselineLinter?.report(on: $0, after: reports) }
    problems = unreadable.inOrder
  }
}
