import Importing
import LintRules
import Linting
import Reports
import SourceText
import SourceTree

/// What `lint` is asked for, and the whole command. Without options it is what a value made anew says.
struct LintRequest {
  /// How the findings are printed.
  var format = ReportFormat.text
  /// Reports that are written to files besides.
  var reports: [ReportFile] = []
  /// Which rules speak, and how much they matter; without the baseline and what settings say.
  var options = LintOptions()
  /// Where settings are taken from.
  var settings = SettingsSearch.Source.nearest
  /// The baseline to be read.
  var baseline: String?
  /// The baseline to be written in place of a report.
  var writeBaseline: String?
  /// Whether the paths are files that describe one network together.
  var joinsInputs = false
  /// What is done about fixes; nil if nothing.
  var fixing: Fixing?
  /// Whether the findings are counted by rule.
  var showsStatistics = false
  /// How many files are looked at once; nil for one on each core.
  var workers: Int?
  /// Whether there is no closing line.
  var isQuiet = false
  /// When colours are used.
  var color = ColourChoice.auto
  /// What reports call standard input; nil if nothing was said about it.
  var stdinFilename: String?

  /// Lints the paths and tells what was found.
  func lint(_ paths: [String]) -> ExitStatus {
    guard !paths.isEmpty else {
      return refuse("no path given; name a file, a directory, or `-` for standard input (`vpnlint --help`)")
    }
    if stdinFilename != nil, !paths.contains("-") {
      return refuse("--stdin-filename names standard input, but no path is `-`; add `-` to read it")
    }
    if joinsInputs, fixing != nil {
      return refuse(
        "--import reads the outputs of other programs, and there is nothing to fix in them; leave out --fix")
    }
    if fixing?.mode == .write, paths.contains("-") {
      return refuse("--fix cannot write standard input; name a file, or use --diff to see what would change")
    }
    if let reason = ReportFile.reasonNotToWrite(reports, inPlaceOf: paths) { return refuse(reason) }
    if let reason = writeBaseline.flatMap(BaselineOption.reasonNotToWrite) { return refuse(reason) }
    switch baseline.map(BaselineOption.read) {
    case .failure(let problem): return refuse(problem.sentence)
    case .success(let baseline): return lint(paths, baseline)
    case nil: return lint(paths, nil)
    }
  }

  private func lint(_ paths: [String], _ baseline: ConfigurationFile<Baseline>?) -> ExitStatus {
    var options = options
    options.baseline = baseline.map { $0.content.naming(files: BaselineOption.naming($0.file.name)) }
    options.today = Environment.today
    options.importing = { Importer.model(from: $0) }
    // A baseline without some of the findings would let them count.
    if writeBaseline != nil { options.mostFindings = .max }
    options.showsFixes = writeBaseline == nil && ([format] + reports.map(\.format)).contains { $0.showsFixes }
    let settings = SettingsSearch(settings, options)
    if let problem = settings.problems.first { return refuse(problem) }
    let search = PathSearch(paths, standardInputName: stdinFilename ?? "<stdin>")
    let progress = isQuiet ? nil : Progress.onTerminal
    return finish(
      LintRun(
        search, settings, baseline: baseline, fixing, joins: joinsInputs, largest: options.limits.size,
        workers: workers, progress))
  }

  private func finish(_ run: LintRun) -> ExitStatus {
    if let writeBaseline { return write(run, to: writeBaseline) }
    let report = Report(
      run.reports + (run.baselineReport.map { [$0] } ?? []), failures: run.problems, toolVersion: VPNLint.version)
    let isWritten = Output.standard.write(text(of: report, run))
    let reason = systemReason()
    let unwritten = ReportFile.write(
      report, reports, inPlaceOf: run.reports.map(\.file.name) + [baseline].compactMap(\.self),
      jobSummary: format == .github)
    for problem in run.problems + unwritten { say(problem) }
    if !isWritten { say("standard output cannot be written: \(reason)") }
    let hasReadNothing = report.files.isEmpty && !run.problems.isEmpty
    if !isQuiet, !hasReadNothing { tell(report, run) }
    if showsStatistics { Output.error.write(Statistics.text(for: report)) }
    if !run.problems.isEmpty || !unwritten.isEmpty || !isWritten { return .usage }
    return report.isFailing ? .findings : .clean
  }

  private func text(of report: Report, _ run: LintRun) -> String {
    if fixing?.mode == .show {
      let isShown = Output.standard.isTerminal
      return run.fixed.map { UnifiedDiff.text($0, isShown: isShown) }.joined()
    }
    var text = ""
    format.reporter(color.style).write(report, to: &text)
    return text
  }

  private func tell(_ report: Report, _ run: LintRun) {
    for file in run.fixed {
      Output.error.write(FixSummary.line(for: file, isWritten: fixing?.mode == .write) + "\n")
    }
    Output.error.write(report.summary + "\n")
  }

  /// Writes a baseline. One without the findings of a file that cannot be read would be incomplete.
  private func write(_ run: LintRun, to path: String) -> ExitStatus {
    guard run.problems.isEmpty else {
      for problem in run.problems { say(problem) }
      return refuse("\(path): not written, because not every file could be read")
    }
    do {
      let sentence = try BaselineOption.write(Report(run.reports, toolVersion: VPNLint.version), to: path)
      if !isQuiet { Output.error.write(sentence + "\n") }
      return .clean
    } catch {
      return refuse(error.sentence)
    }
  }

  private func refuse(_ reason: String) -> ExitStatus {
    say(reason)
    return .usage
  }

  /// Names of files may hold anything, so that a sentence about one is made harmless.
  private func say(_ sentence: String) { Output.error.write("vpnlint: \(SafeText.escaped(sentence))\n") }
}

/// When colours are used.
enum ColourChoice: String, CaseIterable {
  case auto, always, never

  /// The style for standard output.
  var style: TextStyle {
    var style = TextStyle()
    style.usesColour =
      switch self {
      case .always: true
      case .never: false
      case .auto: Output.standard.isTerminal && Environment["NO_COLOR"] == nil
      }
    if let width = Output.standard.width { style.width = max(40, width) }
    return style
  }
}
