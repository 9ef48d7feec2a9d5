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
      PATH is a file, a directory (searched for *.yaml, *.yml and *.json that look like models), or `-` for standard input.

      Exit status: 0 clean or nothing at or above the threshold, 1 findings, 2 wrong use or a file that cannot be read, \
      3 a fault of vpnlint itself.
      """)

  @Option(help: "How to print the findings: text (the default), oneline or json.", transform: parseFormat)
  var format: ReportFormat = .text

  @Option(help: "The least severity that ends with status 1: error, warning, info or never.")
  var failOn: FailureThreshold = .error

  @Option(
    help: ArgumentHelp("Run these rules alone; names or codes, separated by commas.", valueName: "rules"),
    transform: RuleName.parseList)
  var only: [[String]] = []

  @Option(
    help: ArgumentHelp("Do not run these rules; names or codes, separated by commas.", valueName: "rules"),
    transform: RuleName.parseList)
  var skip: [[String]] = []

  @Option(
    help: ArgumentHelp("Change the severity of a rule to off, info, warning or error.", valueName: "rule=level"),
    transform: RuleLevel.parse)
  var severity: [RuleLevel] = []

  @Flag(name: .shortAndLong, help: "Print no closing line on standard error.")
  var quiet = false

  @Option(help: "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
  var color: ColourChoice = .auto

  @Option(help: ArgumentHelp("The name under which standard input is reported.", valueName: "path"))
  var stdinFilename = "<stdin>"

  /// The whole command. The paths come apart from the options, see `ArgumentSplitter`.
  func lint(paths: [String]) throws -> ExitStatus {
    guard !paths.isEmpty else {
      throw ValidationError("no path given; name a file, a directory, or `-` for standard input")
    }
    let search = PathSearch(paths, standardInputName: stdinFilename)
    let unreadable = Unreadable(search.problems)
    let reports = Linter(options()).lint(count: search.inputs.count) { index in
      let input = search.inputs[index]
      switch input.read() {
      case .success(let file): return (file, input.isNamed)
      case .failure(let problem):
        unreadable.append(problem, at: index)
        return nil
      }
    }
    let report = Report(reports, toolVersion: VPNLint.version)
    var text = ""
    format.reporter(style).write(report, to: &text)
    let isWritten = Output.standard.write(text)
    for problem in unreadable.inOrder { Output.error.write("vpnlint: \(problem)\n") }
    if !isWritten { Output.error.write("vpnlint: standard output cannot be written: \(systemReason())\n") }
    if !quiet { Output.error.write(report.summary + "\n") }
    if !unreadable.inOrder.isEmpty || !isWritten { return .usage }
    return failOn.isReached(by: report.heaviest) ? .findings : .clean
  }

  private func options() -> LintOptions {
    var options = LintOptions()
    if !only.isEmpty { options.only = Set(only.joined()) }
    options.skip = Set(skip.joined())
    for setting in severity { options.levels[setting.name] = setting.level }
    options.today = Environment.today
    return options
  }

  private var style: TextStyle {
    var style = TextStyle()
    style.usesColour =
      switch color {
      case .always: true
      case .never: false
      case .auto: Output.standard.isTerminal && Environment["NO_COLOR"] == nil
      }
    if let width = Output.standard.width { style.width = max(40, width) }
    return style
  }
}

/// The least severity that makes the run fail.
enum FailureThreshold: String, ExpressibleByArgument, CaseIterable {
  case error, warning, info, never

  func isReached(by severity: Severity?) -> Bool {
    guard let severity, let threshold = Severity(rawValue: rawValue) else { return false }
    return severity >= threshold
  }
}

enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

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
    return RuleLevel(name: try RuleName.find(parts[0]), level: level)
  }
}

/// The format with this name.
@Sendable private func parseFormat(_ argument: String) throws -> ReportFormat {
  guard let format = ReportFormat(rawValue: argument) else {
    let names = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("there is no format `\(argument)`; the formats are \(names)")
  }
  return format
}
