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

  /// RFC 1918.
  public static let rfc1918 = IPv4Set([
    IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8), IPv4Prefix(IPv4Address(172, 16, 0, 0), length: 12),
    IPv4Prefix(IPv4Address(192, 168, 0, 0), length: 16),
  ])

  private static let shared = IPv4Set(IPv4Prefix(IPv4Address(100, 64, 0, 0), length: 10))

  /// This network, loopback, link-local, multicast and reserved (RFC 6890).
  private static let special = IPv4Set([
    IPv4Prefix(IPv4Address(0, 0, 0, 0), length: 8), IPv4Prefix(IPv4Address(127, 0, 0, 0), length: 8),
    IPv4Prefix(IPv4Address(169, 254, 0, 0), length: 16), IPv4Prefix(IPv4Address(224, 0, 0, 0), length: 3),
  ])

  init(_ model: Model) {
    let prefixes = model.vpc.addressPrefixes.map { IPv4Set($0.elements.map(\.cidr.value)) }
    addressPrefixes = prefixes
    let blocks = model.vpc.subnets.elements.map(\.block.value)
    self.blocks = blocks
    vpc = IPv4Set((prefixes?.ranges ?? []) + blocks.map(\.range))
    let declared = (model.networks?.elements ?? []).filter { $0.via.value != .internet }
    networks = IPv4Set(declared.flatMap { $0.cidrs.map(\.value) })
    services = IPv4Set(model.provider.serviceRanges)
    publicAddresses =
      Self.rfc1918.union(Self.shared).union(services).union(vpc).union(networks).complement
    internet = publicAddresses.subtracting(Self.special)
  }

  /// What lies at every address, for clients of one server. Narrower statements go before wider ones: the server's
  /// public addresses, to which clients have host routes, before a subnet, a subnet before the pool, the pool before
  /// declared networks (of which the longest CIDR decides), these before address prefixes and services, and the
  /// internet is what is left.
  func targets(for server: VPNServer, in model: Model) -> AddressMap<Target> {
    let networks = (model.networks?.elements ?? []).enumerated()
    func layer(_ isInternet: Bool) -> AddressMap<Target?> {
      AddressMap(
        longestPrefix: networks.filter { ($0.element.via.value == .internet) == isInternet }.flatMap { index, network in
          network.cidrs.map { ($0.value, Target?.some(.network(index))) }
        }, otherwise: nil)
    }
    func layer(_ prefixes: [IPv4Prefix], _ target: Target) -> AddressMap<Target?> {
      AddressMap(longestPrefix: prefixes.map { ($0, target) }, otherwise: nil)
    }
    let hosts = (server.publicIPs?.elements ?? []).map { IPv4Prefix($0.value, length: 32) }
    let gateway = server.gatewayAddress.map { [IPv4Prefix($0, length: 32)] } ?? []
    let nonPublic = publicAddresses.union(services).complement.union(Self.special)
    let layers = [
      layer(true),
      AddressMap<Target?>(everywhere: nil).painted(nonPublic, .nothing),
      layer(model.provider.serviceRanges, .service),
      layer((model.vpc.addressPrefixes?.elements ?? []).map(\.cidr.value), .nothing),
      layer(false),
      layer(server.clientPool.map { [$0.value] } ?? [], .clientPool),
      layer(gateway, .vpnGateway),
      layer(blocks, .subnet),
      layer(hosts, .server),
    ]
    return layers.reduce(AddressMap(everywhere: .internet)) { lower, upper in
      upper.starts.count == 1 && upper.values[0] == nil ? lower : lower.zipped(with: upper) { $1 ?? $0 }
    }
  }
}

extension AddressMap where Value == Target? {
  fileprivate func painted(_ addresses: IPv4Set, _ target: Target) -> AddressMap<Target?> {
    zipped(with: AddressMap<Bool>(addresses)) { $1 ? target : $0 }
  }
}
