/// Every rule, in the order of the codes. A new rule is a file and a line here.
public enum RuleCatalog {
  /// The rules.
  public static let all: [any Rule.Type] = [
    UnknownKey.self,
    ClientPoolPrefixLength.self,
    SubnetWithoutServerRoute.self,
  ]

  /// The rule with this name or code.
  public static func rule(named name: String) -> (any Rule.Type)? {
    all.first { $0.info.name == name || $0.info.code == name.uppercased() }
  }
}
