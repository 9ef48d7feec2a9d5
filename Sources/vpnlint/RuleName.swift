import LintRules
import SourceText

/// Names of rules as users write them: the name or the code.
enum RuleName {
  /// The name of the rule; nil if there is none.
  static func find(_ text: String) -> String? { RuleCatalog.rule(named: text)?.info.name }

  /// What to say of a name that is none.
  static func unknown(_ text: String) -> String {
    let nearest = NearestName.of(text.lowercased(), among: RuleCatalog.all.map(\.info.name))
    let hint = nearest.map { "did you mean `\($0)`?" } ?? "`vpnlint rules` lists them"
    return "there is no rule `\(text)`; \(hint)"
  }
}
