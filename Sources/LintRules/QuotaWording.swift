import ClientVPN
import SourceText

/// More of something than a quota allows.
struct ExceededQuota {
  /// What has too many: "the VPC".
  let owner: String
  /// How many there are.
  let count: Int
  /// One of them in words, and several.
  let singular, plural: String
  /// How many there may be.
  let number: Int

  /// nil within the quota; only beyond it is the owner put into words.
  init?(
    _ owner: @autoclosure () -> String, _ count: Int, _ singular: String, _ plural: String? = nil, quota number: Int
  ) {
    guard count > number else { return nil }
    (self.owner, self.count, self.singular, self.number) = (owner(), count, singular, number)
    self.plural = plural ?? singular + "s"
  }
}

extension Rule {
  /// A finding of this rule about a quota, and what to write in the model where it has been raised.
  static func finding(_ exceeded: ExceededQuota, of quota: Quota, _ cause: Cause, at span: Span) -> Finding {
    finding(exceeded, cause, at: span, limit: "quota")
      .help(
        "remove what is not needed, or ask for a higher quota",
        "with a higher quota, write it in the model: `quotas: {\(quota.rawValue): …}`")
  }

  /// A finding of this rule about a number that nobody can raise.
  static func finding(_ exceeded: ExceededQuota, _ cause: Cause, at span: Span, limit: String = "limit") -> Finding {
    let count = Words.count(exceeded.count, exceeded.singular, exceeded.plural)
    return finding(
      "\(exceeded.owner) has \(count), the \(limit) is \(exceeded.number)", cause, at: span,
      "\(exceeded.count - exceeded.number) more than the service takes")
  }
}
