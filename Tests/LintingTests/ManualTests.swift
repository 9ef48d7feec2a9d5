import ArgumentParser
import Foundation
import Linting
import TestSupport
import Testing

@testable import vpnlint

/// The manual page has everything that help has, and what only a manual page has.
struct ManualTests {
  private let page = ManualPage.text(date: CivilDate(year: 2026, month: 2, day: 1))

  private static let commands = RootCommand.configuration.subcommands.filter { $0.configuration.shouldDisplay }

  @Test func `every command has its place`() throws {
    #expect(Self.commands.count > 5)
    for command in Self.commands {
      let name = try #require(command.configuration.commandName)
      #expect(page.contains("\n.It Cm \(name)"))
      let abstract = ManualWriter.escaped(
        try #require(command.configuration.abstract.split(separator: " ").first.map(String.init)))
      #expect(page.contains("\n\(abstract) "), "what \(name) does")
    }
    #expect(!page.contains("vpnlint manual"))
  }

  @Test func `every option of help is there, with its value`() throws {
    for command in Self.commands {
      let name = try #require(command.configuration.commandName)
      let section = page.components(separatedBy: "\n.Ss Options of \(name)\n").dropFirst().first?
        .components(separatedBy: "\n.S")[0]
      for line in RootCommand.helpMessage(for: command, columns: 1_000).split(separator: "\n") {
        guard let option = line.firstMatch(of: /^  (?:-\w, )?--([\w-]+)(?: <([^>]+)>)?/)?.output else { continue }
        let value = option.2.map { " Ar \(ManualWriter.escaped(String($0)))" } ?? ""
        let macro = "Fl \(ManualWriter.escaped("-" + option.1))\(value)\n"
        #expect(
          (section ?? "").contains(macro) || page.contains(".It \(macro)") || page.contains(", \(macro)"),
          "\(name) \(macro)")
      }
    }
  }

  @Test func `the sections that people look for`() {
    let sections = page.matches(of: /(?m)^\.Sh (.+)$/).map { String($0.output.1) }
    #expect(
      sections == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES",
        "SEE ALSO",
      ])
    #expect(page.hasPrefix(".Dd February 1, 2026\n.Dt VPNLINT 1\n.Os vpnlint \(VPNLint.version)\n"))
  }

  @Test func `every variable and every status is told`() throws {
    let sources = try Repository.files(below: "Sources/vpnlint", withSuffix: ".swift")
      .flatMap { try Repository.lines($0) }.joined(separator: "\n")
    let variables = sources.matches(of: /(?:Environment|self)\["(\w+)"\]/).map { String($0.output.1) }
    #expect(variables.count > 2)
    for variable in variables { #expect(page.contains("\n.It Sy \(variable)\n"), "\(variable)") }
    for status in (0...255).compactMap(ExitStatus.init) { #expect(page.contains("\n.It Sy \(status.rawValue)\n")) }
  }

  @Test(arguments: ManualPage.examples.map(\.command))
  func `examples are commands`(_ example: String) throws {
    let words = example.split(separator: " ").map(String.init)
    #expect(words.first == "vpnlint")
    let split = ArgumentSplitter.split(Array(words.dropFirst()))
    #expect(throws: Never.self) { try RootCommand.parseAsRoot(split.arguments) }
  }

  private static let mandoc = ["/usr/bin/mandoc", "/usr/local/bin/mandoc", "/opt/homebrew/bin/mandoc"]
    .first(where: FileManager.default.isExecutableFile)

  @Test(.enabled(if: mandoc != nil))
  func `mandoc finds nothing to warn of`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "vpnlint-\(UUID().uuidString).1")
    try Data(page.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.mandoc))
    process.arguments = ["-T", "lint", "-W", "warning", file.path()]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    #expect(String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "")
    process.waitUntilExit()
  }

  @Test func `the program prints it, as of the day that is asked for`() throws {
    let (text, status) = try Program.run(["manual"], in: Repository.root)
    #expect(status == 0)
    #expect(text.split(separator: "\n").dropFirst() == page.split(separator: "\n").dropFirst())
  }
}
