import ArgumentParser
import LintRules
import Reports

/// `vpnlint rules`
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rules", abstract: "List every rule.")

  func run() throws { try Output.standard.writeAll(RulePages.list(RuleCatalog.pages)) }
}

/// `vpnlint explain RULE`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Print the page of a rule: what, why, examples, repair, source.")

  @Argument(help: "Name or code of a rule.")
  var rule: String

  func run() throws {
    guard let page = RuleCatalog.page(named: rule) else { throw ValidationError(RuleName.unknown(rule)) }
    try Output.standard.writeAll(RulePages.page(page))
  }
}
