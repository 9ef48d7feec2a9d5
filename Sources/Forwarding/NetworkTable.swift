import IPv4Space

/// Values of networks that may nest, found by what lies inside: one look for each length that occurs. For questions between
/// changes; where all networks are known first, an `AddressMap` answers faster.
struct NetworkTable<Value> {
  private var values: [IPv4Prefix: Value] = [:]
  /// Bit n stands for prefix length n: those that occur.
  private var lengths: UInt64 = 0

  /// The value of a network, which has no host bits.
  subscript(network: IPv4Prefix) -> Value? {
    get { values[network] }
    set {
      values[network] = newValue
      lengths |= 1 << UInt64(network.length)
    }
  }

  /// The value of the longest network around an address.
  func longest(around address: IPv4Address) -> Value? { longest(around: IPv4Prefix(address, length: 32)) }

  /// The value of the longest network around another one, or equal to it.
  func longest(around network: IPv4Prefix) -> Value? {
    var left = lengths & ((2 << UInt64(network.length)) - 1)
    while left != 0 {
      let length = UInt8(63 - left.leadingZeroBitCount)
      if let value = values[IPv4Prefix(network.address, length: length).canonical] { return value }
      left &= ~(1 << UInt64(length))
    }
    return nil
  }
}
