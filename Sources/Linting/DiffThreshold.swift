import ClientVPN
import Forwarding

/// A difference that makes a run fail.
public enum DiffThreshold: String, Sendable, CaseIterable {
  case widened, narrowed
  /// It is not known of some packets what becomes of them in one of the models alone.
  case undetermined
  /// Somebody must reconnect, thrown off or not.
  case reconnect
  /// Somebody is thrown off, with or without the need for a new profile.
  case disconnect

  /// Whether the difference is there.
  public func isReached(by report: DiffReport) -> Bool {
    switch self {
    case .widened: report.reachability.widens
    case .narrowed: report.reachability.narrows
    case .undetermined: report.isUndetermined
    case .reconnect: report.sessions >= .reconnect
    case .disconnect: report.sessions >= .disconnect
    }
  }
}
