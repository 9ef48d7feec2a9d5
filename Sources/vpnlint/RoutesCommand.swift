import ArgumentParser
import Forwarding
import Linting
import Reports
import SystemTables

/// `vpnlint routes FILE`
struct RoutesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "routes",
    abstract: "Predict the routing table of a connected client.",
    usage: "vpnlint routes [OPTIONS] FILE",
    discussion: """
      The table looks as the system's own command prints it: `netstat -nr -f inet` on macOS, `ip route` on Linux, \
      `route print -4` on Windows. Rows that the client does not add are told on standard error. Where several documents \
      of the file have a server of one name, `NAME#2` is that of the second document.
      """)

  @Argument(
    help: "The file of the model, a directory of JSON files of one network, or `-` for standard input.",
    completion: .file())
  var file: String

  @Option(help: ArgumentHelp("Clients of this VPN server.", valueName: "name"))
  var server: String?

  @Option(help: ArgumentHelp("Clients at this client site.", valueName: "name"))
  var site: String?

  @Option(
    help: "macos, linux or windows; else the site's, else linux.", completion: .values(of: ClientSystem.self),
    transform: parseSystem)
  var os: ClientSystem?

  @Option(
    help: ArgumentHelp(
      "The client's real table before connecting, in its system's own format; replaces the rows of the site.",
      valueName: "file"), completion: .file())
  var base: String?

  @Option(
    help: "text (the default) or json.", completion: .values(of: AnswerFormat.self), transform: parseAnswerFormat)
  var format: AnswerFormat = .text

  @OptionGroup
  var limitOptions: LimitOptions

  func run() throws {
    if file == "-", base == "-" { throw Refusal("standard input can be the model or the table, not both") }
    let model = try ModelQuestion.read(file, limitOptions.limits)
    let base = try base.map { try TableFile($0, limitOptions.limits) }
    if let base, let os, ClientSystem(printing: base.table.format) != os {
      throw Refusal(
        "\(base.name) is a table of `\(base.table.format.command)`, which is not \(os.rawValue); leave out --os")
    }
    base?.tellRemainders()
    let report = try ModelQuestion.ask { () throws(ModelFile.Problem) in
      try TableReport(model, server: server, site: site, system: os, base: base?.table)
    }
    let reporter = TableReporter()
    try Output.standard.writeAll(reporter.text(report, as: format))
    for sentence in reporter.remarks(report) { Output.error.write("vpnlint: \(sentence)\n") }
  }
}

@Sendable private func parseSystem(_ argument: String) throws -> ClientSystem {
  guard let system = ClientSystem(rawValue: argument) else {
    throw Refusal("there is no system `\(argument)`; write macos, linux or windows")
  }
  return system
}
