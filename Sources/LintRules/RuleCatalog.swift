/// Every rule, in the order of the codes. A new rule is a file and a line here.
public enum RuleCatalog {
  /// The rules.
  public static let all: [any Rule.Type] = [
    UnknownKey.self,
    ClientPoolPrefixLength.self,
    SubnetWithoutServerRoute.self,
  ]

  /// The pages of all rules, in the order of the codes.
  public static let pages: [RuleInfo] = all.map { $0.info }

  /// The page of the rule with this name or code.
  public static func page(named name: String) -> RuleInfo? {
    pages.first { $0.name == name || $0.code == name.uppercased() }
  }
}
