import ArgumentParser
import Linting
import Reports

/// `vpnlint observe FILE TABLE`
struct ObserveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "observe",
    abstract: "Read a client's real routing table and say what it means.",
    usage: "vpnlint observe [OPTIONS] FILE TABLE",
    discussion: """
      TABLE is what `netstat -nr -f inet` (macOS), `ip route` or `ip -j route` (Linux) or `route print -4` (Windows) \
      printed; which of them is found out. Illegible addresses such as 162.133.xxx.xx are taken as they are.
      """)

  @Argument(
    help: "The file of the model, a directory of JSON files of one network, or `-` for standard input.",
    completion: .file())
  var file: String

  @Argument(help: "The file with the client's table, or `-` for standard input.", completion: .file())
  var table: String

  @Option(
    help: ArgumentHelp("Compare with this VPN server; else with the one the client is connected to.", valueName: "name")
  )
  var server: String?

  @Option(
    help: "text (the default) or json.", completion: .values(of: AnswerFormat.self), transform: parseAnswerFormat)
  var format: AnswerFormat = .text

  @Option(help: "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
  var color: ColourChoice = .auto

  @OptionGroup
  var limitOptions: LimitOptions

  func run() throws {
    if file == "-", table == "-" { throw Refusal("standard input can be the model or the table, not both") }
    let model = try ModelQuestion.read(file, limitOptions.limits)
    let table = try TableFile(table, limitOptions.limits)
    let report = try ModelQuestion.ask { () throws(ModelFile.Problem) in
      try ObservationReport(table.table, model, server: server)
    }
    let reporter = ObservationReporter(model.file, table: table.name, color.style)
    try Output.standard.writeAll(reporter.text(report, as: format))
  }
}
