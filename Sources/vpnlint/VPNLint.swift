import ArgumentParser
import Linting

/// The program: splits the paths off, lets swift-argument-parser read the rest, and turns the result into a status.
@main
enum VPNLint {
  /// The version, here alone.
  static let version = "0.1.0"

  static func main() {
    installFaultHandler()
    Interruption.occupyStandardDescriptors()
    Interruption.prepare()
    guard let arguments = SystemPath.arguments else {
      Output.error.write("vpnlint: the arguments cannot be read; the system tells them in /proc/self/cmdline\n")
      exit(.usage)
    }
    exit(run(arguments))
  }

  static func run(_ arguments: [String]) -> ExitStatus {
    if let sentence = MisspeltCommand.sentence(for: arguments) {
      Output.error.write("vpnlint: \(sentence)\n")
      return .usage
    }
    let split = ArgumentSplitter.split(arguments)
    // Starting swift-argument-parser takes several times as long as linting a small file.
    if split.isLintWithoutOptions { return LintRequest().lint(split.paths) }
    do {
      var command = try RootCommand.parseAsRoot(split.arguments)
      if let lint = command as? LintCommand {
        return lint.request.lint(split.paths)
      }
      try command.run()
      return .clean
    } catch let ending as Ending {
      return ending.status
    } catch let refusal as Refusal {
      Output.error.write("vpnlint: \(refusal)\n")
      return .usage
    } catch {
      let code = RootCommand.exitCode(for: error)
      let message = RootCommand.fullMessage(for: error)
      if code == .success {
        let message = CompletionScript.withDefaultCommand(message)
        return tell(message + "\n")
      }
      Output.error.write(message + "\n")
      return .usage
    }
  }

  /// Writes what was asked for about the program itself.
  private static func tell(_ text: String) -> ExitStatus {
    if Output.standard.write(text) { return .clean }
    Output.error.write("vpnlint: standard output cannot be written: \(systemReason())\n")
    return .usage
  }
}

/// The root of the commands; `lint` is the default.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vpnlint",
    abstract: "Says which subnets VPN clients cannot reach, and why, before anything is deployed.",
    discussion: """
      Reads YAML (or JSON) models of a VPC, its subnets and its client VPN servers. Without a command, \
      `vpnlint PATH…` is `vpnlint lint PATH…`.
      """,
    version: VPNLint.version,
    subcommands: [
      LintCommand.self, ImportCommand.self, RoutesCommand.self, TraceCommand.self, ObserveCommand.self,
      DiffCommand.self, DiagramCommand.self, ExplainCommand.self, RulesCommand.self, SchemaCommand.self,
      InitCommand.self, ManualCommand.self,
    ],
    defaultSubcommand: LintCommand.self)

  /// The words that are commands.
  static var names: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"] }
}
