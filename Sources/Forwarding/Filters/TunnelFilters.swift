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
    let port = UInt16(exactly: server.port?.value ?? Self.usualPort) ?? UInt16(Self.usualPort)
    let service = ServiceSet(server.transport?.value == "tcp" ? .tcp : .udp, port: port)
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

  /// The service's default port (IBM VPC API, create_vpn_server).
  private static let usualPort = 443

  /// What one filter lets through between clients on the internet and the server.
  private struct Question {
    /// What passes from each stretch of clients' addresses to some address of the server.
    private let passing: [(clients: IPv4Range, services: ServiceSet)]
    private let internet: IPv4Set

    init(_ rules: [FilterRule], _ server: IPv4Range, _ plan: AddressPlan) {
      internet = plan.internet
      var starts = [server.first.bits]
      for rule in rules { AddressStretches.addStarts(of: rule.service, in: server, to: &starts) }
      passing = AddressStretches.stretches(&starts, of: server).flatMap { stretch in
        let matching = rules.indices.filter { rules[$0].service.contains(stretch.first) }
        let cell = FilterCell(rules, matching, clients: .everything, .all)
        return cell.starts.indices.map { index in
          let last = index + 1 < cell.starts.count ? cell.starts[index + 1] - 1 : UInt32.max
          let clients = IPv4Range(IPv4Address(bits: cell.starts[index]), IPv4Address(bits: last))
          return (clients, cell.passing[cell.numbers[index]].sure)
        }
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
