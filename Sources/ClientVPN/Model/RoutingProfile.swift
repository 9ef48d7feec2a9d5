public import IPv4Space

/// What a provider says of routing tables, and of what is joined to a VPC, as data.
public struct RoutingProfile: Sendable {
  /// Priorities that a route can have; the smaller number wins (IBM VPC documentation, creating a route).
  public let priorities: ClosedRange<Int>
  /// How many routes of one table and zone may share destination and priority (IBM VPC API, RoutePrototype).
  public let equalRoutes: Int
  /// How names begin that users cannot give to routes (IBM VPC API, create_vpc_routing_table_route).
  public let reservedNames: String
  /// How the names of the routes begin that the service writes for a VPN server (IBM VPC documentation, fixing bad
  /// service routes).
  public let serverRouteNames: String
  /// How long to wait between taking `vpn_server` out of a table and putting it back, in minutes (IBM VPC documentation,
  /// client cannot access VPC resources).
  public let minutesToRewriteRoutes: Int
  /// How many advertised routes older pages of the documentation allow (IBM VPC documentation, over quota).
  public let advertisedRoutesInOlderPages: Int
  /// Where hosts of classic infrastructure live (IBM VPC documentation, planning a client-to-site server).
  public let classicRange: IPv4Prefix
  /// What classic infrastructure keeps for its own services (IBM VPC documentation, classic access).
  public let classicServiceRanges: [IPv4Prefix]
  /// The second octet of the address prefixes that the service gives to a VPC in a region: 10.n.0.0/18, 10.n.64.0/18 and
  /// 10.n.128.0/18. They can differ between accounts (IBM VPC documentation, VPC in a different region).
  public let defaultPrefixOctets: [String: UInt8]

  /// IBM Cloud VPC.
  public static let ibm = RoutingProfile(
    priorities: 0...4, equalRoutes: 2, reservedNames: "ibm-", serverRouteNames: "ibm-vpn-server-",
    minutesToRewriteRoutes: 2, advertisedRoutesInOlderPages: 15,
    classicRange: IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8),
    classicServiceRanges: [
      IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 14), IPv4Prefix(IPv4Address(10, 198, 0, 0), length: 15),
      IPv4Prefix(IPv4Address(10, 200, 0, 0), length: 14), IPv4Prefix(IPv4Address(10, 254, 0, 0), length: 16),
    ],
    defaultPrefixOctets: [
      "us-south": 240, "us-east": 241, "eu-gb": 242, "eu-de": 243, "jp-tok": 244, "au-syd": 245, "jp-osa": 248,
      "ca-tor": 249, "br-sao": 250, "eu-es": 251, "ca-mon": 253, "in-che": 254, "in-mum": 255,
    ])

  /// The address prefixes that a VPC in a region usually gets; none if the region is not in the table.
  public func defaultPrefixes(ofRegion region: String) -> [IPv4Prefix] {
    guard let octet = defaultPrefixOctets[region] else { return [] }
    return [0, 64, 128].map { IPv4Prefix(IPv4Address(10, octet, $0, 0), length: 18) }
  }
}
