public import ClientVPN
import IPv4Space
import SourceText

/// Two models of one VPC, before and after a change: what becomes of reachability, what was edited, and what it does to
/// connected clients. One value that nobody changes, behind a reference, as the analysis is.
public final class Comparison: Sendable {
  /// The models.
  public let before, after: Analysis
  /// Whether the VPC is in one of the models alone.
  public let isAdded, isRemoved: Bool
  /// The servers of the new model in their order, then those that are gone.
  public let servers: [ServerComparison]
  /// Every edit: of the servers, of the VPC, of what lies around it.
  public let changes: [Change]
  /// Parts of the network that one of the models alone holds: what they say of them is no change.
  public let modelledOnce: [(part: ModelPart, isInNew: Bool)]
  /// Whether the new model alone tells of networks beyond the VPC; false if the old one alone does, nil if both or none.
  public let networksAreInNew: Bool?
  /// What is not compared, because one of the models alone does not tell it.
  public let notCompared: [NotCompared]

  /// Something that one of two models does not tell.
  public struct NotCompared: Sendable, Hashable {
    /// What it is; of servers, routes and rules those that the model may have beside those that it tells.
    public let thing: Change.Thing
    /// What it belongs to; nil for servers, and for the lists of the VPC and of networks beyond it.
    public let owner: Change.Owner?
    /// Whether it is the new model that does not tell it.
    public let isUnknownInNew: Bool
  }

  /// Compares two models; one of them may be absent.
  public init(_ old: Analysis?, _ new: Analysis?) {
    let before = old ?? Analysis(Model(span: .beginning(ofFile: 0)))
    // Whoever compares two texts calls them 0 and 1.
    let after = new ?? Analysis(Model(span: .beginning(ofFile: 1)))
    (self.before, self.after) = (before, after)
    (isAdded, isRemoved) = (old == nil, new == nil)
    let matching = ModelMatching(before.model, after.model)
    let knowledge = Knowledge(before.model, after.model)
    let servers = ServerComparer(before: before, after: after, matching: matching, knowledge: knowledge).servers()
    self.servers = servers
    let collector = ChangeCollector(
      before: before, after: after, matching: matching, servers: servers, knowledge: knowledge)
    let areBothThere = old != nil && new != nil
    changes = collector.serverChanges() + (areBothThere ? collector.vpcChanges() : [])
    notCompared = collector.notCompared() + (areBothThere ? collector.networkNotCompared() : [])
    networksAreInNew = areBothThere ? Self.networksAreInNew(before.model, after.model) : nil
    let missing = (before: Set(before.partsNotModelled), after: Set(after.partsNotModelled))
    modelledOnce =
      areBothThere
      ? ModelPart.allCases.filter { missing.before.contains($0) != missing.after.contains($0) }.map {
        ($0, missing.before.contains($0))
      } : []
  }

  /// Of a model that says not to know its networks, that is told instead.
  private static func networksAreInNew(_ old: Model, _ new: Model) -> Bool? {
    if old.networks == nil, !old.networksAreUnknown, !(new.networks?.elements.isEmpty ?? true) { return true }
    if new.networks == nil, !new.networksAreUnknown, !(old.networks?.elements.isEmpty ?? true) { return false }
    return nil
  }

  /// The worst that happens to connected clients.
  public var sessions: SessionEffect {
    (changes.map(\.sessions) + servers.indices.map { sessions(ofServer: $0) }).max() ?? .none
  }

  /// The worst that happens to connected clients of one server, by its position in the comparison.
  public func sessions(ofServer position: Int) -> SessionEffect {
    let own = changes.filter { $0.server == position }.map(\.sessions).max() ?? .none
    return isCutOff(position) ? max(own, .disconnect) : own
  }

  /// Whether a network ACL stops the tunnels of clients that are connected to a server.
  public func isCutOff(_ position: Int) -> Bool {
    servers[position].tunnel.narrows
      && servers[position].after?.tunnelBlocks.contains { if case .groups = $0.filter { false } else { true } } ?? false
  }

  /// Whether it is not known of some packets what becomes of them in one of the models, and is in the other one.
  public var isUndetermined: Bool {
    servers.contains { $0.places.contains { place in place.shifts.contains { $0.kind == .undetermined } } }
  }

  /// What becomes of reachability altogether.
  public var reachability: ReachChange { servers.map(\.change).reduce(.unchanged) { $0.joined($1) } }
}

/// Finds the edits between two models.
struct ChangeCollector {
  let before, after: Analysis
  let matching: ModelMatching
  let servers: [ServerComparison]
  let knowledge: Knowledge

  /// The edits of the servers and their routes, server by server.
  func serverChanges() -> [Change] {
    servers.indices.flatMap { position in
      ServerSettingComparer(collector: self, position: position).changes()
        + RouteComparer(comparison: servers[position], position: position, knowledge: knowledge).changes()
    }
  }

  /// The edits of everything else.
  func vpcChanges() -> [Change] {
    knowledge.certain(networkChanges() + routingChanges() + filterChanges() + surroundingChanges())
  }

  /// What of the servers is not compared.
  func notCompared() -> [Comparison.NotCompared] {
    let unnamed = knowledge.unnamed(
      among: matching.servers.added.map { after.servers[$0].server },
      beside: matching.servers.removed.map { before.servers[$0].server })
    let all = (knowledge.silentOnServers ?? unnamed).map {
      [Comparison.NotCompared(thing: .server, owner: nil, isUnknownInNew: $0 == .new)]
    }
    return (all ?? [])
      + servers.indices.flatMap { position in
        ServerSettingComparer(collector: self, position: position).notCompared()
          + RouteComparer(comparison: servers[position], position: position, knowledge: knowledge).notCompared()
      }
  }

  /// What a change that is not of a server has a say in.
  enum Scope {
    case nothing
    /// Whatever lies in these addresses.
    case addresses(IPv4Set)
    /// What no route of a server explains, in these addresses.
    case rest(IPv4Set)
    /// What no route explains from the client site with this position in the new model.
    case site(Int)
    /// Where filters or routes of the VPC decide: in these addresses, and everywhere for clients of these servers, by
    /// their positions in the old and the new model.
    case inVPC(IPv4Set, old: Set<Int>, new: Set<Int>)
    /// The same, of a filter that the tunnel's own packets pass, and what it does to the tunnel.
    indirect case tunnel(ReachChange, Scope)

    /// What the edit does to the tunnel itself.
    var tunnel: ReachChange { if case .tunnel(let change, _) = self { change } else { .unchanged } }

    /// The scope of an edit that lets more through, or less.
    func limited(to direction: ReachChange) -> Scope {
      guard case .tunnel(let change, let scope) = self else { return self }
      return .tunnel(
        ReachChange(widens: change.widens && direction.widens, narrows: change.narrows && direction.narrows), scope)
    }
  }

  func reach(_ scope: Scope) -> ReachChange {
    if case .tunnel(let change, let scope) = scope { return change.joined(reach(scope)) }
    var result = ReachChange.unchanged
    for comparison in servers {
      for place in comparison.places { result.join(reach(scope, comparison, place)) }
    }
    return result
  }

  private func reach(_ scope: Scope, _ comparison: ServerComparison, _ place: PlaceComparison) -> ReachChange {
    switch scope {
    case .nothing, .tunnel: return .unchanged
    case .addresses(let addresses): return place.areas.all.change(in: addresses)
    case .rest(let addresses): return place.areas.rest.change(in: addresses)
    case .site(let site): return place.site?.new == site ? place.areas.rest.change : .unchanged
    case .inVPC(let addresses, let old, let new):
      let isOfServer =
        comparison.before.map { old.contains($0.index) } ?? false
        || comparison.after.map { new.contains($0.index) } ?? false
      return isOfServer ? place.areas.inVPC.change : place.areas.inVPC.change(in: addresses)
    }
  }

  /// An edit of something that is not a VPN server.
  func change(
    _ thing: Change.Thing, _ event: Change.Event, _ subject: String, name: String?, owner: Change.Owner? = nil,
    _ before: Change.Value?, _ after: Change.Value?, _ reason: Change.Reason, _ scope: Scope
  ) -> Change {
    // Packets of a tunnel that stands pass a security group, which keeps state, and no ACL.
    let isCutOff = scope.tunnel.narrows && reason == .everyPacket
    let isClosed = scope.tunnel.narrows && reason == .newConnectionsAlone
    return Change(
      thing: thing, event: event, subject: subject, name: name, owner: owner, before: before, after: after,
      sessions: isCutOff ? .disconnect : .none,
      reason: isCutOff ? .tunnelCutOff : isClosed ? .tunnelClosed : reason, reachability: reach(scope), server: nil)
  }
}
