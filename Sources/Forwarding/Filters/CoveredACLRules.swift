public import ClientVPN
import IPv4Space

/// A rule of a network ACL that never decides, because earlier rules of its direction match all that it matches.
public struct CoveredACLRule: Sendable {
  /// Position of the rule among those that could be read.
  public let rule: Int
  /// Positions of the earlier rules that match some of its packets, in order, up to the one that takes the last of them.
  public let coveredBy: [Int]
}

extension NetworkACL {
  /// The rules that never decide, ascending: exactly those all of whose packets earlier rules of their direction match,
  /// alone or together. Rules that the service refuses for their ports or ICMP messages are left out. The work is limited:
  /// of an ACL with many times the rules that the service takes, the last rules are not compared.
  public var coveredRules: [CoveredACLRule] {
    // Of rules that are not all known, the order is not known either.
    if rulesAreUnknown { return [] }
    var covered: [CoveredACLRule] = []
    var earlier: [Direction: [(rule: Int, box: PacketBox)]] = [:]
    var comparisons = 0
    for (index, rule) in (rules?.elements ?? []).enumerated() {
      guard let packets = PacketBox.all(matchedBy: rule), comparisons < comparisonsAtMost else { continue }
      let before = earlier[rule.direction.value] ?? []
      earlier[rule.direction.value, default: []] += packets.map { (index, $0) }
      comparisons += before.count
      // Most rules have a corner that no earlier one takes.
      if packets.contains(where: { $0.hasCorner(outside: before) }) { continue }
      var remaining = packets
      var coveredBy: [Int] = []
      for (other, box) in before {
        comparisons += remaining.count
        guard remaining.contains(where: { $0.overlaps(box) }) else { continue }
        if coveredBy.last != other { coveredBy.append(other) }
        remaining = remaining.flatMap { $0.subtracting(box) }
        if remaining.isEmpty || comparisons >= comparisonsAtMost { break }
      }
      if remaining.isEmpty { covered.append(CoveredACLRule(rule: index, coveredBy: coveredBy)) }
    }
    return covered
  }

  private var comparisonsAtMost: Int { 4_000_000 }
}

/// Packets whose source, destination, protocol with slot, and source port each lie in a range. The protocol with slot is
/// protocol × 2¹⁶ + slot, as in `ServiceSet`: the slot is the destination port, or ICMP's type × 2⁸ + code.
private struct PacketBox {
  private static let anyAddress: ClosedRange<UInt32> = 0...UInt32.max
  private static let anyPort: ClosedRange<UInt32> = 0...0xFFFF

  private var source, destination, service, sourcePort: ClosedRange<UInt32>

  /// The packets that a rule matches; nil if the service refuses the rule, or not all of it could be read.
  static func all(matchedBy rule: ACLRule) -> [PacketBox]? {
    guard !rule.isUnread, let services = services(of: rule) else { return nil }
    let source = rule.source?.value.range.extent ?? anyAddress
    let destination = rule.destination?.value.range.extent ?? anyAddress
    return services.map { service, sourcePort in
      PacketBox(source: source, destination: destination, service: service, sourcePort: sourcePort)
    }
  }

  private typealias Services = [(service: ClosedRange<UInt32>, sourcePort: ClosedRange<UInt32>)]

  private static func services(of rule: ACLRule) -> Services? {
    let hasPorts = !rule.sourcePorts.isEmpty || !rule.destinationPorts.isEmpty
    let hasMessage = rule.icmpType != nil || rule.icmpCode != nil
    switch rule.transport.value {
    case "tcp": return hasMessage ? nil : ports(of: rule, 6)
    case "udp": return hasMessage ? nil : ports(of: rule, 17)
    case "icmp": return hasPorts ? nil : messages(of: rule)
    case _ where hasPorts || hasMessage: return nil
    case "any": return [(0...0xFF_FFFF, anyPort)]
    // The old name is `any` in rules that deny (SPEC §2).
    case "all" where !rule.allows.value: return [(0...0xFF_FFFF, anyPort)]
    case "all", "icmp_tcp_udp": return [1, 6, 17].map { (whole($0), anyPort) }
    case let name: return number(of: name).map { [(whole($0), anyPort)] }
    }
  }

  private static func ports(of rule: ACLRule, _ number: UInt32) -> Services? {
    guard let from = rule.sourcePorts.range, let to = rule.destinationPorts.range else { return nil }
    let isAnySource = rule.sourcePorts.isEmpty
    let slots =
      rule.destinationPorts.isEmpty
      ? whole(number) : number << 16 | UInt32(to.lowerBound)...number << 16 | UInt32(to.upperBound)
    return [(slots, isAnySource ? anyPort : UInt32(from.lowerBound)...UInt32(from.upperBound))]
  }

  private static func messages(of rule: ACLRule) -> Services? {
    guard let type = rule.icmpType?.value else { return rule.icmpCode == nil ? [(whole(1), anyPort)] : nil }
    guard let type = UInt8(exactly: type) else { return nil }
    let first = UInt32(1) << 16 | UInt32(type) << 8
    guard let code = rule.icmpCode?.value else { return [(first...first | 0xFF, anyPort)] }
    return UInt8(exactly: code).map { [(first | UInt32($0)...first | UInt32($0), anyPort)] }
  }

  private static func whole(_ number: UInt32) -> ClosedRange<UInt32> { number << 16...number << 16 | 0xFFFF }

  /// The number of a protocol by the API's name (IANA, protocol numbers).
  private static func number(of name: String) -> UInt32? {
    switch name {
    case "ip_in_ip": 4
    case "rsvp": 46
    case "gre": 47
    case "esp": 50
    case "ah": 51
    case "vrrp": 112
    case "l2tp": 115
    case "sctp": 132
    default: name.hasPrefix("number_") ? UInt8(name.dropFirst("number_".count)).map(UInt32.init) : nil
    }
  }

  func overlaps(_ other: PacketBox) -> Bool {
    source.overlaps(other.source) && destination.overlaps(other.destination) && service.overlaps(other.service)
      && sourcePort.overlaps(other.sourcePort)
  }

  /// Whether a packet at a corner is in none of the boxes.
  func hasCorner(outside boxes: [(rule: Int, box: PacketBox)]) -> Bool {
    (0..<16).contains { number in
      func end(_ range: ClosedRange<UInt32>, _ bit: Int) -> UInt32 {
        number & bit == 0 ? range.lowerBound : range.upperBound
      }
      let corner = (end(source, 1), end(destination, 2), end(service, 4), end(sourcePort, 8))
      return !boxes.contains { _, box in
        box.source.contains(corner.0) && box.destination.contains(corner.1) && box.service.contains(corner.2)
          && box.sourcePort.contains(corner.3)
      }
    }
  }

  /// The packets that the other box does not have, as disjoint boxes: cut off along one side after the other.
  func subtracting(_ other: PacketBox) -> [PacketBox] {
    guard overlaps(other) else { return [self] }
    var (inner, outer) = (self, [PacketBox]())
    for side in [\PacketBox.source, \.destination, \.service, \.sourcePort] {
      let (own, cut) = (inner[keyPath: side], other[keyPath: side])
      if own.lowerBound < cut.lowerBound {
        outer.append(inner)
        outer[outer.count - 1][keyPath: side] = own.lowerBound...cut.lowerBound - 1
      }
      if own.upperBound > cut.upperBound {
        outer.append(inner)
        outer[outer.count - 1][keyPath: side] = cut.upperBound + 1...own.upperBound
      }
      inner[keyPath: side] = own.clamped(to: cut)
    }
    return outer
  }
}

extension PortBounds {
  fileprivate var isEmpty: Bool { min == nil && max == nil }
}
