import ClientVPN

/// Compares which security groups a VPN server is in. Groups that a model leaves out count by their ids, so that one that
/// comes or goes is told though nothing else is known of it.
struct ServerGroupComparer {
  private let collector: ChangeCollector

  init(_ collector: ChangeCollector) { self.collector = collector }

  /// A group as both models may know it.
  private struct Member: Equatable {
    /// The position in the new model; nil if it is not there.
    let position: Int?
    /// The id; nil if the model does not tell it.
    let id: String?
    let name: String

    static func == (left: Member, right: Member) -> Bool {
      if let mine = left.position, let theirs = right.position { return mine == theirs }
      if let mine = left.id, let theirs = right.id { return mine == theirs }
      return left.name == right.name
    }
  }

  /// The names of the groups in both models, those of the new one where it has them; nil if it is not known of some
  /// whether they are the same.
  func names(_ old: Int, _ before: VPNServer, _ new: Int, _ after: VPNServer) -> (old: [String], new: [String])? {
    let newGroups = collector.after.model.vpc.securityGroups?.elements ?? []
    let partners = collector.matching.securityGroups.newOfOld
    guard let mine = members(old, before, collector.before, { partners[$0] }),
      let theirs = members(new, after, collector.after, { $0 })
    else { return nil }
    let (gone, added) = (mine.filter { !theirs.contains($0) }, theirs.filter { !mine.contains($0) })
    // Of two groups of which one is known by its id alone and the other by its name alone nobody can tell.
    let isDoubtful = gone.contains { left in added.contains { (left.id == nil) != ($0.id == nil) } }
    if isDoubtful { return nil }
    func name(_ member: Member) -> String {
      member.position.map { newGroups[$0].name.value }
        ?? newGroups.first { $0.id != nil && $0.id == member.id }?.name.value ?? member.name
    }
    return (mine.map { name($0) }, theirs.map { name($0) })
  }

  /// The groups that a server is in; nil if there may be others.
  private func members(
    _ position: Int, _ server: VPNServer, _ analysis: Analysis, _ partner: (Int) -> Int?
  ) -> [Member]? {
    let groups = analysis.model.vpc.securityGroups?.elements
    let others = (server.securityGroups?.elements ?? []).filter { $0.index == nil }
    let known = analysis.attachments.knownGroups(ofServer: position)
    // Which groups they are is one thing, what their rules say another.
    guard !analysis.attachments.mayHaveOtherGroups(ofServer: position) || server.securityGroups != nil,
      server.securityGroups?.isIncomplete != true
    else { return nil }
    let foreign = others.compactMap { other in
      other.foreignID.map { Member(position: nil, id: $0, name: other.text) }
    }
    guard foreign.count == others.count else { return nil }
    return known.positions.compactMap { index in
      groups.map { Member(position: partner(index), id: $0[index].id, name: $0[index].name.value) }
    } + foreign
  }
}
