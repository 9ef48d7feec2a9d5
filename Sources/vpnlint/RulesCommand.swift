import ArgumentParser
import LintRules
import Reports

/// `vpnlint rules`
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List every rule.",
    discussion: "With --format markdown the whole manual; `vpnlint explain` prints the page of one rule.")

  @Option(
    help: "text (the default), markdown or json.", completion: .values(of: RuleFormat.self), transform: parseRuleFormat)
  var format: RuleFormat = .text

  func run() throws {
    try Output.standard.writeAll(
      format.text(RuleCatalog.pages, leftOut: RuleCatalog.leftOut, toolVersion: VPNLint.version))
  }
}

/// `vpnlint explain RULE`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Print the page of a rule: what, why, examples, repair, source.")

  @Argument(help: "Name or code of a rule.", completion: .custom(RuleCompletion.name))
  var rule: String

  @Option(help: "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
  var color: ColourChoice = .auto

  func run() throws {
    guard let page = RuleCatalog.page(named: rule) else { throw Refusal(RuleName.unknown(rule)) }
    try Output.standard.writeAll(RulePages.page(page, color.style))
  }
}

@Sendable private func parseRuleFormat(_ argument: String) throws -> RuleFormat {
  guard let format = RuleFormat(rawValue: argument) else {
    throw Refusal("there is no format `\(argument)`; the formats are text, markdown and json")
  }
  return format
}
