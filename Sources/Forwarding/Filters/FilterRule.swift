import ClientVPN
import IPv4Space
import SourceText

/// A rule of a network ACL or a security group in numbers, for one kind of packet: requests of clients, or the answers.
///
/// Of a packet the service's end varies (its address, and the port of the service), and the client's end is one address
/// and one ephemeral port.
struct FilterRule {
  /// Addresses at the service's end.
  let service: AddressMatch
  /// Addresses at the client's end.
  let client: AddressMatch
  /// Services that it matches for the client ports in `clientPorts`, and for ICMP with any.
  let services: ServiceSet
  /// Services that it matches whatever the client's port.
  let portless: ServiceSet
  /// Ports at the client's end.
  let clientPorts: ClosedRange<UInt16>
  /// Whether it allows; else it denies.
  let allows: Bool
  /// Whether it is known to match what it names. A rule that is not refers to a group of which the model does not tell
  /// who is in it.
  let isCertain: Bool
  /// Where it is written; nil if it is not in the model.
  let span: Span?

  /// Everything that a group may allow which the model leaves out.
  static let ofUnknownGroup = FilterRule(
    service: .any, client: .any, services: .flows, portless: .icmpEcho, clientPorts: 1...0xFFFF, allows: true,
    isCertain: false, span: nil, isPossible: true, isUnread: false)

  /// The services that it matches for a port of the client.
  func services(port: UInt16) -> ServiceSet { clientPorts.contains(port) ? services : portless }
}

/// The addresses that a rule names: nearly always one network.
enum AddressMatch {
  case any
  case range(IPv4Range)
  /// Those of a security group's members.
  case set(IPv4Set)

  init(_ prefix: IPv4Prefix?) { self = prefix.map { $0.length == 0 ? .any : .range($0.range) } ?? .any }

  func contains(_ address: IPv4Address) -> Bool {
    switch self {
    case .any: true
    case .range(let range): range.contains(address)
    case .set(let set): set.contains(address)
    }
  }

  func overlaps(_ other: IPv4Range) -> Bool {
    switch self {
    case .any: true
    case .range(let range): range.overlaps(other)
    case .set(let set): set.overlaps(other)
    }
  }

  /// Its ranges.
  var ranges: [IPv4Range] {
    switch self {
    case .any: [.everything]
    case .range(let range): [range]
    case .set(let set): set.ranges
    }
  }
}

/// Which kind of packets a filter looks at.
enum FlowLeg {
  /// From the client to the service.
  case request
  /// The answer.
  case reply
}

extension FilterRule {
  /// A rule of a network ACL for one leg of flows.
  init(_ rule: ACLRule, _ leg: FlowLeg) {
    let (source, destination) = (AddressMatch(rule.source?.value), AddressMatch(rule.destination?.value))
    let isRequest = leg == .request
    let match = ProtocolMatch(rule.transport.value, type: rule.icmpType?.value, code: rule.icmpCode?.value, leg)
    let servicePorts = (isRequest ? rule.destinationPorts : rule.sourcePorts).range
    let clientPorts = (isRequest ? rule.sourcePorts : rule.destinationPorts).range
    self.init(
      service: isRequest ? destination : source, client: isRequest ? source : destination,
      services: match.services(servicePorts), portless: match.echo, clientPorts: clientPorts ?? 1...0xFFFF,
      allows: rule.allows.value, isCertain: true, span: rule.span, isPossible: clientPorts != nil,
      isUnread: rule.isUnread)
  }

  /// A rule of a security group for requests: its ports are destination ports. `local` is the end that the group is at.
  init(_ rule: SecurityGroupRule, remote: AddressMatch, isCertain: Bool = true) {
    let local = AddressMatch(rule.local?.value)
    let isOutbound = rule.direction.value == .outbound
    let match = ProtocolMatch(rule.transport.value, type: rule.icmpType?.value, code: rule.icmpCode?.value, .request)
    self.init(
      service: isOutbound ? remote : local, client: isOutbound ? local : remote,
      services: match.services(rule.ports.range), portless: match.echo, clientPorts: 1...0xFFFF, allows: true,
      isCertain: isCertain, span: rule.span, isPossible: true, isUnread: rule.isUnread)
  }

  private init(
    service: AddressMatch, client: AddressMatch, services: ServiceSet, portless: ServiceSet,
    clientPorts: ClosedRange<UInt16>, allows: Bool, isCertain: Bool, span: Span?, isPossible: Bool, isUnread: Bool
  ) {
    self.service = service
    self.client = client
    // What could not be read opens and closes nothing.
    self.services = isUnread ? .empty : isPossible ? services : portless
    self.portless = isUnread ? .empty : portless
    self.clientPorts = clientPorts
    self.allows = allows
    self.isCertain = isCertain
    self.span = span
  }
}

/// Which flows a rule's protocol takes in (IBM VPC documentation, migration of the protocol `all`).
private struct ProtocolMatch {
  let hasTCP, hasUDP: Bool
  let echo: ServiceSet

  init(_ name: String, type: Int?, code: Int?, _ leg: FlowLeg) {
    let isAny = ["any", "all", "icmp_tcp_udp"].contains(name)
    hasTCP = isAny || name == "tcp" || name == "number_6"
    hasUDP = isAny || name == "udp" || name == "number_17"
    let isICMP = isAny || name == "icmp" || name == "number_1"
    // An ICMP flow is an echo with its answer (SPEC §2).
    let wanted = leg == .request ? 8 : 0
    echo = isICMP && (type ?? wanted) == wanted && (code ?? 0) == 0 ? .icmpEcho : .empty
  }

  func services(_ ports: ClosedRange<UInt16>?) -> ServiceSet {
    guard let ports else { return echo }
    var services = echo
    if hasTCP { services = services.union(.tcp(ports)) }
    if hasUDP { services = services.union(.udp(ports)) }
    return services
  }
}

extension PortBounds {
  /// The ports; nil if the ends are upside down or out of range.
  var range: ClosedRange<UInt16>? {
    let (low, high) = (min?.value ?? 1, max?.value ?? 0xFFFF)
    guard low <= high, let first = UInt16(exactly: low), let last = UInt16(exactly: high) else { return nil }
    return first...last
  }
}

extension ServiceSet {
  /// Everything that a client's flow can be: an echo, or a TCP or UDP port.
  static let flows = ServiceSet.icmpEcho.union(.tcp(1...0xFFFF)).union(.udp(1...0xFFFF))
}
