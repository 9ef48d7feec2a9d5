import ArgumentParser
import Reports

/// `vpnlint init [FILE]`
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Print a commented model to start from, or write it to a file.",
    usage: "vpnlint init [--settings] [FILE]",
    discussion: "A file that is there already is left as it is.")

  @Argument(help: "The file to write; without one, standard output.", completion: .file())
  var file: String?

  @Flag(help: "Settings to start from, for a file .vpnlint.yaml, instead.")
  var settings = false

  func run() throws {
    let text = settings ? StarterSettings.text : StarterModel.text
    guard let file, file != "-" else { return try Output.standard.writeAll(text) }
    do throws(NewFile.WriteProblem) {
      try NewFile.write(text, to: file)
    } catch {
      throw Refusal(error.sentence)
    }
    Output.error.write(SafeText.escaped("vpnlint: \(file): written") + "\n")
  }
}
