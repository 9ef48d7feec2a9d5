public import SourceText

/// Something in an imported text that does not tell what a model needs: what depends on it is not known.
public struct ImportGap: Hashable, Sendable {
  /// Path of the resource in the model by names, such as `vpc/subnets/app`.
  public let resource: String
  /// The field that is not known, such as `network_acl`.
  public let field: String
  /// The fact, one line that stands alone: "the network ACL of subnet `app` is not known until apply".
  public let fact: String
  /// What follows for verdicts and why, for a note.
  public let consequence: String
  /// Where the text says so.
  public let span: Span

  /// Makes a gap.
  public init(_ resource: String, _ field: String, _ fact: String, _ consequence: String, at span: Span) {
    self.resource = resource
    self.field = field
    self.fact = fact
    self.consequence = consequence
    self.span = span
  }

  /// A word that is not known: the lists of the API grow, so that it is no mistake of the text. In a rule of a filter it
  /// stays a problem, since leaving the rule out could turn a verdict around.
  init?(unknownWord problem: ModelProblem) {
    guard case .invalidValue(let key, let text, _, _) = problem.kind,
      !["vpc/network_acls", "vpc/security_groups"].contains(where: problem.path.hasPrefix)
    else { return nil }
    self.init(
      problem.path, key, "`\(key)` of \(problem.object) is `\(text)`, which is not known here",
      "the API may have new words; what depends on it is undetermined", at: problem.span)
  }
}
