import ArgumentParser
import Linting
import Reports

/// `vpnlint diff OLD NEW`
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two models: what clients gain and lose, and who must reconnect.",
    usage: "vpnlint diff [OPTIONS] OLD NEW",
    discussion: """
      OLD and NEW are models, answers of the API, dumps or plans, in any mix; a directory stands for its JSON files, which \
      describe one network together. Several models in a file are matched by the id or name of their VPC. The formats \
      sarif and github hold the findings of the rules about changes (VPN9..) alone, as the settings have them.
      """)

  @Argument(help: "The file or directory of the model as it was, or `-` for standard input.", completion: .file())
  var old: String

  @Argument(help: "The file or directory of the model as it is to be, or `-` for standard input.", completion: .file())
  var new: String

  @Option(
    help: "text (the default), json, markdown, sarif or github.", completion: .values(of: DiffFormat.self),
    transform: parseDiffFormat)
  var format: DiffFormat = .text

  @Option(
    help: ArgumentHelp(
      """
      End with status 1 if reachability is widened or narrowed, if one of the models alone tells what clients reach, or \
      if clients must reconnect or are disconnected; may be repeated. Without it a difference is no failure.
      """, valueName: "widened|narrowed|undetermined|reconnect|disconnect"),
    completion: .values(of: DiffThreshold.self), transform: parseDiffThreshold)
  var failOn: [DiffThreshold] = []

  @Option(help: ArgumentHelp("Take the settings from this file.", valueName: "file"), completion: .file())
  var config: String?

  @Flag(name: .customLong("no-config"), help: "Read no settings file.")
  var ignoresSettings = false

  @Option(help: "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
  var color: ColourChoice = .auto

  @OptionGroup
  var limitOptions: LimitOptions

  func run() throws {
    if old == "-", new == "-" { throw Refusal("standard input can be the old model or the new one, not both") }
    // Both are read first, so that one run tells what is wrong with either.
    let before = Result { try ModelQuestion.read(old, limitOptions.limits) }
    let after = Result { try ModelQuestion.read(new, number: ModelFile.newNumber, limitOptions.limits) }
    let report = DiffReport(try before.get(), try after.get(), try linter())
    let reporter = DiffReporter(color.style, toolVersion: VPNLint.version)
    try Output.standard.writeAll(reporter.text(report, as: format))
    if failOn.contains(where: { $0.isReached(by: report) }) { throw Ending(status: .findings) }
  }

  /// The linter with the settings that govern the new model, where findings are asked for.
  private func linter() throws -> Linter {
    var options = LintOptions()
    options.limits = limitOptions.limits
    guard format == .sarif || format == .github else { return Linter(options) }
    if config != nil, ignoresSettings { throw Refusal("--config and --no-config exclude each other") }
    // A directory is asked for the settings in it.
    let input = InputFile(argument: new != "-" && PathSearch.isDirectory(new) ? "\(new)/" : new)
    var settings = SettingsSearch(ignoresSettings ? .none : config.map { .file($0) } ?? .nearest, options)
    let linter = settings.linter(for: input) ?? Linter(options)
    if let problem = settings.problems.first { throw Refusal(problem) }
    for report in settings.reports { try ModelQuestion.refuse(report) }
    return linter
  }
}

@Sendable private func parseDiffFormat(_ argument: String) throws -> DiffFormat {
  guard let format = DiffFormat(rawValue: argument) else {
    throw Refusal("there is no format `\(argument)`; the formats are text, json, markdown, sarif and github")
  }
  return format
}

@Sendable private func parseDiffThreshold(_ argument: String) throws -> DiffThreshold {
  guard let threshold = DiffThreshold(rawValue: argument) else {
    throw Refusal("--fail-on knows no `\(argument)`; write widened, narrowed, undetermined, reconnect or disconnect")
  }
  return threshold
}
