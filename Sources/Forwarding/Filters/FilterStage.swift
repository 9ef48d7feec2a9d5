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

/// A filter that packets pass on their way: the rules of one ACL in one direction, or of the attached security groups.
struct FilterStage {
  /// Which stage it is.
  let stage: Stage
  /// What holds the rules.
  let holder: FilterHolder
  /// What it is called in the model: an ACL, or groups. Empty if it is not known.
  let name: String
  /// The rules in order; nil if which they are is not known.
  let rules: [FilterRule]?
  /// Where it is written: an ACL, or a group.
  let span: Span?
  /// One port of the client's end for each stretch within which no rule changes.
  let ports: [UInt16]

  init(
    stage: Stage, holder: FilterHolder, name: String, rules: [FilterRule]?, span: Span?, ports: EphemeralPorts
  ) {
    self.stage = stage
    self.holder = holder
    self.name = name
    self.rules = rules
    self.span = span
    self.ports = ports.representatives(rules ?? [])
  }

  /// The services that pass from one end of the client to each address of a range, of those in `flows`. The first rule
  /// that matches decides; without one nothing passes.
  func passing(
    _ range: IPv4Range, client: IPv4Address
  ) -> AddressMap<ServiceSet> {
    guard let rules else { return AddressMap(everywhere: .flows) }
    var result: AddressMap<ServiceSet>?
    for port in ports {
      let map = passing(rules, range, client, port)
      result = result?.zipped(with: map) { $0.intersection($1) } ?? map
    }
    return result ?? AddressMap(everywhere: .empty)
  }

  private func passing(
    _ rules: [FilterRule], _ range: IPv4Range, _ client: IPv4Address, _ port: UInt16
  ) -> AddressMap<ServiceSet> {
    var relevant: [(rule: Int, services: ServiceSet)] = []
    var isWhole = true
    for (index, rule) in rules.enumerated() where rule.service.overlaps(range) {
      let services = rule.services(client: client, port: port)
      guard !services.isEmpty else { continue }
      relevant.append((index, services))
      isWhole = isWhole && rule.service.contains(range)
    }
    if isWhole { return AddressMap(everywhere: Self.allowed(relevant, rules)) }
    // Between neighbouring ends of the rules' addresses nothing changes.
    var starts: Set<UInt32> = [range.first.bits]
    for (index, _) in relevant {
      for part in rules[index].service.ranges {
        if range.contains(part.first) { starts.insert(part.first.bits) }
        if part.last < range.last, range.contains(part.last) { starts.insert(part.last.bits + 1) }
      }
    }
    let segments = starts.sorted().map { start -> (UInt32, ServiceSet) in
      let address = IPv4Address(bits: start)
      return (start, Self.allowed(relevant.filter { rules[$0.rule].service.contains(address) }, rules))
    }
    return AddressMap(segments, before: .empty)
  }

  private static func allowed(_ matching: [(rule: Int, services: ServiceSet)], _ rules: [FilterRule]) -> ServiceSet {
    var allowed = ServiceSet.empty
    var open = ServiceSet.flows
    for (index, services) in matching {
      // Nothing that follows a rule for everything matters.
      if services.isSuperset(of: open) { return rules[index].allows ? allowed.union(open) : allowed }
      if rules[index].allows { allowed = allowed.union(services.intersection(open)) }
      open = open.subtracting(services)
    }
    return allowed
  }

  /// The rule that decides about one packet: its place, and whether it lets the packet pass. Without a rule the filter
  /// itself is the place.
  func decision(_ service: ServiceSet, at address: IPv4Address, client: IPv4Address, port: UInt16) -> (Bool?, Span?) {
    guard let rules else { return (nil, span) }
    let rule = rules.first { rule in
      rule.service.contains(address)
        && !rule.services(client: client, port: port).intersection(service).isEmpty
    }
    return rule.map { ($0.allows, $0.span) } ?? (false, span)
  }
}
