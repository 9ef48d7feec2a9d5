import ArgumentParser
import LintRules
import Reports

/// `vpnlint schema`
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of the model file, for editors.",
    discussion: """
      Save it beside the models, and begin each with the line `# yaml-language-server: $schema=` and the schema's path: \
      editors then complete keys and values, explain them, and mark what is wrong.
      """)

  @Flag(help: "The schema of the settings file, .vpnlint.yaml, instead.")
  var settings = false

  func run() throws {
    let text =
      settings
      ? SettingsSchema.text(RuleCatalog.pages, toolVersion: VPNLint.version)
      : ModelSchema.text(toolVersion: VPNLint.version)
    try Output.standard.writeAll(text)
  }
}
