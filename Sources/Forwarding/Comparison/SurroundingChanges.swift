import ClientVPN
import IPv4Space
import SourceText

// What is edited of workloads, of networks beyond the VPC, and of the places clients connect from.

extension ChangeCollector {
  private typealias Value = Change.Value

  /// The edits of what the model says beside the VPC's own resources.
  func surroundingChanges() -> [Change] { ofWorkloads() + ofNetworks() + ofSites() }

  private func ofWorkloads() -> [Change] {
    guard let old = before.model.vpc.workloads?.elements, let new = after.model.vpc.workloads?.elements else {
      return []
    }
    return matching.workloads.all.compactMap { mine, theirs in
      let was = mine.map { Value(before.inShort(old[$0], at: $0), old[$0].name.span) }
      let isNow = theirs.map { Value(after.inShort(new[$0], at: $0), new[$0].name.span) }
      let ranges = [
        mine.flatMap { before.model.range(of: old[$0]) }, theirs.flatMap { after.model.range(of: new[$0]) },
      ]
      return edited(
        .workload, "vpc/workloads", theirs.map { new[$0].name } ?? mine.map { old[$0].name }, was, isNow,
        .inVPC(IPv4Set(ranges.compactMap(\.self)), old: [], new: []))
    }
  }

  private func ofNetworks() -> [Change] {
    guard let old = before.model.networks?.elements, let new = after.model.networks?.elements else { return [] }
    return matching.networks.all.compactMap { mine, theirs in
      let cidrs = (mine.map { old[$0].cidrs } ?? []) + (theirs.map { new[$0].cidrs } ?? [])
      return edited(
        .network, "networks", theirs.map { new[$0].name } ?? mine.map { old[$0].name },
        mine.map { Value(old[$0].inShort, old[$0].name.span) },
        theirs.map { Value(new[$0].inShort, new[$0].name.span) },
        .addresses(IPv4Set(cidrs.map(\.value))), names: (mine.map { old[$0].name }, theirs.map { new[$0].name }))
    }
  }

  private func ofSites() -> [Change] {
    guard let old = before.model.sites?.elements, let new = after.model.sites?.elements else { return [] }
    return matching.sites.all.compactMap { mine, theirs in
      edited(
        .clientSite, "client_sites", theirs.map { new[$0].name } ?? mine.map { old[$0].name },
        mine.map { Value(old[$0].inShort, old[$0].name.span) },
        theirs.map { Value(new[$0].inShort, new[$0].name.span) },
        mine == nil ? .nothing : theirs.map { .site($0) } ?? .nothing)
    }
  }

  /// What was edited of a resource; nil if nothing. A network can be known under another name by its addresses.
  private func edited(
    _ thing: Change.Thing, _ list: String, _ name: Field<String>?, _ was: Value?, _ isNow: Value?, _ scope: Scope,
    names: (old: Field<String>?, new: Field<String>?) = (nil, nil)
  ) -> Change? {
    guard let name else { return nil }
    let path = "\(list)/\(name.value)"
    guard let was, let isNow else {
      let event: Change.Event = was == nil ? .added : .removed
      return change(thing, event, path, name: name.value, was, isNow, .surroundings, scope)
    }
    if was.text != isNow.text {
      return change(thing, .changed, path, name: name.value, was, isNow, .surroundings, scope)
    }
    guard let old = names.old, let new = names.new, old.value != new.value else { return nil }
    return change(
      thing, .renamed, path, name: new.value, Value(old.value, old.span), Value(new.value, new.span), .nameAlone,
      .nothing)
  }
}

extension Analysis {
  /// What the model says of a workload, without its name.
  fileprivate func inShort(_ workload: Workload, at position: Int) -> String {
    let groups = attachments.securityGroups(ofWorkload: position)?.compactMap {
      model.vpc.securityGroups?.elements[$0].name.value
    }
    let parts = [
      workload.address.map { "\($0.value)" } ?? workload.subnet.map { "in subnet \($0.text)" },
      workload.floatingIP.map { "floating IP \($0.value)" },
      groups.map { "security groups \($0.isEmpty ? "none" : $0.sorted().joined(separator: ", "))" },
      workload.services.map { "services \($0.elements.map(\.value.description).joined(separator: ", "))" },
    ]
    return parts.compactMap(\.self).joined(separator: "; ")
  }
}

extension Network {
  /// Its ranges and the way there.
  fileprivate var inShort: String {
    "\(cidrs.map { $0.value.canonical.description }.joined(separator: ", ")) via \(via.value.rawValue)"
  }
}

extension ClientSite {
  /// What the model says of the place, without its name.
  fileprivate var inShort: String {
    let rows = (routes?.elements ?? []).map { route in
      "route \(route.destination.value.canonical)\(route.gateway.map { " to \($0.value)" } ?? "")"
        + (route.metric.map { " metric \($0.value)" } ?? "")
    }
    let parts = [
      os?.value, lan.map { "LAN \($0.value)" }, address.map { "address \($0.value)" },
      gateway.map { "gateway \($0.value)" }, interface.map { "interface \($0.value)" },
      metric.map { "metric \($0.value)" },
    ]
    let lines = (directives?.elements ?? []).map(\.value)
    return (parts.compactMap(\.self) + rows + lines).joined(separator: "; ")
  }
}
