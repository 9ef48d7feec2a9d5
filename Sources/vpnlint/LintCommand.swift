import ArgumentParser
import LintRules
import Linting
import Reports
import SourceText

/// `vpnlint lint PATH…`
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Lint models: which subnets clients cannot reach, and why.",
    usage: "vpnlint [lint] [OPTIONS] PATH…",
    discussion: """
      A JSON file can also be an answer of the IBM Cloud API, a dump of a collector, or what `terraform show -json` prints.

      Exit status: 0 clean or nothing at or above the threshold, 1 findings, 2 wrong use or a file that cannot be read, \
      3 a fault of vpnlint itself.
      """)

  /// Is not filled: the paths come apart from the options, see `ArgumentSplitter`. Help, the manual and completions
  /// know of them from here.
  @Argument(
    help: ArgumentHelp(
      "A file, a directory (searched for *.yaml, *.yml and *.json that look like models), or `-` for standard input.",
      valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @Option(
    help: """
      How to print the findings: text (the default), plain, oneline, json, sarif, junit, github, gitlab, markdown or html.
      """, completion: .values(of: ReportFormat.self), transform: ReportFormat.parse)
  var format: ReportFormat = .text

  @Option(
    help: ArgumentHelp("Write a report to a file besides; may be repeated.", valueName: "format:file"),
    completion: .custom(ReportFile.completions), transform: ReportFile.parse)
  var report: [ReportFile] = []

  @Option(
    help: ArgumentHelp(
      "The least severity that ends with status 1: error (the default), warning, info or never.",
      valueName: "severity"),
    completion: .values(of: FailureThreshold.self), transform: parseThreshold)
  var failOn: FailureThreshold?

  @Option(
    help: ArgumentHelp("Run these rules alone; names or codes, separated by commas.", valueName: "rules"),
    completion: .custom(RuleCompletion.names), transform: RuleName.parseList)
  var only: [[String]] = []

  @Option(
    help: ArgumentHelp("Do not run these rules; names or codes, separated by commas.", valueName: "rules"),
    completion: .custom(RuleCompletion.names), transform: RuleName.parseSkipped)
  var skip: [[String]] = []

  @Option(
    help: ArgumentHelp("Change the severity of a rule to off, info, warning or error.", valueName: "rule=level"),
    completion: .custom(RuleCompletion.severity), transform: RuleLevel.parse)
  var severity: [RuleLevel] = []

  @Option(
    help: ArgumentHelp("The settings file, in place of the nearest .vpnlint.yaml above each file.", valueName: "file"),
    completion: .file())
  var config: String?

  @Flag(name: .customLong("no-config"), help: "Read no settings file.")
  var ignoresSettings = false

  @Option(help: ArgumentHelp("Findings in this file do not count.", valueName: "file"), completion: .file())
  var baseline: String?

  @Option(
    help: ArgumentHelp("Write the findings to this file in place of a report, for --baseline.", valueName: "file"),
    completion: .file())
  var writeBaseline: String?

  @Flag(
    name: .customLong("import"),
    help: "The paths are JSON files that describe one network together, such as answers of the API.")
  var joinsInputs = false

  @Flag(help: "Write the files with the fixes that keep reachability as it is, and report what is left.")
  var fix = false

  @Flag(help: "Like --fix, with the fixes that change reachability too, such as a missing route.")
  var unsafeFixes = false

  @Flag(help: "Show what the fixes would change as a unified diff, in place of a report; write nothing.")
  var diff = false

  @Flag(help: "Count the findings by rule, on standard error.")
  var statistics = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many files are looked at once; one on each core if absent.", valueName: "n"),
    transform: parseJobs)
  var jobs: Int?

  @OptionGroup
  var limitOptions: LimitOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many findings of a file are reported; 100000 if absent.", valueName: "n"),
    transform: parseFindings)
  var maxFindings: Int = LintOptions().mostFindings

  @Flag(name: .shortAndLong, help: "Print no closing line on standard error.")
  var quiet = false

  @Option(help: "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
  var color: ColourChoice = .auto

  @Option(
    help: ArgumentHelp("The name under which standard input is reported.", valueName: "path"), completion: .file())
  var stdinFilename: String?

  func validate() throws {
    if writeBaseline != nil, !only.isEmpty || !skip.isEmpty {
      throw ValidationError("--write-baseline takes every rule, or entries would be lost; leave out --only and --skip")
    }
    if !report.isEmpty, writeBaseline != nil {
      throw ValidationError("--write-baseline writes no report; leave out --report")
    }
    if fixing != nil, writeBaseline != nil {
      throw ValidationError("--write-baseline and fixes exclude each other; fix first")
    }
    if options.enablesNoRule { throw ValidationError("--only, --skip and --severity leave no rule to run") }
    if config != nil, ignoresSettings { throw ValidationError("--config and --no-config exclude each other") }
  }

  /// What is asked for, without the paths: these come apart from the options, see `ArgumentSplitter`.
  var request: LintRequest {
    var request = LintRequest()
    request.format = format
    request.reports = report
    request.options = options
    request.settings = ignoresSettings ? .none : config.map { .file($0) } ?? .nearest
    request.baseline = baseline
    request.writeBaseline = writeBaseline
    request.joinsInputs = joinsInputs
    request.fixing = fixing
    request.showsStatistics = statistics
    request.workers = jobs
    request.isQuiet = quiet
    request.color = color
    request.stdinFilename = stdinFilename
    return request
  }

  private var fixing: Fixing? {
    guard fix || unsafeFixes || diff else { return nil }
    return Fixing(mode: diff ? .show : .write, most: unsafeFixes ? .changesReachability : .keepsReachability)
  }

  private var options: LintOptions {
    var options = LintOptions()
    if !only.isEmpty { options.only = Set(only.joined()) }
    options.skip = Set(skip.joined())
    for setting in severity { options.levels[setting.name] = setting.level }
    options.failOn = failOn
    options.limits = limitOptions.limits
    options.mostFindings = maxFindings
    return options
  }
}

extension ColourChoice: ExpressibleByArgument {}

/// A rule and the severity it gets: `rule=level`.
struct RuleLevel {
  let name: String
  let level: LintOptions.Level

  @Sendable static func parse(_ argument: String) throws -> RuleLevel {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw ValidationError("write rule=level, such as unknown-key=warning") }
    guard let level = LintOptions.Level(rawValue: parts[1]) else {
      throw ValidationError("`\(parts[1])` is not a level; write off, info, warning or error")
    }
    let name = try RuleName.find(parts[0])
    if RuleCatalog.mandatory.contains(name), level != .error { throw ValidationError(RuleName.mandatory(name)) }
    return RuleLevel(name: name, level: level)
  }
}

/// A number of files.
@Sendable private func parseJobs(_ argument: String) throws -> Int {
  guard let jobs = Int(argument), (1...1024).contains(jobs) else {
    throw ValidationError("`\(argument)` is not a number of files from 1 to 1024")
  }
  return jobs
}

/// A number of findings.
@Sendable private func parseFindings(_ argument: String) throws -> Int {
  guard let number = positive(argument[...], most: 1 << 31) else {
    throw ValidationError("`\(argument)` is not a number of findings from 1 to \(1 << 31)")
  }
  return number
}

/// The threshold with this name.
@Sendable private func parseThreshold(_ argument: String) throws -> FailureThreshold {
  guard let threshold = FailureThreshold(rawValue: argument) else {
    throw ValidationError("`\(argument)` is not a severity; write error, warning, info or never")
  }
  return threshold
}
