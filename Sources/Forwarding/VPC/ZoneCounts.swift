public import ClientVPN
public import IPv4Space

// What there is of a kind in each zone.
extension Analysis {
  /// The different public gateways of the subnets of each zone that has more than one, by the name of the zone.
  public var publicGatewaysByZone: [(zone: String, gateways: [Field<String>])] {
    let attached = model.vpc.subnets.elements.indices.compactMap { index in
      model.vpc.subnets.elements[index].publicGateway.map { (subnet: index, gateway: $0) }
    }
    guard attached.count > 1 else { return [] }
    let zones = SubnetZones(model)
    let known = attached.compactMap { entry in
      zones.zone(ofSubnet: entry.subnet).map { (zone: $0.value, gateway: entry.gateway) }
    }
    return Dictionary(grouping: known, by: \.zone).sorted { $0.key < $1.key }.compactMap { zone, entries in
      var seen: Set<String> = []
      let different = entries.map(\.gateway).filter { seen.insert($0.value).inserted }
      return different.count > 1 ? (zone, different) : nil
    }
  }

  /// The floating IP addresses of workloads in each zone, by the name of the zone.
  public var floatingIPsByZone: [(zone: String, addresses: [Field<IPv4Address>])] {
    let attached = (model.vpc.workloads?.elements ?? []).compactMap { workload in
      workload.floatingIP.flatMap { address in workload.subnet?.index.map { (subnet: $0, address: address) } }
    }
    guard !attached.isEmpty else { return [] }
    let zones = SubnetZones(model)
    let known = attached.compactMap { entry in
      zones.zone(ofSubnet: entry.subnet).map { (zone: $0.value, address: entry.address) }
    }
    return Dictionary(grouping: known, by: \.zone).sorted { $0.key < $1.key }.map { ($0.key, $0.value.map(\.address)) }
  }
}
