import ClientVPN
import IPv4Space

/// What lies at every address before a model says anything. Made once a provider and not once a file.
struct ProviderSpace: Sendable {
  /// The provider's service ranges.
  let services: IPv4Set
  /// What is outside RFC 1918, 100.64.0.0/10 and the service ranges.
  let publicAddresses: IPv4Set
  /// Public addresses that a host on the internet can have.
  let internet: IPv4Set
  /// What lies where.
  let targets: AddressMap<Target>

  private static let known = Dictionary(
    uniqueKeysWithValues: ProviderProfile.all.map { ($0.name, ProviderSpace($0)) })

  /// The space of a provider.
  static func of(_ provider: ProviderProfile) -> ProviderSpace { known[provider.name] ?? ProviderSpace(provider) }

  private init(_ provider: ProviderProfile) {
    services = IPv4Set(provider.serviceRanges)
    publicAddresses = AddressPlan.rfc1918.union(Self.shared).union(services).complement
    internet = publicAddresses.subtracting(Self.special)
    targets = AddressMap<Bool>(Self.neverOutside).zipped(with: AddressMap<Bool>(services)) { isNowhere, isService in
      isService ? .service : isNowhere ? .nothing : .internet
    }
  }

  /// What no host on the internet has.
  static let neverOutside = AddressPlan.rfc1918.union(shared).union(special)

  private static let shared = IPv4Set(IPv4Prefix(IPv4Address(100, 64, 0, 0), length: 10))

  static let special = IPv4Set(AddressPlan.SpecialKind.allCases.map(\.prefix))
}
