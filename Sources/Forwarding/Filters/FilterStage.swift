import ClientVPN
import IPv4Space
import SourceText

/// What in the model holds the rules of a filter.
public enum FilterHolder: Sendable, Hashable {
  /// A network ACL, by its position.
  case acl(Int)
  /// Security groups, by their positions.
  case groups([Int])
  /// It is not known which.
  case unknown
}

/// Tells filters apart: two with one key have the same rules.
enum FilterKey: Hashable {
  /// An ACL, by its position, at a stage.
  case acl(Int, Stage)
  /// The security groups of the server, for packets to a workload by its position if that tells who is in a group.
  case ofServer(workload: Int?)
  /// The security groups of workloads, by their positions; there may be others if these are not all.
  case ofWorkloads([Int], isComplete: Bool, ServerRoute.Action)
  /// A filter of which the rules are not known.
  case unknown(Stage)
}

/// A filter that packets pass on their way: the rules of one ACL in one direction, or of the attached security groups.
struct FilterStage {
  /// Which stage it is.
  let stage: Stage
  /// What tells it from others.
  let key: FilterKey
  /// What holds the rules.
  let holder: FilterHolder
  /// What it is called in the model: an ACL, or groups. Empty if it is not known.
  let name: String
  /// The rules in order; nil if which they are is not known.
  let rules: [FilterRule]?
  /// Where it is written: an ACL, or a group.
  let span: Span?

  /// What a filter does with one packet.
  struct Decision {
    /// Whether it lets the packet pass; nil if the model does not tell.
    let allows: Bool?
    /// What decides: the rule, or the filter itself if no rule matches.
    let span: Span?
    /// Whether a rule decides.
    let isByRule: Bool
  }

  /// Decides about one packet: the first rule that matches does.
  func decision(_ service: ServiceSet, at address: IPv4Address, _ client: ClientEnd) -> Decision {
    guard let rules else { return Decision(allows: nil, span: span, isByRule: false) }
    return decision(rules, relevant(to: service, at: address), service, client)
  }

  private func decision(
    _ rules: [FilterRule], _ relevant: [Int], _ service: ServiceSet, _ client: ClientEnd
  ) -> Decision {
    var possible: FilterRule?
    for position in relevant where rules[position].client.contains(client.address) {
      let rule = rules[position]
      guard !rule.services(port: client.port).intersection(service).isEmpty else { continue }
      if rule.isCertain { return Decision(allows: rule.allows, span: rule.span, isByRule: true) }
      possible = possible ?? rule
    }
    return possible.map { Decision(allows: nil, span: $0.span, isByRule: true) }
      ?? Decision(allows: false, span: span, isByRule: false)
  }

  /// Positions of the rules that may match some packet of a service at an address.
  private func relevant(to service: ServiceSet, at address: IPv4Address) -> [Int] {
    guard let rules else { return [] }
    return rules.indices.filter { position in
      rules[position].service.contains(address)
        && (!rules[position].services.intersection(service).isEmpty
          || !rules[position].portless.intersection(service).isEmpty)
    }
  }

  /// Every stretch of clients' ends that the rules do not tell apart, with one port for each stretch of ports, until
  /// `body` returns false.
  func forEachEnd(
    _ service: ServiceSet, at address: IPv4Address, in clients: IPv4Range, _ ports: EphemeralPorts,
    _ body: (IPv4Range, UInt16, Decision) -> Bool
  ) {
    guard let rules else {
      _ = body(clients, ports.range.lowerBound, Decision(allows: nil, span: span, isByRule: false))
      return
    }
    let relevant = relevant(to: service, at: address)
    for stretch in AddressStretches.of(clients, dividedBy: relevant.map { rules[$0].client }) {
      let matching = relevant.filter { rules[$0].client.contains(stretch.first) }
      for port in ports.representatives(matching.lazy.map { rules[$0].clientPorts }) {
        let end = ClientEnd(address: stretch.first, port: port)
        guard body(stretch, port, decision(rules, matching, service, end)) else { return }
      }
    }
  }
}

/// The client's end of a packet in the VPC: one address of the pool or of the server, and a port.
struct ClientEnd {
  let address: IPv4Address
  let port: UInt16
}

/// Cuts a range where others begin or end: between neighbours nothing changes.
enum AddressStretches {
  static func of(_ range: IPv4Range, dividedBy matches: [AddressMatch]) -> [IPv4Range] {
    var starts = [range.first.bits]
    for match in matches { addStarts(of: match, in: range, to: &starts) }
    return stretches(&starts, of: range)
  }

  /// Adds where a match begins or ends within a range.
  static func addStarts(of match: AddressMatch, in range: IPv4Range, to starts: inout [UInt32]) {
    if case .any = match { return }
    for part in match.ranges { addStarts(of: part, in: range, to: &starts) }
  }

  /// Adds where a part begins or ends within a range.
  static func addStarts(of part: IPv4Range, in range: IPv4Range, to starts: inout [UInt32]) {
    if range.contains(part.first) { starts.append(part.first.bits) }
    if part.last < range.last, range.contains(part.last) { starts.append(part.last.bits + 1) }
  }

  /// The stretches that begin at the starts, in any order and with doubles.
  static func stretches(_ starts: inout [UInt32], of range: IPv4Range) -> [IPv4Range] {
    starts.sort()
    var stretches: [IPv4Range] = []
    for (index, start) in starts.enumerated() {
      let last = index + 1 < starts.count ? starts[index + 1] &- 1 : range.last.bits
      if index + 1 < starts.count, starts[index + 1] == start { continue }
      stretches.append(IPv4Range(IPv4Address(bits: start), IPv4Address(bits: last)))
    }
    return stretches
  }
}
