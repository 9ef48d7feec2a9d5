import ClientVPN
import IPv4Space
import SourceText

/// A rule of a filter that is written wrong, so that it matches nothing or is not there at all, and the rule that it may be
/// meant to be. What it would let pass is not stopped for want of a rule.
struct RuleSlip {
  /// The rule as it may be meant, for one leg of flows.
  let meant: FilterRule
  /// Its place among the rules as written.
  let position: Int
  /// What is wrong.
  let span: Span

  /// Whether it would let packets to a service pass, to any service if none is asked for; the client's end is nil if it is
  /// not known.
  func allows(_ service: ServiceSet?, at address: IPv4Address, client: IPv4Address?) -> Bool {
    let services = meant.services(port: EphemeralPorts.all.range.lowerBound)
    return meant.allows && meant.service.contains(address) && client.map(meant.client.contains) ?? true
      && service.map(services.isSuperset) ?? !services.isEmpty
  }
}

extension NetworkACL {
  /// The rules of one direction that are written wrong and may be meant to allow.
  func slips(_ direction: Direction, _ leg: FlowLeg, _ known: FilterProfile) -> [RuleSlip] {
    let taken = (rules?.elements ?? []).compactMap { rule in rule.mended(known).map { ($0.rule, $0.span) } }
    let all = taken + unreadRules.map { ($0.read, $0.span) }
    return all.filter { $0.0.direction.value == direction && $0.0.allows.value }.map { rule, span in
      RuleSlip(meant: FilterRule(rule, leg), position: rule.position, span: span)
    }
  }
}

extension SecurityGroup {
  /// The rules of one direction that are written wrong.
  func slips(_ direction: Direction, _ known: FilterProfile) -> [RuleSlip] {
    let taken = (rules?.elements ?? []).compactMap { rule in rule.mended(known).map { ($0.rule, $0.span) } }
    let all = taken + unreadRules.map { ($0.read, $0.span) }
    return all.filter { $0.0.direction.value == direction }.map { rule, span in
      let remote: AddressMatch = if case .prefix(let prefix)? = rule.remote { AddressMatch(prefix.value) } else { .any }
      return RuleSlip(meant: FilterRule(rule, remote: remote), position: rule.position, span: span)
    }
  }
}

extension ACLRule {
  /// The rule as it may be meant, and what is wrong with it; nil if nothing is.
  fileprivate func mended(_ known: FilterProfile) -> (rule: ACLRule, span: Span)? {
    var rule = read
    let ports = [rule.sourcePorts.mend(), rule.destinationPorts.mend()].compactMap(\.self)
    let message = mendMessage(&rule.icmpType, &rule.icmpCode, known)
    return (ports.first ?? message ?? (isUnread ? span : nil)).map { (rule, $0) }
  }

  /// The rule with what could be read of it.
  fileprivate var read: ACLRule {
    var rule = self
    rule.isUnread = false
    return rule
  }
}

extension SecurityGroupRule {
  /// The rule as it may be meant, and what is wrong with it; nil if nothing is.
  fileprivate func mended(_ known: FilterProfile) -> (rule: SecurityGroupRule, span: Span)? {
    var rule = read
    let ports = rule.ports.mend()
    let message = mendMessage(&rule.icmpType, &rule.icmpCode, known)
    var group: Span?
    if case .group(let reference)? = remote, reference.index == nil, !reference.isAPIObject {
      group = reference.span
      rule.remote = nil
    }
    return (group ?? ports ?? message ?? (isUnread ? span : nil)).map { (rule, $0) }
  }

  /// The rule with what could be read of it.
  fileprivate var read: SecurityGroupRule {
    var rule = self
    rule.isUnread = false
    return rule
  }
}

extension PortBounds {
  /// Turns a range that is upside down, and opens one with a port that does not exist; returns the place of what was wrong.
  fileprivate mutating func mend() -> Span? {
    guard range == nil, let place = (min ?? max)?.span else { return nil }
    (min, max) = (max, min)
    if range == nil { (min, max) = (nil, nil) }
    return place
  }
}

/// Opens an ICMP message that does not exist; returns the place of what was wrong.
private func mendMessage(
  _ type: inout Field<Int>?, _ code: inout Field<Int>?, _ known: FilterProfile
) -> Span? {
  let isWrong =
    type.map { !known.icmpTypes.contains($0.value) } ?? false
    || code.map { !known.icmpCodes.contains($0.value) } ?? false
    || type == nil && code != nil
  guard isWrong, let place = (type ?? code)?.span else { return nil }
  (type, code) = (nil, nil)
  return place
}

/// The slips in the rules of security groups. A group stops many flows, and its rules are looked through once.
final class GroupSlips {
  private struct Place: Hashable {
    let group: Int
    let direction: Direction
  }

  private var found: [Place: [RuleSlip]] = [:]

  /// Those of a group by its position.
  func slips(of group: Int, _ direction: Direction, in model: Model) -> [RuleSlip] {
    let place = Place(group: group, direction: direction)
    if let slips = found[place] { return slips }
    let slips = model.vpc.securityGroups?.elements[group].slips(direction, model.provider.filters) ?? []
    found[place] = slips
    return slips
  }
}
