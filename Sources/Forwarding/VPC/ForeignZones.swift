public import ClientVPN
public import SourceText

/// A zone that is not one of the region of the VPC, and everything that is said to be in it.
public struct ForeignZone: Sendable {
  /// The zone by name.
  public let name: String
  /// The places that name it, in the order of the file.
  public internal(set) var places: [Span]
}

extension Model {
  /// The region of the VPC, and the place that tells it: as modelled, else the region of the first zone that is named
  /// like one. Zones are named `REGION-NUMBER` (IBM VPC documentation, VPC in a different region).
  public var region: Field<String>? {
    vpc.region ?? firstRegion(vpc.addressPrefixes?.elements, \.zone) ?? firstRegion(vpc.subnets.elements, \.zone)
      ?? (vpc.routingTables?.elements ?? []).lazy.compactMap { self.firstRegion($0.routes?.elements, \.zone) }.first
  }

  private func firstRegion<Element>(_ elements: [Element]?, _ zone: (Element) -> Field<String>?) -> Field<String>? {
    for element in elements ?? [] {
      if let zone = zone(element), let region = Self.region(ofZone: zone.value) { return Field(region, zone.span) }
    }
    return nil
  }

  /// `jp-tok` of `jp-tok-1`; nil of a name without a region before its number.
  fileprivate static func region(ofZone zone: String) -> String? {
    guard let hyphen = zone.lastIndex(of: "-"), zone[..<hyphen].contains("-") else { return nil }
    let number = zone[zone.index(after: hyphen)...]
    return !number.isEmpty && number.allSatisfy { ("0"..."9").contains($0) } ? String(zone[..<hyphen]) : nil
  }
}

extension Analysis {
  /// Zones of other regions. Of a subnet that an address prefix contains the zone is judged against that prefix, and not
  /// here.
  public var zonesOutsideRegion: [ForeignZone] {
    guard let region = model.region else { return [] }
    let vpc = model.vpc
    var zones = ForeignZones(region: region.value, isWritten: vpc.region != nil)
    for prefix in vpc.addressPrefixes?.elements ?? [] { zones.add(prefix.zone) }
    let foreign = vpc.subnets.elements.indices.filter { zones.isForeign(vpc.subnets.elements[$0].zone?.value) }
    if !foreign.isEmpty {
      let placement = PrefixPlacement((vpc.addressPrefixes?.elements ?? []).filter { $0.zone != nil }.map(\.cidr.value))
      for subnet in foreign.map({ vpc.subnets.elements[$0] })
      where placement.narrowest(containing: subnet.block.value) == nil {
        zones.add(subnet.zone)
      }
    }
    for table in vpc.routingTables?.elements ?? [] {
      for route in table.routes?.elements ?? [] { zones.add(route.zone) }
    }
    return zones.found
  }
}

/// Collects the zones that are not of a region.
private struct ForeignZones {
  let region: String
  /// Whether the model names the region; else a zone of another form than the usual one says nothing.
  let isWritten: Bool
  /// The first zones that are not foreign. A VPC has few, and names the same ones again and again.
  private var own: [String] = []
  private var zones: [ForeignZone] = []
  private var positions: [String: Int] = [:]

  init(region: String, isWritten: Bool) { (self.region, self.isWritten) = (region, isWritten) }

  mutating func isForeign(_ zone: String?) -> Bool {
    guard let zone, !own.contains(zone) else { return false }
    let theirs = Model.region(ofZone: zone)
    let isForeign = theirs != region && (isWritten || theirs != nil)
    if !isForeign, own.count < 8 { own.append(zone) }
    return isForeign
  }

  mutating func add(_ zone: Field<String>?) {
    guard let zone, isForeign(zone.value) else { return }
    if let index = positions[zone.value] {
      zones[index].places.append(zone.span)
    } else {
      positions[zone.value] = zones.count
      zones.append(ForeignZone(name: zone.value, places: [zone.span]))
    }
  }

  /// What was found, in the order of the file.
  var found: [ForeignZone] {
    zones.map { ForeignZone(name: $0.name, places: $0.places.sorted { $0.start < $1.start }) }
  }
}
