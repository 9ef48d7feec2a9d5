import ClientVPN
public import IPv4Space
public import SourceText

/// A filter that stops the tunnel's own packets: no client gets a connection.
public struct TunnelBlock: Sendable {
  /// Which filter.
  public enum Filter: Sendable {
    /// The security groups of the server, by their positions; the default group alone, or none.
    case groups([Int], isDefaultAlone: Bool)
    /// The ACL of a subnet of the server on the way in, by their positions.
    case inboundACL(Int, subnet: Int)
    /// The same on the way out.
    case outboundACL(Int, subnet: Int)
  }

  /// Which filter.
  public let filter: Filter
  /// What the server listens on.
  public let service: ServiceSet
  /// The services that the filter opens to somebody.
  public let opened: ServiceSet
  /// Where filters stop the tunnel only together: each of them, with the public addresses of clients that it lets through.
  /// Empty if the filter stops it alone.
  public var together: [(filter: Filter, sources: IPv4Set)] = []
  /// A rule that is written wrong and may be meant to let the tunnel through; nil if there is none.
  public var slip: Span?
}

/// The filters that the tunnel's own packets pass: the server's security groups, and the ACLs of its subnets both ways.
public struct TunnelFilters: Sendable {
  /// What stops the tunnel for everybody.
  public let blocks: [TunnelBlock]
  /// Public addresses from which alone the security groups let clients in; nil if it is from everywhere, or nobody.
  public let restrictedSources: IPv4Set?

  init(_ index: Int, _ model: Model, _ attachments: Attachments, _ plan: AddressPlan) {
    let server = model.servers[index]
    guard !server.listenerIsUnknown else {
      (blocks, restrictedSources) = ([], nil)
      return
    }
    let service = ServiceSet(
      server.transport?.value == "tcp" ? .tcp : .udp, port: server.tunnelPort(model.provider))
    var blocks: [TunnelBlock] = []
    var restricted: IPv4Set?
    var attachedGroups: Part?
    if let groups = model.vpc.securityGroups?.elements, let attached = attachments.securityGroups(ofServer: index) {
      let rules = attached.flatMap { groups[$0].rules?.elements ?? [] }.filter { $0.direction.value == .inbound }
      let isDefault = attached.allSatisfy { groups[$0].isDefault || $0 == model.vpc.defaultSecurityGroup?.index }
      let part = Part(
        .groups(attached, isDefaultAlone: isDefault), rules.map { FilterRule($0, remote: $0.remoteAddresses) },
        attached.flatMap { groups[$0].slips(.inbound, model.provider.filters) })
      attachedGroups = part
      let sources = Question([part], .everything, plan).sources(of: service)
      if sources.isEmpty {
        blocks.append(part.block(of: service, .everything, plan))
      } else if !sources.isSuperset(of: plan.internet) {
        restricted = sources
      }
    }
    for subnet in (server.subnets?.elements ?? []).compactMap(\.index) {
      guard case .known(let acl) = attachments.networkACL(ofSubnet: subnet), let rules = model.vpc.networkACLs,
        !rules.elements[acl].rulesAreUnknown
      else { continue }
      let block = model.vpc.subnets.elements[subnet].block.value.range
      let known = model.provider.filters
      let directions = [
        Part(rules.elements[acl], acl, subnet, .request, known), Part(rules.elements[acl], acl, subnet, .reply, known),
      ]
      let stopping = directions.filter { Question([$0], block, plan).sources(of: service).isEmpty }
      blocks += stopping.map { $0.block(of: service, block, plan) }
      let areGroupsOpen = !blocks.contains { if case .groups = $0.filter { true } else { false } }
      if stopping.isEmpty, areGroupsOpen {
        let parts = (attachedGroups.map { [$0] } ?? []) + directions
        if let together = Self.contradiction(parts, service, block, plan) { blocks.append(together) }
      }
    }
    self.blocks = blocks
    restrictedSources = restricted
  }

  /// Filters that each let somebody through, and together nobody: told of the first that leaves nothing of what those
  /// before it let through.
  private static func contradiction(
    _ parts: [Part], _ service: ServiceSet, _ server: IPv4Range, _ plan: AddressPlan
  ) -> TunnelBlock? {
    let last = parts.indices.dropFirst().first { last in
      Question(Array(parts[...last]), server, plan).sources(of: service).isEmpty
    }
    guard let last else { return nil }
    var block = TunnelBlock(filter: parts[last].filter, service: service, opened: .empty)
    block.together = parts.map { ($0.filter, Question([$0], server, plan).sources(of: service)) }
    block.slip = parts[...last].lazy.compactMap { $0.slip(for: service, plan) }.first
    return block
  }

  /// One filter on the way of the tunnel's own packets.
  private struct Part {
    let filter: TunnelBlock.Filter
    let rules: [FilterRule]
    let slips: [RuleSlip]

    init(_ filter: TunnelBlock.Filter, _ rules: [FilterRule], _ slips: [RuleSlip]) {
      self.filter = filter
      self.rules = rules
      self.slips = slips
    }

    /// An ACL for one leg.
    init(_ acl: NetworkACL, _ index: Int, _ subnet: Int, _ leg: FlowLeg, _ known: FilterProfile) {
      let direction: Direction = leg == .request ? .inbound : .outbound
      let own = (acl.rules?.elements ?? []).filter { $0.direction.value == direction }
      self.init(
        leg == .request ? .inboundACL(index, subnet: subnet) : .outboundACL(index, subnet: subnet),
        own.map { FilterRule($0, leg) }, acl.slips(direction, leg, known))
    }

    /// The filter as one that lets nobody through.
    func block(of service: ServiceSet, _ server: IPv4Range, _ plan: AddressPlan) -> TunnelBlock {
      TunnelBlock(
        filter: filter, service: service, opened: Question([self], server, plan).opened,
        slip: slip(for: service, plan))
    }

    /// A rule that is written wrong and may be meant to let clients through.
    func slip(for service: ServiceSet, _ plan: AddressPlan) -> Span? {
      slips.first { slip in
        slip.meant.services(port: EphemeralPorts.all.range.lowerBound).isSuperset(of: service)
          && plan.internet.ranges.contains { slip.meant.client.overlaps($0) }
      }?.span
    }

    /// What passes from each client to addresses of the server that no rule tells apart from this one.
    func passing(to server: IPv4Address) -> AddressMap<ServiceSet> {
      let matching = rules.indices.filter { rules[$0].service.contains(server) }
      let cell = FilterCell(rules, matching, clients: .everything, .all)
      let segments = zip(cell.starts, cell.numbers).map { (start: $0, value: cell.passing[$1].sure) }
      return AddressMap(segments, before: .empty)
    }
  }

  /// What filters let through together between clients on the internet and the server.
  private struct Question {
    /// What passes from each stretch of clients' addresses to some address of the server.
    private let passing: [(clients: IPv4Range, services: ServiceSet)]
    private let internet: IPv4Set

    init(_ parts: [Part], _ server: IPv4Range, _ plan: AddressPlan) {
      internet = plan.internet
      var starts = [server.first.bits]
      for rule in parts.flatMap(\.rules) { AddressStretches.addStarts(of: rule.service, in: server, to: &starts) }
      passing = AddressStretches.stretches(&starts, of: server).flatMap { stretch in
        let together = parts.reduce(AddressMap(everywhere: ServiceSet.flows)) { together, part in
          together.zipped(with: part.passing(to: stretch.first)) { $0.intersection($1) }
        }
        var passing: [(clients: IPv4Range, services: ServiceSet)] = []
        together.forEach(in: .everything) { clients, services in
          passing.append((clients, services))
          return true
        }
        return passing
      }
    }

    /// Public addresses of clients from which a service at some address of the server is reached.
    func sources(of service: ServiceSet) -> IPv4Set {
      IPv4Set(passing.filter { $0.services.isSuperset(of: service) }.map(\.clients)).intersection(internet)
    }

    /// Services that pass from somewhere.
    var opened: ServiceSet {
      passing.filter { IPv4Set($0.clients).intersection(internet) != .empty }.reduce(ServiceSet.empty) {
        $0.union($1.services)
      }
    }
  }
}

extension SecurityGroupRule {
  /// The other end as addresses; none for a group, as clients on the internet are in none.
  fileprivate var remoteAddresses: AddressMatch {
    switch remote {
    case nil: .any
    case .prefix(let prefix): AddressMatch(prefix.value)
    case .group: .set(.empty)
    }
  }
}
