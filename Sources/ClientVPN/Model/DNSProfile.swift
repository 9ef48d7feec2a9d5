public import IPv4Space

/// The DNS servers of a provider, and how many DNS servers a VPN server pushes.
public struct DNSProfile: Sendable {
  /// What a DNS server is there for.
  public enum Names: Sendable {
    /// Names of private zones, which customers make.
    case privateZones
    /// Names of the provider's services.
    case services
  }

  /// The provider's DNS servers, all of them in a service range (IBM VPC documentation, client VPN planning).
  public let resolvers: [(address: IPv4Address, names: Names)]
  /// How many DNS servers a VPN server pushes at most (IBM VPC documentation, creating a VPN server).
  public let serversAtMost: Int
  /// Where DNS servers listen (RFC 1035, section 4.2).
  public let port: UInt16

  /// IBM Cloud.
  public static let ibm = DNSProfile(
    resolvers: [
      (IPv4Address(161, 26, 0, 7), .privateZones), (IPv4Address(161, 26, 0, 8), .privateZones),
      (IPv4Address(161, 26, 0, 10), .services), (IPv4Address(161, 26, 0, 11), .services),
    ], serversAtMost: 2, port: 53)

  /// Addresses of the DNS servers for some names.
  public func resolvers(for names: Names) -> [IPv4Address] { resolvers.filter { $0.names == names }.map(\.address) }

  /// What a DNS server is there for; nil if it is not the provider's.
  public func names(answeredBy address: IPv4Address) -> Names? { resolvers.first { $0.address == address }?.names }
}
