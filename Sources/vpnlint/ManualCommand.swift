import ArgumentParser

/// `vpnlint manual`: not among the commands that help lists, since most people have it installed as vpnlint(1).
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page in mdoc, for man.",
    discussion: "`vpnlint manual | man -l -` shows it.",
    shouldDisplay: false)

  func run() throws {
    try Output.standard.writeAll(ManualPage.text(date: try Environment.today()))
  }
}
