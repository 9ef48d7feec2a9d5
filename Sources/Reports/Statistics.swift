public import Linting

/// How many findings of each rule there are.
public enum Statistics {
  /// One line a rule, the most frequent first: count, code and name, and what of it is suppressed or has a fix.
  public static func text(for totals: Totals) -> String {
    let counts = RuleCounts(totals.rules.mapValues(\.count))
    return counts.sorted.map { rule, count in
      let found = totals.rules[rule]
      let (suppressed, fixes) = (found?.suppressed ?? 0, found?.fixes ?? 0)
      let remarks = [suppressed > 0 ? "\(suppressed) suppressed" : nil, fixes > 0 ? "\(fixes) with a fix" : nil]
      let remark = remarks.compactMap(\.self).joined(separator: ", ")
      let number = String(repeating: " ", count: max(0, 6 - String(count).count)) + String(count)
      return "\(number)  \(found?.code ?? "")  \(rule)\(remark.isEmpty ? "" : " (\(remark))")\n"
    }.joined()
  }
}
