import ClientVPN
import IPv4Space
import SourceText

/// The filters and routes between the clients on one member of a server and one place in the VPC or beyond it.
struct FlowPath {
  /// What the server does with the packets: then their source is known.
  enum Source: Equatable {
    /// `deliver`: the client pool.
    case pool(IPv4Range)
    /// `translate`: the addresses of the member's subnet; nil if the subnets are not modelled.
    case subnet(IPv4Range?)

    var range: IPv4Range? {
      switch self {
      case .pool(let range): range
      case .subnet(let range): range
      }
    }
  }

  /// Filters that requests pass, in order.
  var request: [FilterStage] = []
  /// Filters that answers pass, in order.
  var reply: [FilterStage] = []
  /// The routing table of the server's subnet; nil if none is modelled.
  var requestRouting: VPCRouting?
  /// Whether the route of a request needs a next hop that is not followed: in the VPC.
  var staysInVPC = true
  /// The routing table of the target's subnet; nil if none is modelled, or the target lies beyond the VPC.
  var replyRouting: VPCRouting?
  /// Whether routing tables are modelled, and which one the server's or the target's subnet has is not known.
  var isRequestRoutingUnknown = false
  var isReplyRoutingUnknown = false
  /// The address that a client has in examples.
  var usualClient: IPv4Address?
  /// Addresses of the server in its subnets.
  var serverAddresses: Set<IPv4Address> = []
  let source: Source
  let ports: EphemeralPorts

  /// Every filter.
  private var filters: [FilterStage] { request + reply }

  /// Whether the source of packets matters to a filter and is not known.
  private var isSourceUnknown: Bool {
    source.range == nil && filters.contains { $0.rules?.contains { !$0.client.isAny } ?? false }
  }

  /// The filters that can be asked: not those that compare a source which is not known.
  private func known(_ filters: [FilterStage]) -> [FilterStage] {
    source.range == nil ? filters.filter { !($0.rules?.contains { !$0.client.isAny } ?? false) } : filters
  }

  /// One address of the client's end for each stretch within which no filter or route changes.
  var representatives: [IPv4Address] {
    guard let range = source.range else { return [IPv4Address(bits: 0)] }
    var starts: Set<UInt32> = [range.first.bits]
    func cut(_ part: IPv4Range) {
      if range.contains(part.first) { starts.insert(part.first.bits) }
      if part.last < range.last, range.contains(part.last) { starts.insert(part.last.bits + 1) }
    }
    for filter in filters { for rule in filter.rules ?? [] { rule.client.cut(range, cut) } }
    for route in replyRouting?.table.routes?.elements ?? [] { cut(route.destination.value.canonical.range) }
    let sorted = starts.sorted()
    return sorted.indices.map { index in
      let last = index + 1 < sorted.count ? sorted[index + 1] - 1 : range.last.bits
      return host(in: IPv4Range(IPv4Address(bits: sorted[index]), IPv4Address(bits: last)))
    }
  }

  /// An address to show of a stretch within which nothing changes: the usual client's, or the first that a host can have.
  private func host(in stretch: IPv4Range) -> IPv4Address {
    if let usualClient, stretch.contains(usualClient) { return usualClient }
    let isBlock = if case .subnet = source { true } else { false }
    let reserved: UInt32 = isBlock && stretch.first == source.range?.first ? 4 : 0
    return reserved < stretch.count ? IPv4Address(bits: stretch.first.bits + reserved) : stretch.first
  }

  /// The result for every address of a range, for one address of the client's end.
  func results(_ range: IPv4Range, client: IPv4Address) -> AddressMap<FlowResult> {
    let isUnknown =
      isSourceUnknown || isRequestRoutingUnknown || isReplyRoutingUnknown || filters.contains { $0.rules == nil }
    let back = isReturned(to: client)
    let requested = requestRoutes(range)
    let arriving = known(request).reduce(requested.services) { $0.passing($1, range, client) }
    let reply = known(reply)
    let split = reply.firstIndex { $0.stage == .replyServerACL } ?? reply.count
    let leaving = reply[..<split].reduce(arriving) { $0.passing($1, range, client) }
    let complete = reply[split...].reduce(leaving) { $0.passing($1, range, client) }
    let isLost = back == false
    let result = arriving.zipped(with: leaving) { arriving, leaving in
      FlowResult(
        arriving: arriving, leaving: leaving, complete: .empty, isUnknown: isUnknown || back == nil,
        lacksReturnRoute: isLost)
    }.zipped(with: complete) { result, complete in
      var result = result
      result.complete = isLost ? .empty : complete
      return result
    }
    return result.zipped(with: requested.unknown) { result, unknown in
      var result = result
      result.isUnknown = result.isUnknown || unknown
      return result
    }
  }

  /// Services by address, and where it is not known what a route does.
  private struct Reach {
    var services: AddressMap<ServiceSet>
    var unknown: AddressMap<Bool>
  }

  /// What the routes of the server's subnet let on.
  private func requestRoutes(_ range: IPv4Range) -> Reach {
    guard let requestRouting else {
      return Reach(services: AddressMap(everywhere: .flows), unknown: AddressMap(everywhere: false))
    }
    let choices = requestRouting.choices(in: range)
    return Reach(
      services: choices.mapped { if case .drop = $0 { .empty } else { .flows } },
      unknown: choices.mapped { choice in
        if case .hop = choice { staysInVPC } else { false }
      })
  }

  /// Whether an answer is routed back to a client's end; nil if the model does not tell.
  func isReturned(to client: IPv4Address) -> Bool? {
    guard let replyRouting, source.range != nil else { return true }
    switch replyRouting[client] {
    case .injected: return true
    case .drop: return false
    case .hop(let index):
      let nextHop = replyRouting.table.routes?.elements[index].nextHop?.value
      return nextHop.map(serverAddresses.contains) ?? false
    case .system:
      guard case .pool = source else { return true }
      return VPCRouting.acceptsServerRoutes(replyRouting.table) == nil ? nil : false
    }
  }
}

extension AddressMap<ServiceSet> {
  /// What of it passes a filter.
  fileprivate func passing(
    _ filter: FilterStage, _ range: IPv4Range, _ client: IPv4Address
  ) -> AddressMap<ServiceSet> {
    let passing = filter.passing(range, client: client)
    return zipped(with: passing) { $0.intersection($1) }
  }
}
