/// How many client addresses the expected clients of a server need.
public struct PoolDemand: Sendable {
  /// The expected clients.
  public let clients: Field<Int>
  /// Addresses they need.
  public let addresses: UInt64

  /// The longest prefix length of a pool with so many addresses; nil if all of IPv4 is too small.
  public var prefixLength: UInt8? {
    guard addresses <= 1 << 32 else { return nil }
    return addresses <= 1 ? 32 : UInt8((addresses - 1).leadingZeroBitCount) - 32
  }
}

extension VPNServer {
  /// What the expected clients need; nil if their number is not modelled (IBM VPC API, create_vpn_server).
  public func poolDemand(_ provider: ProviderProfile) -> PoolDemand? {
    guard let expectedClients, expectedClients.value > 0 else { return nil }
    let (product, isTooLarge) = UInt64(expectedClients.value).multipliedReportingOverflow(
      by: UInt64(provider.poolAddressesPerClient))
    return PoolDemand(clients: expectedClients, addresses: isTooLarge ? .max : product)
  }
}
