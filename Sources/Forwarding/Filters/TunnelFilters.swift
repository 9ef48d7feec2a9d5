import ClientVPN
public import IPv4Space
import SourceText

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
}

/// The filters that the tunnel's own packets pass: the server's security groups, and the ACLs of its subnets both ways.
public struct TunnelFilters: Sendable {
  /// What stops the tunnel for everybody.
  public let blocks: [TunnelBlock]
  /// Public addresses from which alone the security groups let clients in; nil if it is from everywhere, or nobody.
  public let restrictedSources: IPv4Set?

  init(_ index: Int, _ model: Model, _ attachments: Attachments, _ plan: AddressPlan) {
    let server = model.servers[index]
    let service = ServiceSet(
      server.transport?.value == "tcp" ? .tcp : .udp, port: server.tunnelPort(model.provider))
    var blocks: [TunnelBlock] = []
    var restricted: IPv4Set?
    if let groups = model.vpc.securityGroups?.elements, let attached = attachments.securityGroups(ofServer: index) {
      let rules = attached.flatMap { groups[$0].rules?.elements ?? [] }.filter { $0.direction.value == .inbound }
      let question = Question(rules.map { FilterRule($0, remote: $0.remoteAddresses) }, .everything, plan)
      let sources = question.sources(of: service)
      if sources.isEmpty {
        let isDefault = attached.allSatisfy { groups[$0].isDefault || $0 == model.vpc.defaultSecurityGroup?.index }
        blocks.append(
          TunnelBlock(
            filter: .groups(attached, isDefaultAlone: isDefault), service: service, opened: question.opened))
      } else if !sources.isSuperset(of: plan.internet) {
        restricted = sources
      }
    }
    for subnet in (server.subnets?.elements ?? []).compactMap(\.index) {
      guard case .known(let acl) = attachments.networkACL(ofSubnet: subnet), let rules = model.vpc.networkACLs else {
        continue
      }
      let block = model.vpc.subnets.elements[subnet].block.value.range
      for (direction, leg) in [(Direction.inbound, FlowLeg.request), (.outbound, .reply)] {
        let own = (rules.elements[acl].rules?.elements ?? []).filter { $0.direction.value == direction }
        let question = Question(own.map { FilterRule($0, leg) }, block, plan)
        guard question.sources(of: service).isEmpty else { continue }
        let filter: TunnelBlock.Filter =
          leg == .request ? .inboundACL(acl, subnet: subnet) : .outboundACL(acl, subnet: subnet)
        blocks.append(TunnelBlock(filter: filter, service: service, opened: question.opened))
      }
    }
    self.blocks = blocks
    restrictedSources = restricted
  }

  /// What one filter lets through between clients on the internet and the server.
  private struct Question {
    let stage: FilterStage
    let server: IPv4Range
    let clients: IPv4Set

    init(_ rules: [FilterRule], _ server: IPv4Range, _ plan: AddressPlan) {
      stage = FilterStage(stage: .carrier, holder: .unknown, name: "", rules: rules, span: nil, ports: .all)
      self.server = server
      clients = plan.internet
    }

    /// Public addresses of clients from which a service at some address of the server is reached.
    func sources(of service: ServiceSet) -> IPv4Set {
      let ranges = stretches.filter { passing($0.first).intersection(service) == service }
      return IPv4Set(ranges).intersection(clients)
    }

    /// Services that pass from somewhere.
    var opened: ServiceSet { stretches.reduce(.empty) { $0.union(passing($1.first)) } }

    private func passing(_ client: IPv4Address) -> ServiceSet {
      var services = ServiceSet.empty
      stage.passing(server, client: client).forEach(in: server) { _, passing in
        services = services.union(passing)
        return true
      }
      return services
    }

    /// Stretches of public addresses within which no rule changes.
    private var stretches: [IPv4Range] {
      var starts = Set(clients.ranges.map(\.first.bits))
      for range in (stage.rules ?? []).map(\.client).flatMap(\.ranges) {
        if clients.contains(range.first) { starts.insert(range.first.bits) }
        let next = range.last.bits &+ 1
        if next != 0, clients.contains(IPv4Address(bits: next)) { starts.insert(next) }
      }
      let sorted = starts.sorted()
      return sorted.indices.map { index in
        let last = index + 1 < sorted.count ? sorted[index + 1] - 1 : UInt32.max
        return IPv4Range(IPv4Address(bits: sorted[index]), IPv4Address(bits: last))
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
