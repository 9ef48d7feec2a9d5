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
    // By position: copying a rule costs more than looking at it.
    let relevant = rules.indices.filter {
      rules[$0].client.contains(client) && rules[$0].service.overlaps(range)
    }
    let starts = Self.starts(in: range, rules, relevant)
    var result: AddressMap<ServiceSet>?
    for port in ports {
      let map = Self.passing(rules, relevant, starts, port)
      result = result?.zipped(with: map) { $0.intersection($1) } ?? map
    }
    return result ?? AddressMap(everywhere: .empty)
  }

  /// Where the addresses that a rule names begin or end: between neighbours nothing changes.
  private static func starts(in range: IPv4Range, _ rules: [FilterRule], _ relevant: [Int]) -> [UInt32] {
    var starts: Set<UInt32> = [range.first.bits]
    for index in relevant where !rules[index].service.contains(range) {
      for part in rules[index].service.ranges {
        if range.contains(part.first) { starts.insert(part.first.bits) }
        if part.last < range.last, range.contains(part.last) { starts.insert(part.last.bits + 1) }
      }
    }
    return starts.sorted()
  }

  private static func passing(
    _ rules: [FilterRule], _ relevant: [Int], _ starts: [UInt32], _ port: UInt16
  ) -> AddressMap<ServiceSet> {
    let matching = relevant.map { (rule: $0, services: rules[$0].services(port: port)) }.filter { !$0.services.isEmpty }
    guard starts.count > 1 else { return AddressMap(everywhere: allowed(matching, rules)) }
    let segments = starts.map { start -> (UInt32, ServiceSet) in
      let address = IPv4Address(bits: start)
      return (start, allowed(matching.filter { rules[$0.rule].service.contains(address) }, rules))
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
        && rule.client.contains(client)
        && !rule.services(port: port).intersection(service).isEmpty
    }
    return rule.map { ($0.allows, $0.span) } ?? (false, span)
  }
}
