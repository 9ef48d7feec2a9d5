import ClientVPN
public import IPv4Space

/// Which addresses belong to what, for one model.
public struct AddressPlan: Sendable {
  /// The block of each subnet.
  let blocks: [IPv4Prefix]
  /// Address prefixes and subnets of the VPC.
  public let vpc: IPv4Set
  /// Address prefixes alone; nil if they are not modelled.
  public let addressPrefixes: IPv4Set?
  /// Declared networks but those on the internet.
  public let networks: IPv4Set
  /// The provider's service ranges.
  public let services: IPv4Set
  /// What is outside RFC 1918, 100.64.0.0/10, the service ranges, the VPC and declared networks (SPEC §2).
  public let publicAddresses: IPv4Set
  /// Public addresses that a host on the internet can have.
  public let internet: IPv4Set
  /// What the provider alone says.
  private let space: ProviderSpace

  /// RFC 1918.
  public static let rfc1918 = IPv4Set([
    IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8), IPv4Prefix(IPv4Address(172, 16, 0, 0), length: 12),
    IPv4Prefix(IPv4Address(192, 168, 0, 0), length: 16),
  ])

  /// Addresses that no host in a network has (RFC 6890).
  public enum SpecialKind: String, Sendable, CaseIterable {
    case thisNetwork = "unspecified"
    case loopback
    case linkLocal = "link-local"
    case multicast
    case reserved

    var prefix: IPv4Prefix {
      switch self {
      case .thisNetwork: IPv4Prefix(IPv4Address(0, 0, 0, 0), length: 8)
      case .loopback: IPv4Prefix(IPv4Address(127, 0, 0, 0), length: 8)
      case .linkLocal: IPv4Prefix(IPv4Address(169, 254, 0, 0), length: 16)
      case .multicast: IPv4Prefix(IPv4Address(224, 0, 0, 0), length: 4)
      case .reserved: IPv4Prefix(IPv4Address(240, 0, 0, 0), length: 4)
      }
    }
  }

  private static let specialPrefixes = SpecialKind.allCases.map { (kind: $0, prefix: $0.prefix) }

  /// The kind of special addresses that a network consists of, of several the lowest; nil if others are in it.
  public static func specialKind(of network: IPv4Prefix) -> SpecialKind? {
    guard let kind = specialPrefixes.first(where: { $0.prefix.overlaps(network) })?.kind,
      ProviderSpace.special.contains(network.range)
    else { return nil }
    return kind
  }

  init(_ model: Model) {
    let prefixes = model.vpc.addressPrefixes.map { IPv4Set($0.elements.map(\.cidr.value)) }
    addressPrefixes = prefixes
    let blocks = model.vpc.subnets.elements.map(\.block.value)
    self.blocks = blocks
    vpc = IPv4Set((prefixes?.ranges ?? []) + blocks.map(\.range))
    let declared = (model.networks?.elements ?? []).filter { $0.via.value != .internet }
    networks = IPv4Set(declared.flatMap { $0.cidrs.map(\.value) })
    let space = ProviderSpace.of(model.provider)
    self.space = space
    services = space.services
    let undeclared = (networks.isEmpty ? vpc : vpc.union(networks)).complement
    publicAddresses = space.publicAddresses.intersection(undeclared)
    internet = space.internet.intersection(undeclared)
  }

  /// What lies at every address, for clients of one server. Narrower statements go before wider ones: the server's
  /// public addresses, to which clients have host routes, before a subnet, a subnet before the pool, the pool before
  /// declared networks (of which the longest CIDR decides), these before address prefixes and services, and the
  /// internet is what is left.
  func targets(for server: VPNServer, in model: Model) -> AddressMap<Target> {
    let networks = (model.networks?.elements ?? []).enumerated()
    func entries(_ isInternet: Bool) -> [(prefix: IPv4Prefix, value: Target?)] {
      networks.filter { ($0.element.via.value == .internet) == isInternet }.flatMap { index, network in
        network.cidrs.map { ($0.value, .network(index)) }
      }
    }
    func entries(_ prefixes: [IPv4Prefix], _ target: Target) -> [(prefix: IPv4Prefix, value: Target?)] {
      prefixes.map { ($0, target) }
    }
    let layers = [
      entries((model.vpc.addressPrefixes?.elements ?? []).map(\.cidr.value), .nothing),
      entries(false),
      entries(server.clientPool.map { [$0.value] } ?? [], .clientPool),
      entries(server.gatewayAddress.map { [IPv4Prefix($0, length: 32)] } ?? [], .vpnGateway),
      entries(blocks, .subnet),
      entries((server.publicIPs?.elements ?? []).map { IPv4Prefix($0.value, length: 32) }, .server)
        + entries([SpecialKind.loopback.prefix], .clientItself),
    ]
    // A network on the internet says nothing of addresses that the internet does not have.
    let ground = space.targets.painted(entries(true)) { $0 == .internet ? $1 : $0 }
    return layers.reduce(ground) { lower, upper in lower.painted(upper) { $1 } }
  }
}

extension AddressMap where Value == Target {
  /// The map with what `join` makes of its value and an entry's wherever there is an entry.
  fileprivate func painted(
    _ entries: [(prefix: IPv4Prefix, value: Target?)], _ join: (Target, Target) -> Target
  ) -> AddressMap {
    guard !entries.isEmpty else { return self }
    return zipped(with: AddressMap<Target?>(longestPrefix: entries, otherwise: nil)) { lower, upper in
      upper.map { join(lower, $0) } ?? lower
    }
  }
}
