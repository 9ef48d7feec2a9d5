import ClientVPN
import Forwarding

/// A difference that makes a run fail.
public enum DiffThreshold: String, Sendable, CaseIterable {
  case widened, narrowed
  /// Somebody must reconnect, thrown off or not.
  case reconnect
  /// Somebody is thrown off, with or without the need for a new profile.
  case disconnect

  /// Whether the difference is there.
  public func isReached(by report: DiffReport) -> Bool {
    switch self {
    case .widened: report.reachability.widens
    case .narrowed: report.reachability.narrows
    case .reconnect: report.sessions >= .reconnect
    case .disconnect: report.sessions >= .disconnect
    }
  }
}
