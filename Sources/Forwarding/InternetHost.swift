public import IPv4Space

extension AddressPlan {
  private static let wellKnown = [
    IPv4Address(8, 8, 8, 8), IPv4Address(1, 1, 1, 1), IPv4Address(9, 9, 9, 9), IPv4Address(208, 67, 222, 222),
  ]

  /// One of the addresses that a host on the internet can have: one that people know if possible.
  public func internetHost(in addresses: IPv4Set) -> IPv4Address? {
    let hosts = addresses.intersection(internet)
    return Self.wellKnown.first(where: hosts.contains) ?? hosts.ranges.first?.hostToShow
  }
}
