/// A set of services: protocols, with the destination ports of TCP and UDP and the types and codes of ICMP.
///
/// Every pair of an IP protocol number and a slot is a number on one line, protocol × 2¹⁶ + slot, and the set is one of
/// numbers, with the algebra of `IPv4Set`: exact and canonical. The slot is the port, or ICMP's type × 2⁸ + code; other
/// protocols have all their slots or none.
public struct ServiceSet: Hashable, Sendable {
  @usableFromInline let numbers: IPv4Set

  @inlinable init(_ numbers: IPv4Set) { self.numbers = numbers }

  private init(_ ranges: ClosedRange<UInt32>...) {
    numbers = IPv4Set(ranges.map { IPv4Range(IPv4Address(bits: $0.lowerBound), IPv4Address(bits: $0.upperBound)) })
  }

  /// No service.
  public static let empty = ServiceSet(IPv4Set.empty)
  /// Every slot of every protocol.
  public static let everything = ServiceSet(0...0xFF_FFFF)
  /// ICMP, TCP and UDP whole.
  public static let icmpTCPUDP = ServiceSet(0x1_0000...0x1_FFFF, 0x6_0000...0x6_FFFF, 0x11_0000...0x11_FFFF)
  /// An echo request: type 8, code 0.
  public static let icmpEcho = icmp(type: 8, code: 0)

  /// TCP ports.
  public static func tcp(_ ports: ClosedRange<UInt16>) -> ServiceSet { ports.of(protocol: 6) }

  /// UDP ports.
  public static func udp(_ ports: ClosedRange<UInt16>) -> ServiceSet { ports.of(protocol: 17) }

  /// ICMP messages; nil for all types, or all codes of a type.
  public static func icmp(type: UInt8?, code: UInt8?) -> ServiceSet {
    guard let type else { return (UInt16.min...UInt16.max).of(protocol: 1) }
    let first = UInt16(type) << 8
    return (code.map { first + UInt16($0)...first + UInt16($0) } ?? first...first + 255).of(protocol: 1)
  }

  /// All of a protocol by its number.
  public static func protocolNumber(_ number: UInt8) -> ServiceSet {
    (UInt16.min...UInt16.max).of(protocol: number)
  }

  /// Whether there is no service in it.
  @inlinable public var isEmpty: Bool { numbers.isEmpty }

  /// The services of either set.
  public func union(_ other: ServiceSet) -> ServiceSet {
    if isEmpty { return other }
    return other.isEmpty ? self : ServiceSet(numbers.union(other.numbers))
  }

  /// The services of both sets.
  public func intersection(_ other: ServiceSet) -> ServiceSet {
    isEmpty || other.isEmpty ? .empty : self == other ? self : ServiceSet(numbers.intersection(other.numbers))
  }

  /// The services of this set that the other does not have.
  public func subtracting(_ other: ServiceSet) -> ServiceSet {
    isEmpty || other.isEmpty ? self : ServiceSet(numbers.subtracting(other.numbers))
  }

  /// The services that the set does not have.
  public var complement: ServiceSet { Self.everything.subtracting(self) }

  /// Whether every service of the other set is in it.
  public func isSuperset(of other: ServiceSet) -> Bool { numbers.isSuperset(of: other.numbers) }

  /// The ports of TCP or UDP in it, ascending; none for ICMP.
  public func ports(of transport: TransportProtocol) -> [ClosedRange<UInt16>] {
    let whole: ServiceSet =
      switch transport {
      case .tcp: .tcp(0...0xFFFF)
      case .udp: .udp(0...0xFFFF)
      case .icmp: .empty
      }
    return intersection(whole).numbers.ranges.map {
      UInt16(truncatingIfNeeded: $0.first.bits)...UInt16(truncatingIfNeeded: $0.last.bits)
    }
  }

  /// Whether a protocol's slot is in it.
  public func contains(protocol number: UInt8, slot: UInt16) -> Bool {
    numbers.contains(IPv4Address(bits: UInt32(number) << 16 | UInt32(slot)))
  }
}

extension ClosedRange<UInt16> {
  fileprivate func of(protocol number: UInt8) -> ServiceSet {
    let base = UInt32(number) << 16
    return ServiceSet(
      IPv4Set(
        IPv4Range(IPv4Address(bits: base | UInt32(lowerBound)), IPv4Address(bits: base | UInt32(upperBound)))))
  }
}
