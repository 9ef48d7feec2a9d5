import ArgumentParser
import LintRules
import SourceText

/// Names of rules as users write them: the name or the code.
enum RuleName {
  /// The name of the rule with this name or code.
  static func find(_ text: String) throws -> String {
    guard let page = RuleCatalog.page(named: text) else { throw ValidationError(unknown(text)) }
    return page.name
  }

  /// Names from a list separated by commas.
  @Sendable static func parseList(_ argument: String) throws -> [String] {
    try argument.split(separator: ",").map { try find(String($0)) }
  }

  /// Names from a list of rules that are not to run.
  @Sendable static func parseSkipped(_ argument: String) throws -> [String] {
    let names = try parseList(argument)
    if let name = names.first(where: RuleCatalog.mandatory.contains) { throw ValidationError(mandatory(name)) }
    return names
  }

  /// What to say of a rule that is to be silenced and cannot be.
  static func mandatory(_ name: String) -> String {
    "`\(name)` is always an error: it tells what keeps a file from being judged"
  }

  /// What to say of a name that is none.
  static func unknown(_ text: String) -> String {
    // A number alone is the code without its letters.
    let numbered = RuleCatalog.page(named: "VPN" + text)?.code
    let nearest = numbered ?? NearestName.of(text.lowercased(), among: RuleCatalog.pages.map(\.name))
    let hint = nearest.map { "did you mean `\($0)`?" } ?? "`vpnlint rules` lists them"
    return "there is no rule `\(text)`; \(hint)"
  }
}
