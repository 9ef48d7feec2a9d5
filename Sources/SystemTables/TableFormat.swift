/// The commands whose output is read and written.
public enum TableFormat: String, CaseIterable, Sendable {
  /// `netstat -nr -f inet` of macOS.
  case netstat
  /// `ip route` of Linux.
  case ipRoute
  /// `ip -j route` of Linux.
  case ipRouteJSON
  /// `route print -4` of Windows.
  case routePrint

  /// The command a user types to get such a table.
  public var command: String {
    switch self {
    case .netstat: "netstat -nr -f inet"
    case .ipRoute: "ip route"
    case .ipRouteJSON: "ip -j route"
    case .routePrint: "route print -4"
    }
  }
}
