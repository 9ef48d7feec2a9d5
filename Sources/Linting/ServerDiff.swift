import ClientVPN
public import Forwarding
public import IPv4Space
import LintRules

/// What becomes of the reach of one server's clients.
public struct ServerDiff: Sendable {
  private let comparison: Comparison
  private let server: ServerComparison

  init(_ server: ServerComparison, in comparison: Comparison) {
    (self.server, self.comparison) = (server, comparison)
  }

  /// Ranges that share what happens to them.
  public struct Row: Sendable, Hashable {
    /// What lies there, in words.
    public let what: String
    /// What changes.
    public let kind: ReachShift.Kind
    /// The addresses.
    public let addresses: IPv4Set
    /// What became of packets, and what becomes of them; nil without the server.
    public let before, after: Outcome?
    /// The flows that it changes for; nil for every one.
    public let flows: String?
  }

  /// A subnet, network or service, and what becomes of it.
  public struct Item: Sendable {
    /// Its name, in the new model if it is there.
    public let name: String
    /// The service of a workload; nil for a subnet or network.
    public let service: String?
    /// The verdict and the outcome of what is not reached; nil where it is not there.
    public let before, after: VerdictShift.Judgement?
    /// What changes.
    public let change: ReachChange
    /// Whether packets to some of its addresses leave outside the tunnel in one of the models alone.
    public let isRerouted: Bool

    /// Whether nothing becomes of it.
    public var isUnchanged: Bool { change == .unchanged && !isRerouted && before != nil && after != nil }
  }

  /// What clients reach from one place.
  public struct Place: Sendable {
    /// Name of the client site; nil where nothing is known of the place.
    public let site: String?
    /// What changes.
    public let change: ReachChange
    /// Where it changes, ascending.
    public let rows: [Row]
    /// What becomes of each subnet, network and service.
    public let subnets, networks, services: [Item]
  }

  /// Name of the server.
  public var name: String { server.known?.server.name.value ?? "" }
  /// `split` or `full`, before and after; nil where the server is not there.
  public var modes: (before: String?, after: String?) { (server.before?.mode.rawValue, server.after?.mode.rawValue) }
  /// What changes.
  public var change: ReachChange { server.change }
  /// Whether filters stop the tunnel's own packets in one of the models alone: narrowed if nobody can connect any more.
  public var tunnel: ReachChange { server.tunnel }

  /// What clients reach from each place; first that of which nothing is known.
  public var places: [Place] { server.places.map(place) }

  private func place(_ place: PlaceComparison) -> Place {
    let (old, new) = (comparison.before.model, comparison.after.model)
    func items(_ shifts: [VerdictShift], _ oldName: (Int) -> String?, _ newName: (Int) -> String?) -> [Item] {
      shifts.map { shift in
        let name = shift.new.flatMap(newName) ?? shift.old.flatMap(oldName) ?? ""
        return Item(
          name: name, service: nil, before: shift.before, after: shift.after, change: shift.change,
          isRerouted: shift.isRerouted)
      }
    }
    return Place(
      site: place.site.flatMap { new.sites?.elements[$0.new].name.value }, change: place.change, rows: rows(place),
      subnets: items(
        place.subnets, { old.vpc.subnets.elements[$0].name.value }, { new.vpc.subnets.elements[$0].name.value }),
      networks: items(
        place.networks, { old.networks?.elements[$0].name.value }, { new.networks?.elements[$0].name.value }),
      services: place.services.map { shift in
        let parts = comparison.serviceParts(shift, of: server)
        return Item(
          name: parts?.workload ?? "", service: parts?.service, before: shift.before, after: shift.after,
          change: shift.change, isRerouted: shift.isRerouted)
      })
  }

  private struct Key: Hashable {
    let occupant: Occupant
    let kind: ReachShift.Kind
    let before, after: Outcome?
    let flows: ServiceSet
  }

  private func rows(_ place: PlaceComparison) -> [Row] {
    var order: [Key] = []
    var ranges: [Key: [IPv4Range]] = [:]
    for shift in place.shifts {
      let key = Key(
        occupant: shift.occupant, kind: shift.kind, before: shift.before, after: shift.after, flows: shift.flows)
      if ranges[key] == nil { order.append(key) }
      ranges[key, default: []].append(shift.range)
    }
    let whole = Set(place.shifts.lazy.filter(\.isForEveryFlow).map(\.flows))
    return order.map { key in
      Row(
        what: comparison.name(of: key.occupant, key.kind), kind: key.kind, addresses: IPv4Set(ranges[key] ?? []),
        before: key.before, after: key.after, flows: whole.contains(key.flows) ? nil : key.flows.description)
    }
  }
}
