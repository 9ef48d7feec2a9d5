import ClientVPN
import IPv4Space

/// What becomes of flows to every address, and to workloads of which the address is not known.
struct FlowReach {
  /// What becomes of packets to every address.
  let fates: AddressMap<Fate>
  /// Passages through filters and routes of the VPC that fates refer to.
  let passages: [Passage]
  /// The fates of packets to a workload, within its subnet, where an address does not tell that they are for it.
  let ofWorkloads: [Int: AddressMap<Fate>]
  /// Puts filters and routes together; nil if none are modelled.
  let judge: FlowJudge?
  /// Whether filters are modelled.
  let hasFilters: Bool
  /// Whether some flows complete by one member of the server and not by another one.
  let membersDiffer: Bool
  /// Addresses that a workload of which the address is not known can have, by its position.
  private let openAddresses: [Int: IPv4Set]
  private let model: Model

  /// `decided` are fates without filters and routes of the VPC.
  init(
    _ decided: AddressMap<Fate>, _ server: Int, _ table: RouteTable, _ model: Model, _ plan: AddressPlan,
    _ attachments: Attachments, _ ports: EphemeralPorts
  ) {
    self.model = model
    hasFilters = FlowJudge.hasFilters(model)
    let placement = WorkloadPlacement(model)
    openAddresses = Self.openAddresses(placement, model)
    guard FlowJudge.isNeeded(for: model) else {
      (fates, passages, ofWorkloads, judge, membersDiffer) = (decided, [], [:], nil, false)
      return
    }
    let judge = FlowJudge(server, model, attachments, ports)
    var refiner = FlowRefiner(judge, table, model, plan)
    fates = refiner.refined(decided)
    var ofWorkloads: [Int: AddressMap<Fate>] = [:]
    if model.vpc.securityGroups != nil {
      for (workload, subnet) in placement.unplaced.sorted(by: { $0.key < $1.key }) {
        guard let subnet else { continue }
        ofWorkloads[workload] = refiner.refined(decided, to: workload, inSubnet: subnet)
      }
    }
    self.judge = judge
    self.ofWorkloads = ofWorkloads
    passages = refiner.passages
    membersDiffer = passages.contains { !$0.members.isEmpty }
  }

  /// The addresses of each unplaced workload's subnet that are no other workload's, and not the provider's.
  private static func openAddresses(_ placement: WorkloadPlacement, _ model: Model) -> [Int: IPv4Set] {
    var open: [Int: IPv4Set] = [:]
    for (workload, subnet) in placement.unplaced {
      guard let subnet, model.vpc.workloads?.elements[workload].address == nil else { continue }
      let block = model.vpc.subnets.elements[subnet].block.value
      guard let usable = model.provider.usableAddresses(of: block).map({ IPv4Set($0) }) else { continue }
      let taken = (placement.placed[subnet] ?? []).map { IPv4Range($0.address, $0.address) }
      let free = usable.subtracting(IPv4Set(taken))
      open[workload] = free.isEmpty ? usable : free
    }
    return open
  }

  /// Fates of packets to a workload, by its position, or to any address.
  func fates(to workload: Int?) -> AddressMap<Fate> { workload.flatMap { ofWorkloads[$0] } ?? fates }

  /// The workload's address; for want of one, those that it can have. nil if the model tells nothing of them.
  func addresses(ofWorkload index: Int) -> IPv4Set? {
    guard let workload = model.vpc.workloads?.elements[index] else { return nil }
    return workload.address.map { IPv4Set(IPv4Range($0.value, $0.value)) } ?? openAddresses[index]
  }

  /// By which member a packet is followed and by which others it gets through, if they differ.
  func members(_ fate: Fate, _ service: ServiceSet, _ member: Int) -> Trace.Members? {
    guard let names = judge?.subnetsOfMembers, fate.passage >= 0, !passages[Int(fate.passage)].members.isEmpty else {
      return nil
    }
    let outcomes = names.indices.map { fate.outcome(of: service, passages, member: $0).outcome }
    guard outcomes.contains(where: { $0 != outcomes[member] }) else { return nil }
    let others = names.indices.filter { outcomes[$0] == .reachable }
    return Trace.Members(subnet: names[member], others: others.map { names[$0] })
  }
}
