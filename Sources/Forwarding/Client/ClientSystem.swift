/// The operating system of a client. The raw value is the word of the model and of reports.
public enum ClientSystem: String, Sendable, CaseIterable {
  case macos, linux, windows

  /// What becomes of a row for a destination that the table already has.
  enum EqualRow {
    /// It is put in front of the old one, which is back in use after disconnecting (OpenVPN 2.6.14 and OpenVPN 3 on
    /// Linux, measured).
    case takesOver
    /// The system refuses it (OpenVPN on macOS and Windows; IBM VPC documentation, planning for client VPN).
    case isRefused
  }

  var equalRow: EqualRow { self == .linux ? .takesOver : .isRefused }

  /// Whether the metric of a row decides between rows of one destination. macOS knows none.
  var hasMetrics: Bool { self != .macos }

  /// The metric of a pushed row when the client profile states none (openvpn(8), route-metric).
  var pushedMetric: Int { self == .windows ? 1 : 0 }

  /// The interface to the LAN, when the model does not name it.
  public var usualInterface: String {
    switch self {
    case .macos: "en0"
    case .linux: "eth0"
    case .windows: "Ethernet"
    }
  }

  /// The interface of the tunnel beside the interfaces that are there already. macOS keeps the low numbers for itself;
  /// the article's table has `utun5`.
  func tunnelInterface(beside taken: some Sequence<String>) -> String {
    let base =
      switch self {
      case .macos: "utun"
      case .linux: "tun"
      case .windows: "OpenVPN"
      }
    let taken = Set(taken)
    if self == .windows { return base }
    var number = self == .macos ? 5 : 0
    while taken.contains("\(base)\(number)") { number += 1 }
    return "\(base)\(number)"
  }
}
