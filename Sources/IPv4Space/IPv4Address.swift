/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The 32 bits, first octet highest.
  public let bits: UInt32

  /// Makes an address from its 32 bits.
  @inlinable public init(bits: UInt32) { self.bits = bits }

  /// Makes an address from its four octets.
  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    bits = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  /// Order of number.
  @inlinable public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }

  /// Dotted quad.
  public var description: String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }
}
