public import ClientVPN
import IPv4Space

extension Analysis {
  /// Subnets in which servers have an address and workloads stand, and these.
  public var sharedServerSubnets: [(place: VPNSubnet, workloads: [Workload])] {
    let (workloads, places) = (model.vpc.workloads?.elements ?? [], model.vpnSubnets)
    if workloads.isEmpty || places.isEmpty { return [] }
    let placement = PrefixPlacement(places.map { plan.blocks[$0.subnet] })
    let neighbours = Dictionary(grouping: workloads) { workload -> Int? in
      if let subnet = workload.subnet { return subnet.index }
      let host = workload.address.map { IPv4Prefix($0.value, length: 32) }
      return host.flatMap { placement.narrowest(containing: $0) }.map { places[$0].subnet }
    }
    return places.compactMap { place in neighbours[place.subnet].map { (place, $0) } }
  }
}
