import ClientVPN
public import Forwarding
public import IPv4Space
import SourceText

// What two models have to say to whoever has to answer for the change: gains, losses, and what clients must do.

extension Comparison {
  /// The verdict on each server for which something changes, a sentence each; one sentence if nothing does.
  public var verdict: [String] {
    let sentences = servers.indices.compactMap { sentence(onServer: $0) }
    if !sentences.isEmpty { return sentences }
    if notCompared.contains(where: { $0.thing == .server }), servers.isEmpty {
      return ["what clients reach is not compared: one of the two does not tell what VPN servers there are"]
    }
    let limit = notCompared.isEmpty ? "" : ", as far as it is known"
    return [(changes.isEmpty ? "nothing changes" : "nothing changes for clients: nobody has to reconnect") + limit]
  }

  private func sentence(onServer position: Int) -> String? {
    let server = servers[position]
    let isRerouting = server.places.contains { $0.shifts.contains { $0.kind == .rerouted } }
    guard server.change != .unchanged || isRerouting || changes.contains(where: { $0.server == position }) else {
      return nil
    }
    let lead = servers.count > 1 ? "\(server.known?.server.inWords ?? ""): " : ""
    return "\(lead)\(reach(of: server)); \(effect(sessions(ofServer: position), on: server))"
  }

  // MARK: Reachability

  /// "clients gain 10.2.0.0/24 (subnet `batch`) and lose 10.1.0.0/24 (subnet `db`)".
  private func reach(of server: ServerComparison) -> String {
    guard let place = server.placeToTell else { return "clients reach what they reached" }
    if server.tunnel.narrows { return "nobody can connect any more: \(tunnelInWords(server.after))" }
    if server.tunnel.widens { return "clients can connect again: the filters let the tunnel through" }
    let said = [
      named(.widened, place, of: server).map { "gain \($0)" }, named(.narrowed, place, of: server).map { "lose \($0)" },
    ].compactMap(\.self).joined(separator: " and ")
    let doubts = doubts(place, of: server)
    let unchanged = "clients reach what they reached\(doubts.isEmpty ? "" : ", as far as it is known")"
    let site = place.site.flatMap { after.model.sites?.elements[$0.new].name.value }.map { " at \($0.quoted)" } ?? ""
    return (said.isEmpty ? unchanged : "clients\(site) \(said)") + doubts + rerouting(place, of: server)
  }

  /// "; whether they reach 10.1.0.0/24 (subnet `db`) is not known after the change" where one of the models alone tells.
  private func doubts(_ place: PlaceComparison, of server: ServerComparison) -> String {
    let shifts = place.shifts.filter { $0.kind == .undetermined }
    let wanted = shifts.filter { !$0.occupant.isNoTarget }
    let (before, after) = (wanted.isEmpty ? shifts : wanted).reduce(into: ([ReachShift](), [ReachShift]())) {
      // Of an address of which both tell something, some flows are meant.
      if $1.after == .undetermined || $1.before != .undetermined { $0.1.append($1) } else { $0.0.append($1) }
    }
    let parts = [
      list(before, .undetermined).map { "; whether they reached \($0) is not known before the change" },
      list(after, .undetermined).map { "; whether they reach \($0) is not known after the change" },
    ]
    return parts.compactMap(\.self).joined()
  }

  /// "no filter of the server lets udp/443 in" where the tunnel itself is stopped.
  private func tunnelInWords(_ server: ServerAnalysis?) -> String {
    guard let block = server?.tunnelFilters?.blocks.first else { return "a filter stops the tunnel" }
    return switch block.filter {
    case .groups: "no security group of the server lets \(block.service) in"
    case .inboundACL(let acl, _): "\(aclInWords(acl)) stops \(block.service) on the way in"
    case .outboundACL(let acl, _): "\(aclInWords(acl)) stops the answers from \(block.service)"
    }
  }

  private func aclInWords(_ acl: Int) -> String {
    "network ACL\((after.model.vpc.networkACLs?.elements[acl].name.value).map { " \($0.quoted)" } ?? "")"
  }

  /// What leaves outside the tunnel in one of the models alone, and is not reached through it in either.
  private func rerouting(_ place: PlaceComparison, of server: ServerComparison) -> String {
    let all = place.shifts.filter { $0.kind == .rerouted }
    // The VPN gateway is told with the pool it belongs to; alone it is nothing to tell.
    let shifts = all.contains { $0.occupant == .clientPool } ? all : all.filter { $0.occupant != .vpnGateway }
    if let shift = shifts.first(where: { $0.occupant == .internet }) {
      return shift.after == .direct
        ? "; while connected they reach the internet, outside the tunnel"
        : "; while connected they lose the internet, which they reached outside the tunnel"
    }
    let left = list(shifts.filter { $0.after?.isOutside ?? false }, .rerouted)
    let entered = list(shifts.filter { !($0.after?.isOutside ?? false) }, .rerouted)
    let parts = [
      left.map { "; while connected they send packets for \($0) outside the tunnel" },
      entered.map { "; while connected they send packets for \($0) into the tunnel, where nothing answers" },
    ]
    return parts.compactMap(\.self).joined()
  }

  /// What is gained or lost, by its name; nil if nothing is.
  fileprivate func named(_ kind: ReachShift.Kind, _ place: PlaceComparison, of server: ServerComparison) -> String? {
    if let addresses = list(place.shifts.filter { $0.kind == kind }, kind) { return addresses }
    // Where a workload moves, its service is another one's.
    let services = place.services.filter { kind == .widened ? $0.change.widens : $0.change.narrows }
    let names = services.compactMap { serviceName($0, of: server) }
    return names.isEmpty ? nil : Words.list(names, limit: 3)
  }

  /// The addresses of shifts of one kind, by the names of what lies there; nil if there are none.
  private func list(_ shifts: [ReachShift], _ kind: ReachShift.Kind) -> String? {
    var order: [Occupant] = []
    var ranges: [Occupant: [IPv4Range]] = [:]
    var flows: [Occupant: ServiceSet] = [:]
    var wasOutside: Set<Occupant> = []
    for shift in shifts {
      // The VPN gateway is an address of the pool.
      let occupant = shift.occupant == .vpnGateway ? .clientPool : shift.occupant
      if ranges[occupant] == nil { order.append(occupant) }
      ranges[occupant, default: []].append(shift.range)
      flows[occupant] = (flows[occupant] ?? .empty).union(shift.isForEveryFlow ? .everything : shift.flows)
      let other = kind == .widened || kind == .undetermined && shift.after != .direct ? shift.before : shift.after
      if other == .direct { wasOutside.insert(occupant) }
    }
    let addresses = order.map { occupant in
      let flows = flows[occupant].flatMap { $0 == .everything ? nil : "\($0) at " } ?? ""
      let name = name(of: occupant, kind)
      switch occupant {
      case .internet where wasOutside.contains(occupant): return "\(flows)\(name) through the tunnel"
      case .internet, .service: return flows + name
      default:
        let all = IPv4Set(ranges[occupant] ?? []).networksOrRanges
        let more = all.count > 3 ? ["\(all.count - 2) more ranges"] : []
        return "\(flows)\((all.prefix(more.isEmpty ? 3 : 2) + more).joined(separator: ", ")) (\(name))"
      }
    }
    return addresses.isEmpty ? nil : Words.list(addresses, limit: 3)
  }

  /// "tcp/443 of `web`".
  private func serviceName(_ shift: VerdictShift, of server: ServerComparison) -> String? {
    serviceParts(shift, of: server).map { "\($0.service) of \($0.workload.quoted)" }
  }

  /// Workload and service of a verdict on a service, by their names.
  public func serviceParts(_ shift: VerdictShift, of server: ServerComparison) -> (workload: String, service: String)? {
    let sides = [(server.after, after.model, shift.new), (server.before, before.model, shift.old)]
    return sides.lazy.compactMap { analysis, model, position -> (workload: String, service: String)? in
      guard let position, let verdict = analysis?.services[position] else { return nil }
      return model.vpc.workloads.map { ($0.elements[verdict.workload].name.value, "\(verdict.service.value)") }
    }.first
  }

  /// What lies at an address, by its name: in the old model where something is lost, else in the new one.
  public func name(of occupant: Occupant, _ kind: ReachShift.Kind) -> String {
    let model = kind == .narrowed ? before.model : after.model
    return switch occupant {
    case .subnet(let index): model.vpc.subnets.elements[index].inWords
    case .network(let index): model.networks?.elements[index].inWords ?? ""
    case .service: "the provider's services"
    case .clientPool: "the client pool"
    case .vpnGateway: "the VPN gateway"
    case .server: "the VPN server"
    case .internet: "the internet"
    case .nothing: "nothing known"
    }
  }

  // MARK: Sessions

  private func effect(_ sessions: SessionEffect, on server: ServerComparison) -> String {
    switch sessions {
    case .newProfile: return "all clients are disconnected and need a new profile"
    case .disconnect:
      return server.after == nil
        ? "all its clients are disconnected"
        : server.tunnel.narrows ? "all clients are cut off" : "all clients are disconnected and must reconnect"
    case .reconnect:
      switch server.change {
      case .widened: return "connected clients must reconnect to get it"
      case .narrowed: return "connected clients keep the rows until they reconnect"
      case .both, .unchanged, .undetermined: return "connected clients must reconnect to get the change"
      }
    case .none:
      if server.before == nil { return "no client is connected to it yet" }
      if server.tunnel.narrows { return "connected clients stay connected" }
      let name = server.known?.server.name.value
      let isKnown = !notCompared.contains { $0.owner?.thing == .route || $0.owner?.name == name }
      switch server.change {
      case .unchanged, .undetermined:
        return isKnown ? "nobody has to reconnect" : "nobody has to reconnect, as far as it is known"
      case .widened, .narrowed, .both: return "\(delay ?? "in force at once"), nobody has to reconnect"
      }
    }
  }
}

extension Comparison {
  /// When a change is in force for which the service has to write routes; nil if it is at once.
  private var delay: String? {
    changes.lazy.compactMap { change in
      guard case .routesToBeWritten(let minutes) = change.reason, change.reachability.widens else { return nil }
      return "in force in about \(Words.count(minutes, "minute"))"
    }.first
  }
}

extension ServerComparison {
  /// The first place from which reachability changes for certain, else one from which it may, else that of which nothing
  /// is known.
  var placeToTell: PlaceComparison? {
    places.first { $0.change.widens || $0.change.narrows } ?? places.first { $0.change != .unchanged } ?? places.first
  }
}

/// What becomes of the reach of one server's clients, in words, for the rules about it.
struct ServerReachInWords {
  let server: VPNServer
  /// "10.2.0.0/24 (subnet `batch`)"; nil if nothing is.
  let gained, lost: String?
  /// The edits that may have a part in it.
  let edits: [Change]
}

extension Comparison {
  /// What the clients of a server reach no more; nil if that is nothing.
  func lost(_ server: ServerComparison) -> String? {
    server.places.lazy.compactMap { self.named(.narrowed, $0, of: server) }.first
  }

  /// The servers that are still there and whose clients reach something else.
  var reachInWords: [ServerReachInWords] {
    servers.enumerated().compactMap { position, comparison in
      guard let server = comparison.after?.server, comparison.change != .unchanged else { return nil }
      func named(_ kind: ReachShift.Kind) -> String? {
        comparison.places.lazy.compactMap { self.named(kind, $0, of: comparison) }.first
      }
      return ServerReachInWords(
        server: server, gained: comparison.tunnel.widens ? "the tunnel, which filters stopped" : named(.widened),
        lost: comparison.tunnel.narrows ? "the tunnel: \(tunnelInWords(comparison.after))" : named(.narrowed),
        edits: changes.filter { $0.server == nil || $0.server == position })
    }
  }
}

extension Finding {
  /// The finding with the places of edits.
  consuming func labels(of edits: [Change]) -> Finding {
    labels += edits.compactMap { edit in (edit.after ?? edit.before).map { Label($0.span, edit.title) } }
    return self
  }
}

extension Occupant {
  /// Whether nobody wants to send packets there.
  fileprivate var isNoTarget: Bool {
    switch self {
    case .subnet, .network, .service, .server, .internet: false
    case .clientPool, .vpnGateway, .nothing: true
    }
  }
}

extension IPv4Set {
  /// Each range as a network if it is one: "10.2.0.0/24", "10.1.0.4–10.1.0.254".
  public var networksOrRanges: [String] {
    ranges.map { range in
      let prefixes = range.prefixes
      return prefixes.count == 1 && prefixes[0].length < 32 ? "\(prefixes[0])" : "\(range)"
    }
  }
}
