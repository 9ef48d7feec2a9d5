import SourceText
import SourceTree

/// Network ACLs and security groups of the API as models have them.
struct IBMFilters {
  let json: JSONText

  func networkACL(_ node: NodeIndex, _ subnets: IBMReferences) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("name", "id")
    copier.mapList("subnets") { subnets.value($0) }
    copier.map("rules") { list in
      guard json.tree.kind(list) == .sequence else { return .node(list, at: nil) }
      return .list(inOrder(Array(json.tree.items(list))).map { .object(rule($0)) }, at: json.tree.span(list))
    }
    return copier.draft
  }

  /// The order in which each rule names the one that it stands before; the order of the text if that does not hold
  /// together.
  private func inOrder(_ rules: [NodeIndex]) -> [NodeIndex] {
    let ids = rules.map { json.string("id", of: $0) }
    let next = rules.map { json.string("id", of: json.value("before", of: $0)) }
    var positions: [String: Int] = [:]
    for (position, id) in ids.enumerated() {
      guard let id, positions.updateValue(position, forKey: id) == nil else { return rules }
    }
    let named = Set(next.compactMap(\.self))
    guard var current = ids.firstIndex(where: { $0.map { !named.contains($0) } ?? false }) else { return rules }
    var order = [rules[current]]
    while let following = next[current].flatMap({ positions[$0] }), order.count < rules.count {
      order.append(rules[following])
      current = following
    }
    return order.count == rules.count ? order : rules
  }

  private func rule(_ node: NodeIndex) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy(
      "name", "direction", "action", "protocol", "source", "destination", "source_port_min", "source_port_max",
      "destination_port_min", "destination_port_max", "type", "code")
    return copier.draft
  }

  func securityGroup(
    _ node: NodeIndex, _ groups: IBMReferences, targets: (NodeIndex) -> Draft.Value
  ) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("name", "id")
    copier.mapList("targets") { targets($0) }
    copier.mapList("rules") { .object(groupRule($0, groups)) }
    return copier.draft
  }

  private func groupRule(_ node: NodeIndex, _ groups: IBMReferences) -> Draft {
    var copier = FieldCopier(json, node)
    copier.copy("name", "direction", "protocol")
    copier.map("remote") { remote in
      if let range = json.value("cidr_block", "address", of: remote) { return .node(range, at: nil) }
      return json.tree.kind(remote) == .mapping ? groups.value(remote) : .node(remote, at: nil)
    }
    copier.copy("local", as: "local", inner: ["cidr_block", "address"])
    copier.copy("port_min", "port_max", "type", "code")
    return copier.draft
  }
}
