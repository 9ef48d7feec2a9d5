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
      Several models in a file are matched by the id or name of their VPC. The formats sarif and github hold the findings \
      of the rules about changes (VPN9..) alone.
      """)

  @Argument(help: "The file of the model as it was, or `-` for standard input.")
  var old: String

  @Argument(help: "The file of the model as it is to be, or `-` for standard input.")
  var new: String

  @Option(help: "text (the default), json, markdown, sarif or github.", transform: parseDiffFormat)
  var format: DiffFormat = .text

  @Option(
    help: ArgumentHelp(
      """
      End with status 1 if reachability is widened or narrowed, or if clients must reconnect or are disconnected; may be \
      repeated. Without it a difference is no failure.
      """, valueName: "widened|narrowed|reconnect|disconnect"),
    transform: parseDiffThreshold)
  var failOn: [DiffThreshold] = []

  @Option(help: "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
  var color: ColourChoice = .auto

  @OptionGroup
  var limitOptions: LimitOptions

  func run() throws {
    if old == "-", new == "-" { throw Refusal("standard input can be the old model or the new one, not both") }
    // Both are read first, so that one run tells what is wrong with either.
    let before = Result { try ModelQuestion.read(old, limitOptions.limits) }
    let after = Result { try ModelQuestion.read(new, number: ModelFile.newNumber, limitOptions.limits) }
    let report = DiffReport(try before.get(), try after.get())
    let reporter = DiffReporter(color.style, toolVersion: VPNLint.version)
    try Output.standard.writeAll(reporter.text(report, as: format))
    if failOn.contains(where: { $0.isReached(by: report) }) { throw Ending(status: .findings) }
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
    throw Refusal("--fail-on knows no `\(argument)`; write widened, narrowed, reconnect or disconnect")
  }
  return threshold
}
