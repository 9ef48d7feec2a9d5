import ClientVPN
import IPv4Space
import SourceText

/// Makes filters of the security groups that are attached to one server and to workloads.
struct GroupStages {
  private let server: Int
  private let model: Model
  private let groups: [SecurityGroup]?
  private let attachments: Attachments
  private let placement: WorkloadPlacement

  /// Whom a reference to a group stands for.
  private struct Referred {
    /// Those who are known to be in the group.
    let certain: AddressMatch?
    /// Those who may be.
    var possible: AddressMatch?
  }

  init(_ server: Int, _ model: Model, _ attachments: Attachments, _ placement: WorkloadPlacement) {
    self.server = server
    self.model = model
    self.attachments = attachments
    self.placement = placement
    groups = model.vpc.securityGroups?.elements
  }

  /// The groups of the server, for packets to a workload of which the address is not known, or to any address. nil if
  /// security groups are not modelled.
  func ofServer(workload: Int?) -> FilterStage? {
    guard let groups else { return nil }
    let attached = attachments.knownGroups(ofServer: server)
    let refersToGroups = attached.positions.contains {
      groups[$0].rules?.elements.contains { $0.refersToGroup } ?? false
    }
    let workload = refersToGroups ? workload : nil
    return stage(.serverSecurityGroup, .ofServer(workload: workload), attached, .outbound) { group in
      workload.map { Self.referred(attachments.membership(ofWorkload: $0, in: group)) } ?? addresses(in: group)
    }
  }

  /// The groups of every workload, by positions and by what the server does with packets.
  var ofWorkloads: [FilterKey: FilterStage] {
    guard groups != nil else { return [:] }
    var stages: [FilterKey: FilterStage] = [:]
    for workload in (model.vpc.workloads?.elements ?? []).indices {
      let attached = attachments.knownGroups(ofWorkload: workload)
      for action in [ServerRoute.Action.deliver, .translate] {
        let key = FilterKey.ofWorkloads(attached.positions, isComplete: attached.isComplete, action)
        guard stages[key] == nil else { continue }
        stages[key] = stage(.workloadSecurityGroup, key, attached, .inbound) { group in
          // A group stands for the server's own addresses, and never for those of the pool.
          guard action == .translate else { return Referred(certain: nil) }
          return Self.referred(attachments.membership(ofServer: server, in: group))
        }
      }
    }
    return stages
  }

  private static func referred(_ membership: Attachments.Membership) -> Referred {
    switch membership {
    case .member: Referred(certain: .any)
    case .outsider: Referred(certain: nil)
    case .unknown: Referred(certain: nil, possible: .any)
    }
  }

  /// The rules of security groups in one direction.
  private func stage(
    _ stage: Stage, _ key: FilterKey, _ attached: (positions: [Int], isComplete: Bool), _ direction: Direction,
    _ members: (Reference) -> Referred
  ) -> FilterStage {
    let attachedGroups = attached.positions.compactMap { groups?[$0] }
    let written = attachedGroups.flatMap { $0.rules?.elements ?? [] }.filter { $0.direction.value == direction }
    let names = attachedGroups.map { "`\($0.name.value)`" }.joined(separator: ", ")
    var rules: [FilterRule] = []
    for rule in written {
      switch rule.remote {
      case nil: rules.append(FilterRule(rule, remote: .any))
      case .prefix(let prefix): rules.append(FilterRule(rule, remote: AddressMatch(prefix.value)))
      case .group(let reference):
        let members = members(reference)
        if let certain = members.certain { rules.append(FilterRule(rule, remote: certain)) }
        if let possible = members.possible { rules.append(FilterRule(rule, remote: possible, isCertain: false)) }
      }
    }
    // A group that the model leaves out may allow anything.
    if !attached.isComplete { rules.append(.ofUnknownGroup) }
    return FilterStage(
      stage: stage, key: key, holder: .groups(attached.positions),
      name: "security group\(attached.positions.count == 1 ? "" : "s") \(names)", rules: rules,
      span: attachedGroups.first?.name.span)
  }

  // MARK: Addresses in a group

  /// The addresses of workloads in a group. A workload of which the address is not known may have any of its subnet; in
  /// a group that the model leaves out there may be anybody of whom it does not tell the groups.
  private func addresses(in group: Reference) -> Referred {
    var certain: [IPv4Range] = []
    var outside: [IPv4Range] = []
    var possible: [IPv4Range] = []
    for (workload, address) in placement.placed.values.joined() {
      let range = IPv4Range(address, address)
      switch attachments.membership(ofWorkload: workload, in: group) {
      case .member: certain.append(range)
      case .outsider: outside.append(range)
      case .unknown: possible.append(range)
      }
    }
    if group.index == nil {
      possible = [.everything]
    } else {
      for (workload, subnet) in placement.unplaced
      where attachments.membership(ofWorkload: workload, in: group) != .outsider {
        let subnets = model.vpc.subnets.elements
        possible +=
          subnet.map { [subnets[$0].block.value.canonical.range] } ?? subnets.map(\.block.value.canonical.range)
      }
    }
    let unknown = possible.isEmpty ? .empty : IPv4Set(possible).subtracting(IPv4Set(outside))
    return Referred(certain: .set(IPv4Set(certain)), possible: unknown.isEmpty ? nil : .set(unknown))
  }
}

extension SecurityGroupRule {
  fileprivate var refersToGroup: Bool { if case .group = remote { true } else { false } }
}
