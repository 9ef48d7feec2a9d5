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

  @Option(help: "How to print the findings: text, oneline or json.")
  var format: ReportFormat = .text

  @Option(help: "The least severity that ends with status 1: error, warning, info or never.")
  var failOn: FailureThreshold = .error

  @Option(help: ArgumentHelp("Run these rules alone; names or codes, separated by commas.", valueName: "rules"))
  var only: [RuleList] = []

  @Option(help: ArgumentHelp("Do not run these rules; names or codes, separated by commas.", valueName: "rules"))
  var skip: [RuleList] = []

  @Option(help: ArgumentHelp("Change the severity of a rule to off, info, warning or error.", valueName: "rule=level"))
  var severity: [RuleLevel] = []

  @Flag(help: "Print no closing line on standard error.")
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
    if !only.isEmpty { options.only = Set(only.flatMap(\.names)) }
    options.skip = Set(skip.flatMap(\.names))
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

extension ReportFormat: ExpressibleByArgument {}

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

/// Names or codes of rules, separated by commas.
struct RuleList: ExpressibleByArgument {
  let names: [String]

  init?(argument: String) {
    var names: [String] = []
    for part in argument.split(separator: ",") {
      guard let name = RuleName.find(String(part)) else { return nil }
      names.append(name)
    }
    guard !names.isEmpty else { return nil }
    self.names = names
  }
}

/// A rule and the severity it gets: `rule=level`.
struct RuleLevel: ExpressibleByArgument {
  let name: String
  let level: LintOptions.Level

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let name = RuleName.find(parts[0]), let level = LintOptions.Level(rawValue: parts[1]) else {
      return nil
    }
    self.name = name
    self.level = level
  }
}
