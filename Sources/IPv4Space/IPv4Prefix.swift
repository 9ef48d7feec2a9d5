/// An address and a prefix length (0…32) as written: the address may have host bits.
public struct IPv4Prefix: Hashable, Sendable, CustomStringConvertible {
  /// The address as written.
  public let address: IPv4Address
  /// Prefix length, 0…32.
  public let length: UInt8

  /// Makes a prefix. `length` is 0…32.
  @inlinable public init(_ address: IPv4Address, length: UInt8) {
    self.address = address
    self.length = min(length, 32)
  }

  /// The mask: ones for the network part.
  @inlinable public var mask: UInt32 { length == 0 ? 0 : UInt32.max << (32 - UInt32(length)) }

  /// First address of the network.
  @inlinable public var first: IPv4Address { IPv4Address(bits: address.bits & mask) }

  /// Last address of the network.
  @inlinable public var last: IPv4Address { IPv4Address(bits: address.bits | ~mask) }

  /// The addresses of the network.
  @inlinable public var range: IPv4Range { IPv4Range(first, last) }

  /// Whether bits after the prefix length are set, as in 10.1.0.7/24.
  @inlinable public var hasHostBits: Bool { address.bits & ~mask != 0 }

  /// The same network with the host bits zero.
  @inlinable public var canonical: IPv4Prefix { IPv4Prefix(first, length: length) }

  /// How many addresses: 1…2³².
  public var count: UInt64 { 1 << (32 - UInt64(length)) }

  /// Whether every address of `other` is in this network.
  @inlinable public func contains(_ other: IPv4Prefix) -> Bool {
    length <= other.length && other.address.bits & mask == first.bits
  }

  /// Whether the address is in this network.
  @inlinable public func contains(_ address: IPv4Address) -> Bool { address.bits & mask == first.bits }

  /// Whether the networks have addresses in common; one then contains the other.
  @inlinable public func overlaps(_ other: IPv4Prefix) -> Bool { contains(other) || other.contains(self) }

  /// CIDR notation, as written.
  public var description: String { "\(address)/\(length)" }
}
