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

  /// One port for each stretch that the ports which rules name do not divide, ascending.
  func representatives(_ named: some Sequence<ClosedRange<UInt16>>) -> [UInt16] {
    var ports = [range.lowerBound]
    for own in named {
      if own.lowerBound > range.lowerBound, own.lowerBound <= range.upperBound { ports.append(own.lowerBound) }
      if own.upperBound >= range.lowerBound, own.upperBound < range.upperBound { ports.append(own.upperBound + 1) }
    }
    if ports.count == 1 { return ports }
    ports.sort()
    return ports.enumerated().filter { $0.offset == 0 || ports[$0.offset - 1] != $0.element }.map(\.element)
  }
}
