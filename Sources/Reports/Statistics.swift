public import Linting
import SourceText

/// How many findings of each rule there are.
public enum Statistics {
  /// One line a rule, the most frequent first: count, code and name, and what of it is suppressed or has a fix.
  public static func text(for report: Report) -> String {
    let all = report.files.flatMap(\.findings)
    let byRule = Dictionary(grouping: all) { $0.finding.rule }
    return RuleCounts(all.map(\.finding.rule)).sorted.map { rule, count in
      let findings = byRule[rule] ?? []
      let suppressed = findings.count { $0.suppression != nil }
      let fixes = findings.count { $0.fix != nil }
      let remarks = [suppressed > 0 ? "\(suppressed) suppressed" : nil, fixes > 0 ? "\(fixes) with a fix" : nil]
      let remark = remarks.compactMap(\.self).joined(separator: ", ")
      let number = String(repeating: " ", count: max(0, 6 - String(count).count)) + String(count)
      return "\(number)  \(findings[0].finding.code)  \(rule)\(remark.isEmpty ? "" : " (\(remark))")\n"
    }.joined()
  }
}
