public import Linting
import SourceText

extension Totals {
  /// The closing line of a run: how much was read and found, and what the verdicts leave out.
  public var summary: String {
    let found = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = counts[severity, default: 0]
      guard count > 0 else { return nil }
      return severity == .info ? "\(count) info" : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    let read = models == 0 ? "no model found" : "\(models) file\(models == 1 ? "" : "s")"
    var parts = [read]
    if models > 0 || !found.isEmpty {
      parts[0] += ": \(found.isEmpty ? "no findings" : found.joined(separator: ", "))"
    }
    if suppressed > 0 { parts[0] += ", \(suppressed) suppressed" }
    if passedOver > 0 {
      parts.append("passed over: \(passedOver) that \(passedOver == 1 ? "is not a model" : "are not models")")
    }
    if modelsWithoutServer > 0 {
      parts.append("nothing to judge: \(modelsWithoutServer) without a VPN server")
    }
    if let fixable { parts.append(fixable) }
    if !notModelled.isEmpty { parts.append("not modelled: \(notModelled.map(\.name).joined(separator: ", "))") }
    return parts.joined(separator: "; ")
  }

  /// How many findings have a fix, by what it takes to apply it; nil if none has one.
  private var fixable: String? {
    let keeping = fixes[.keepsReachability, default: 0]
    let changing = fixes[.changesReachability, default: 0]
    let parts = [
      keeping > 0 ? "\(keeping) with --fix" : nil, changing > 0 ? "\(changing) with --unsafe-fixes" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : "fixable: \(parts.joined(separator: ", "))"
  }
}
