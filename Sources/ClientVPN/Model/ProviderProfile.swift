public import IPv4Space
import SourceText

/// What a provider's client VPN service allows and does, as data. Rules and engine know no provider.
///
/// Sources: the IBM VPC API and documentation, as given.
public struct ProviderProfile: Sendable {
  /// Value of the key `provider`.
  public let name: String
  /// Prefix lengths of a client pool that the service takes (IBM VPC API, create_vpn_server).
  public let clientPoolLengths: ClosedRange<UInt8>
  /// Prefix lengths of subnets and address prefixes (create_vpc_address_prefix, create_subnet).
  public let subnetLengths: ClosedRange<UInt8>
  /// How many addresses at the beginning and at the end of a subnet belong to the provider (IBM VPC documentation, about networking).
  public let reservedAtStart, reservedAtEnd: UInt32
  /// Ranges that no client pool and no address prefix may meet (create_vpc_address_prefix).
  public let reservedRanges: [IPv4Prefix]
  /// Where the provider's own services answer (IBM VPC documentation, client VPN planning).
  public let serviceRanges: [IPv4Prefix]
  /// How many subnets a server has (IBM VPC API, create_vpn_server).
  public let serverSubnets: ClosedRange<Int>
  /// Free addresses a server needs in each of its subnets (IBM VPC API, create_vpn_server).
  public let addressesPerMember: Int
  /// Idle timeout in seconds (IBM VPC API, create_vpn_server).
  public let idleTimeouts: ClosedRange<Int>
  /// Transports that a server speaks (IBM VPC API, create_vpn_server).
  public let transports: [String]
  /// The idle timeout in seconds, the port and the transport of a server that names none (IBM VPC API, create_vpn_server).
  public let usualIdleTimeout, usualPort: Int, usualTransport: String
  /// Where the certificates of servers are kept.
  public let certificates: CertificateProfile
  /// Ways of authentication that a server can ask clients for, each once (Terraform provider, is_vpn_server).
  public let authenticationMethods: Int
  /// Below how many seconds an idle timeout is a nuisance to users who need a passcode for each connection: our choice,
  /// after the 1800 of the Terraform module for client-to-site VPN.
  public let shortIdleTimeout: Int
  /// Security groups that a target can be in, and public gateways of a VPC in one zone: limits that nobody can raise (IBM
  /// VPC documentation, quotas).
  public let groupsPerTarget, publicGatewaysPerZone: Int
  /// Addresses of the pool for each expected client (IBM VPC API, create_vpn_server).
  public let poolAddressesPerClient: Int
  /// Longest name in characters (IBM VPC API, names).
  public let longestName: Int
  /// The provider's own DNS servers, and what servers push of them.
  public let dns: DNSProfile
  /// What rules of filters can name.
  public let filters: FilterProfile
  /// What one member of a server and one client carry, in Mbit/s (IBM VPC documentation, questions about client VPN).
  public let memberThroughput, clientThroughput: Int
  /// What the service says of routing tables, and of what is joined to a VPC.
  public let routing: RoutingProfile
  /// What a change of a server does to connected clients.
  public let changes: ChangeProfile
  /// Limits that support can raise (IBM VPC documentation, quotas).
  public let quotas: [(quota: Quota, number: Int)]

  /// IBM Cloud Client VPN for VPC.
  public static let ibm = ProviderProfile(
    name: "ibm", clientPoolLengths: 9...22, subnetLengths: 9...29, reservedAtStart: 4, reservedAtEnd: 1,
    reservedRanges: [
      IPv4Prefix(IPv4Address(127, 0, 0, 0), length: 8), IPv4Prefix(IPv4Address(161, 26, 0, 0), length: 16),
      IPv4Prefix(IPv4Address(166, 8, 0, 0), length: 14), IPv4Prefix(IPv4Address(169, 254, 0, 0), length: 16),
      IPv4Prefix(IPv4Address(224, 0, 0, 0), length: 4),
    ],
    serviceRanges: [
      IPv4Prefix(IPv4Address(161, 26, 0, 0), length: 16), IPv4Prefix(IPv4Address(166, 8, 0, 0), length: 14),
    ],
    serverSubnets: 1...2, addressesPerMember: 2, idleTimeouts: 0...28800, transports: ["udp", "tcp"],
    usualIdleTimeout: 600, usualPort: 443, usualTransport: "udp", certificates: .ibm,
    authenticationMethods: 2, shortIdleTimeout: 1800, groupsPerTarget: 5, publicGatewaysPerZone: 1,
    poolAddressesPerClient: 2, longestName: 63, dns: .ibm, filters: .ibm, memberThroughput: 600, clientThroughput: 150,
    routing: .ibm, changes: .ibm,
    quotas: [
      (.serverRoutes, 50), (.servers, 10), (.subnets, 100), (.addressPrefixes, 25), (.networkACLs, 100),
      (.networkACLRules, 200),
      (.securityGroups, 100), (.securityGroupRules, 250), (.securityGroupTargets, 1000), (.routingTables, 50),
      (.routingTableRoutes, 200), (.prefixLengths, 14), (.advertisedRoutes, 70), (.clients, 2000),
      (.prefixesAndAdvertisedRoutes, 120), (.securityGroupServers, 10), (.revocations, 20000), (.floatingIPs, 40),
    ])

  /// The number of a quota; nil if the provider has none such.
  public func number(of quota: Quota) -> Int? { quotas.first { $0.quota == quota }?.number }

  /// Every provider.
  public static let all = [ibm]

  /// The addresses of a subnet that a workload can have; nil if the provider keeps them all.
  public func usableAddresses(of block: IPv4Prefix) -> IPv4Range? {
    guard block.count > UInt64(reservedAtStart + reservedAtEnd) else { return nil }
    return IPv4Range(
      IPv4Address(bits: block.first.bits + reservedAtStart), IPv4Address(bits: block.last.bits - reservedAtEnd))
  }

  /// Whether the service takes the text as the name of a resource: lower case, digits and hyphens, beginning with a
  /// letter and not ending with a hyphen (IBM VPC API, names).
  public func isValidName(_ name: String) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    return name.withBytes { bytes in
      guard !bytes.isEmpty, bytes.count <= longestName, isLetter(bytes[0]) else { return false }
      for index in bytes.indices where !isLetter(bytes[index]) && !isDigit(bytes[index]) {
        if bytes[index] != UInt8(ascii: "-") || index == bytes.count - 1 { return false }
      }
      return true
    }
  }
}

/// A limit on how many of something there may be. The raw value is the key below `quotas` in a model.
public enum Quota: String, Sendable, CaseIterable {
  case serverRoutes = "server_routes"
  case servers
  case clients
  case subnets
  case addressPrefixes = "address_prefixes"
  case networkACLs = "network_acls"
  case networkACLRules = "network_acl_rules"
  case securityGroups = "security_groups"
  case securityGroupRules = "security_group_rules"
  case securityGroupTargets = "security_group_targets"
  case routingTables = "routing_tables"
  case routingTableRoutes = "routing_table_routes"
  case prefixLengths = "prefix_lengths"
  case advertisedRoutes = "advertised_routes"
  /// Address prefixes and advertised routes together.
  case prefixesAndAdvertisedRoutes = "address_prefixes_and_advertised_routes"
  /// VPN servers in one security group.
  case securityGroupServers = "security_group_servers"
  /// Certificates that the revocation list of a server names.
  case revocations
  /// Floating IP addresses in one zone.
  case floatingIPs = "floating_ips"
}
