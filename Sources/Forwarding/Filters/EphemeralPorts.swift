import ClientVPN

/// The ports from which clients open connections (SPEC §2).
public enum EphemeralPorts: Sendable, Hashable, CaseIterable {
  /// macOS and Windows: 49152–65535.
  case dynamic
  /// Linux: 32768–60999.
  case linux
  /// Where the system is not known, both together.
  case all

  var range: ClosedRange<UInt16> {
    switch self {
    case .dynamic: 49152...65535
    case .linux: 32768...60999
    case .all: 32768...65535
    }
  }

  init(of system: ClientSystem?) {
    self =
      switch system {
      case .macos, .windows: .dynamic
      case .linux: .linux
      case nil: .all
      }
  }

  /// One port for each stretch within which no rule changes.
  func representatives(_ rules: [FilterRule]) -> [UInt16] {
    var ports: Set<UInt16> = [range.lowerBound]
    for rule in rules {
      if range.contains(rule.clientPorts.lowerBound) { ports.insert(rule.clientPorts.lowerBound) }
      if rule.clientPorts.upperBound < range.upperBound, range.contains(rule.clientPorts.upperBound) {
        ports.insert(rule.clientPorts.upperBound + 1)
      }
    }
    return ports.sorted()
  }
}
