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
    if joinsInputs, let fixing {
      return refuse(
        "--import reads the outputs of other programs, and there is nothing to fix in them; leave out \(fixing.option)")
    }
    if let fixing, fixing.mode == .write, paths.contains("-") {
      return refuse(
        "\(fixing.option) cannot write standard input; name a file, or use --diff to see what would change")
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
    do throws(Refusal) { options.today = try Environment.today() } catch { return refuse(error.description) }
    options.importing = { Importer.model(from: $0) }
    // A baseline without some of the findings would let them count.
    if writeBaseline != nil { options.mostFindings = .max }
    options.showsFixes = writeBaseline == nil && ([format] + reports.map(\.format)).contains { $0.showsFixes }
    let settings = SettingsSearch(settings, options)
    if let problem = settings.problems.first { return refuse(problem) }
    let search = PathSearch(paths, standardInputName: stdinFilename ?? "<stdin>")
    let progress = isQuiet ? nil : Progress.onTerminal
    let reports = LintReports(self, progress)
    let run = LintRun(
      search, settings, baseline: baseline, fixing, joins: joinsInputs, largest: options.limits.size, workers: workers,
      progress, reports)
    return finish(run, reports, read: run.sources + [self.baseline].compactMap(\.self))
  }

  private func finish(_ run: LintRun, _ reports: LintReports, read: [String]) -> ExitStatus {
    let totals = reports.totals(failures: run.problems)
    if let writeBaseline { return write(reports, totals, to: writeBaseline) }
    let reason = reports.finish(format, totals)
    let unwritten = ReportFile.write(self.reports, summary: summaryPath, inPlaceOf: read) { reports.text($0, totals) }
    for problem in run.problems + unwritten { say(problem) }
    if let reason { say("standard output cannot be written: \(reason)") }
    let hasReadNothing = totals.files == 0 && !run.problems.isEmpty
    if !isQuiet, !hasReadNothing {
      for line in run.fixes + [totals.summary] { Output.error.write(line + "\n") }
    }
    if showsStatistics { Output.error.write(Statistics.text(for: totals)) }
    if !run.problems.isEmpty || !unwritten.isEmpty || reason != nil { return .usage }
    return totals.isFailing ? .findings : .clean
  }

  /// The file to which a job of GitHub Actions appends its summary: if annotations are written, and there is a place.
  var summaryPath: String? {
    let isAnnotated = format == .github || reports.contains { $0.format == .github }
    return isAnnotated && writeBaseline == nil ? Environment["GITHUB_STEP_SUMMARY"] : nil
  }

  /// Writes a baseline. One without the findings of a file that cannot be read would be incomplete.
  private func write(_ reports: LintReports, _ totals: Totals, to path: String) -> ExitStatus {
    guard totals.failures.isEmpty else {
      for problem in totals.failures { say(problem) }
      return refuse("\(path): not written, because not every file could be read")
    }
    do {
      try AtomicFile.write(reports.baselineText(totals), to: path)
      let count = totals.forBaseline
      if !isQuiet {
        let sentence = "\(SystemPath.shown(path)): \(count) finding\(count == 1 ? "" : "s") in the baseline"
        Output.error.write(SafeText.escaped(sentence) + "\n")
      }
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
