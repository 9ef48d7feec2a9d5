public import ClientVPN
public import IPv4Space

// What lies beyond the VPC and has addresses in common with what lies in it.

extension Model {
  /// Whether the VPC reaches classic infrastructure: by its own flag, or a declared network.
  public var reachesClassic: Bool { vpc.classicAccess?.value == true || classicNetwork != nil }

  /// The network by which classic infrastructure is reached, if one is declared.
  public var classicNetwork: Network? { networks?.elements.first { $0.via.value == .classic } }
}

/// A client pool that has addresses in common with a declared network.
public struct PoolInNetwork: Sendable {
  /// Position of the server.
  public let server: Int
  /// Position of the network.
  public let network: Int
  /// The range of the network that meets the pool.
  public let cidr: Field<IPv4Prefix>
  /// The addresses in both.
  public let common: IPv4Range
}

extension Analysis {
  /// Client pools that meet declared networks to which packets go by one of these ways, by server and then by network.
  public func poolsInNetworks(by ways: Set<Network.Way>) -> [PoolInNetwork] {
    let networks = (model.networks?.elements ?? []).enumerated().filter { ways.contains($0.element.via.value) }
    let ranges = networks.flatMap { index, network in network.cidrs.map { (network: index, cidr: $0) } }
    if ranges.isEmpty { return [] }
    let all = IPv4Set(ranges.map(\.cidr.value))
    return model.servers.enumerated().flatMap { index, server -> [PoolInNetwork] in
      guard let pool = server.clientPool?.value.canonical.range, all.overlaps(pool) else { return [] }
      return ranges.compactMap { network, cidr in
        cidr.value.canonical.range.intersection(pool).map {
          PoolInNetwork(server: index, network: network, cidr: cidr, common: $0)
        }
      }
    }
  }

  /// Where the pool of a server meets addresses of classic infrastructure: those of its services if any, else those that
  /// its hosts may have. nil if it meets neither, or classic infrastructure is not reached.
  public func poolInClassic(of server: VPNServer) -> (common: [IPv4Range], isInServices: Bool)? {
    guard model.reachesClassic, let pool = server.clientPool?.value.canonical.range else { return nil }
    let profile = model.provider.routing
    let services = profile.classicServiceRanges.compactMap { $0.range.intersection(pool) }
    if !services.isEmpty { return (services, true) }
    return profile.classicRange.range.intersection(pool).map { ([$0], false) }
  }

  /// Address prefixes that meet what classic infrastructure keeps for its services; none if it is not reached.
  public var prefixesInClassic: [(prefix: AddressPrefix, common: [IPv4Range])] {
    guard model.reachesClassic else { return [] }
    let services = model.provider.routing.classicServiceRanges
    return (model.vpc.addressPrefixes?.elements ?? []).compactMap { prefix in
      let common = services.compactMap { $0.range.intersection(prefix.cidr.value.canonical.range) }
      return common.isEmpty ? nil : (prefix, common)
    }
  }

  /// Address prefixes that look like those the provider gives to a VPC of the region, if it is joined to a transit gateway.
  public var defaultPrefixesBesideOthers: (prefixes: [AddressPrefix], network: Network)? {
    guard let network = model.networks?.elements.first(where: { $0.via.value == .transitGateway }) else { return nil }
    let prefixes = (model.vpc.addressPrefixes?.elements ?? []).filter { prefix in
      let region = model.vpc.region?.value ?? prefix.zone.map { Self.region(ofZone: $0.value) } ?? ""
      return model.provider.routing.defaultPrefixes(ofRegion: region).contains(prefix.cidr.value.canonical)
    }
    return prefixes.isEmpty ? nil : (prefixes, network)
  }

  /// Zones are called like their region, with a number.
  private static func region(ofZone zone: String) -> String {
    zone.lastIndex(of: "-").map { String(zone[..<$0]) } ?? zone
  }
}
