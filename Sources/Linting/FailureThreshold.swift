public import SourceText

/// The least severity that makes a run fail.
public enum FailureThreshold: String, Sendable, CaseIterable {
  case error, warning, info, never

  /// Whether a finding of this severity makes the run fail.
  public func isReached(by severity: Severity) -> Bool {
    Severity(rawValue: rawValue).map { severity >= $0 } ?? false
  }
}
