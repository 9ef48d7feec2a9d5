import ClientVPN
import SourceText

/// What each of two models tells of what the other one has.
struct Knowledge {
  private let old, new: Model
  private let unknownInOld, unknownInNew: Ignorance

  init(_ old: Model, _ new: Model) {
    (self.old, self.new) = (old, new)
    (unknownInOld, unknownInNew) = (Ignorance(of: old), Ignorance(of: new))
  }

  // MARK: What is not known

  /// Which of the two models alone does not tell something.
  enum Silent {
    case old, new
  }

  /// Whether the models tell the value of a key of a server: which of them alone does not, and whether both do.
  func told(_ key: String, _ old: VPNServer, _ new: VPNServer) -> (silent: Silent?, isCompared: Bool) {
    let wasUnknown = unknownInOld.contains(key, of: path(old))
    let isUnknown = unknownInNew.contains(key, of: path(new))
    let silent: Silent? = wasUnknown == isUnknown ? nil : wasUnknown ? .old : .new
    return (silent, !wasUnknown && !isUnknown)
  }

  /// Whether both models tell the value of a field of a resource, by its path in each.
  func areTold(_ field: String, _ old: String, _ new: String) -> Bool {
    !unknownInOld.contains(field, of: old) && !unknownInNew.contains(field, of: new)
  }

  /// Whether a model does not tell what a gap of the other one is about, either.
  func isTold(_ gap: ImportGap, inNew: Bool) -> Bool {
    !(inNew ? unknownInNew : unknownInOld).contains(gap.field, of: gap.resource)
  }

  /// Whether a server that the new model has alone may be there in the old one, or the other way round.
  func mayBeInBoth(_ server: VPNServer, isInNew: Bool) -> Bool {
    let other = isInNew ? unknownInOld : unknownInNew
    return other.contains(Self.servers, of: "") || other.contains(path(server))
  }

  /// Which model has a server without telling its name, so that it may be one that the other model has alone.
  func unnamed(among added: [VPNServer], beside removed: [VPNServer]) -> Silent? {
    guard !added.isEmpty, !removed.isEmpty else { return nil }
    if added.contains(where: \.nameIsUnknown) { return .new }
    return removed.contains(where: \.nameIsUnknown) ? .old : nil
  }

  /// Which model does not tell what servers there are, while the other one has some.
  var silentOnServers: Silent? {
    let (wasUnknown, isUnknown) = (
      unknownInOld.contains(Self.servers, of: ""), unknownInNew.contains(Self.servers, of: "")
    )
    if wasUnknown, !isUnknown, !new.servers.isEmpty { return .old }
    return isUnknown && !wasUnknown && !old.servers.isEmpty ? .new : nil
  }

  /// Whether the model that lacks what is added or removed may have it for all that is known, or one of the models tells
  /// too little of what changes.
  func isDoubtful(_ change: Change) -> Bool {
    switch change.event {
    case .added: isUnknown(change.subject, unknownInOld)
    case .removed: isUnknown(change.subject, unknownInNew)
    case .renamed: isUnnamed(change, isInOld: true) || isUnnamed(change, isInOld: false)
    case .changed:
      change.thing == .publicGateway && isUntold("public_gateway", of: change)
        || isWhole(change.thing) && unknownInOld.contains(change.subject) != unknownInNew.contains(change.subject)
    case .replaced: false
    }
  }

  /// Whether a thing is compared by all that its model says of it.
  private func isWhole(_ thing: Change.Thing) -> Bool { [.workload, .network, .clientSite].contains(thing) }

  /// Changes without the doubtful ones, and without what is added and what is removed where the one may be the other: its
  /// name is not known.
  func certain(_ changes: [Change]) -> [Change] {
    let sides = Dictionary(grouping: changes) { Self.list(of: $0.subject) }
    let unclear = sides.filter { list, changes in
      let (added, removed) = (changes.filter { $0.event == .added }, changes.filter { $0.event == .removed })
      return !removed.isEmpty
        && (added.contains { unknownInNew.contains("name", of: $0.subject) } || isUnread(list, unknownInNew))
        || !added.isEmpty
          && (removed.contains { unknownInOld.contains("name", of: $0.subject) } || isUnread(list, unknownInOld))
    }
    return changes.filter { change in
      let isOne = [.added, .removed].contains(change.event) && unclear[Self.list(of: change.subject)] != nil
      return !isOne && !isDoubtful(change)
    }
  }

  /// Whether a model leaves out a subnet of which it knows neither the name nor the addresses.
  private func isUnread(_ list: String, _ ignorance: Ignorance) -> Bool {
    list == "vpc/subnets" && ignorance.hasSubnetWithoutNameAndBlock
  }

  /// The list that a resource of the VPC stands in.
  private static func list(of subject: String) -> String {
    subject.split(separator: "/", omittingEmptySubsequences: false).prefix(2).joined(separator: "/")
  }

  /// Whether a model does not tell a field of a resource; the subject of a change of it has the field at its end.
  private func isUntold(_ field: String, of change: Change) -> Bool {
    let steps = change.subject.split(separator: "/", omittingEmptySubsequences: false)
    let resource = steps.dropLast().joined(separator: "/")
    return [unknownInOld, unknownInNew].contains { $0.contains(field, of: resource) }
  }

  /// Whether what a model calls the subject of a change by is not its name.
  private func isUnnamed(_ change: Change, isInOld: Bool) -> Bool {
    guard isInOld else { return unknownInNew.contains("name", of: change.subject) }
    let list = Self.list(of: change.subject)
    return change.before.map { unknownInOld.contains("name", of: "\(list)/\($0.text)") } ?? false
  }

  /// Whether a model may have the resource, or more of its list than it tells.
  private func isUnknown(_ subject: String, _ ignorance: Ignorance) -> Bool {
    let steps = subject.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    let isOfVPC = steps.first == "vpc" && steps.count > 1
    return ignorance.contains(subject)
      || ignorance.contains(isOfVPC ? steps[1] : steps[0], of: isOfVPC ? steps[0] : "")
  }

  private static let servers = "vpn_servers"
  private func path(_ server: VPNServer) -> String { "\(Self.servers)/\(server.name.value)" }

  // MARK: What is another one

  /// Whether a server is another one under the same name. The service makes its id and the name that clients connect to
  /// once and for ever.
  func isReplaced(_ old: VPNServer, _ new: VPNServer) -> Bool {
    if old.id == nil || new.id == nil, let mine = old.hostname?.value, let theirs = new.hostname?.value {
      return mine != theirs
    }
    return isReplaced(
      old.id, new.id, old.clientPool?.span, new.clientPool?.span, exists: old.id != nil || old.hostname != nil)
  }

  /// Whether a subnet is another one under the same name.
  func isReplaced(_ old: Subnet, _ new: Subnet) -> Bool {
    isReplaced(old.id, new.id, old.block.span, new.block.span, exists: old.id != nil)
  }

  /// Where the plan of the new model says that a subnet is made anew; nil if it does not. The model lacks one whose
  /// addresses are not known.
  func remaking(of old: Subnet) -> Span? {
    guard self.old.making[old.block.span] != .remade else { return nil }
    return new.changes.first { $0.resource == .subnet && $0.action == .replace && $0.name == old.name.value }?.span
  }

  /// Whether a route is another one to the same destination.
  func isReplaced(_ old: ServerRoute, _ new: ServerRoute) -> Bool {
    isReplaced(old.id, new.id, old.destination.span, new.destination.span, exists: old.id != nil)
  }

  /// By the ids; else by what the plan of the new model makes of it. What a plan creates is not what has been there
  /// (`exists`), and what both plans make anew is the same.
  private func isReplaced(_ id: String?, _ newID: String?, _ place: Span?, _ newPlace: Span?, exists: Bool) -> Bool {
    if let id, let newID { return id != newID }
    switch newPlace.flatMap({ new.making[$0] }) {
    case .remade: return place.flatMap { old.making[$0] } != .remade
    case .created: return exists
    case nil: return false
    }
  }
}
