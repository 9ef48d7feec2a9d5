import ArgumentParser
import Linting
import Reports

/// `vpnlint diagram FILE`
struct DiagramCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagram",
    abstract: "Draw the network as SVG: clients, server, routes, and what clients reach.",
    usage: "vpnlint diagram [OPTIONS] FILE",
    discussion: """
      Every server of the file gets a picture, one below the other, unless one is chosen. Much that is alike is folded \
      together, and the picture says so. Where several documents of the file have a server of one name, `NAME#2` is \
      that of the second document.
      """)

  @Argument(
    help: "The file of the model, a directory of JSON files of one network, or `-` for standard input.",
    completion: .file())
  var file: String

  @Option(help: ArgumentHelp("Draw the network of this VPN server.", valueName: "name"))
  var server: String?

  @OptionGroup
  var limitOptions: LimitOptions

  func run() throws {
    let model = try ModelQuestion.read(file, limitOptions.limits)
    let pictures = try ModelQuestion.ask { () throws(ModelFile.Problem) in try model.pictures(server: server) }
    try Output.standard.writeAll(PictureReporter().file(pictures))
  }
}
