/// What one run of the lab is set up from: a VPN server, its VPC, and the machine of one client.
struct LabConfiguration: Codable, Hashable, Sendable {
  enum Mode: String, Codable, Sendable { case split, full }
  enum Action: String, Codable, Sendable, CaseIterable { case deliver, translate, drop }
  /// What the server does with a packet that no route of its matches: nothing, or an ICMP error.
  enum NoMatch: String, Codable, Sendable { case blackhole, unreachable }
  enum Transport: String, Codable, Sendable { case udp, tcp }

  /// A route of the VPN server.
  struct Route: Codable, Hashable, Sendable {
    /// CIDR notation; host bits may be set.
    var destination: String
    var action: Action
  }

  /// The client's own network.
  struct LAN: Codable, Hashable, Sendable {
    var cidr: String
    /// The client's address.
    var address: String
    /// The default gateway.
    var gateway: String
    /// Other hosts that answer.
    var hosts: [String]
    /// Metric of the LAN's own row and of the default route.
    var metric: Int
    /// Static routes of the client.
    var routes: [StaticRoute]
  }

  /// A static route of the client by way of another router of its LAN.
  struct StaticRoute: Codable, Hashable, Sendable {
    var destination: String
    var gateway: String
    var metric: Int
  }

  var name: String
  var mode: Mode
  var pool: String
  /// The part of the pool that this member of the server uses; its first address is the VPN gateway.
  var memberPool: String
  var routes: [Route]
  /// DNS servers that are pushed.
  var dns: [String]
  var serverPublicIP: String
  var vpcSubnets: [String]
  var clientLAN: LAN
  /// Further lines of the client's profile.
  var clientDirectives: [String]
  /// Further options that the server pushes.
  var serverPush: [String]
  var noMatch: NoMatch
  var transport: Transport
  /// Seconds: `ping` and `ping-restart`.
  var keepalive: [Int]
  /// Addresses whose route is read and which are pinged.
  var probes: [String]

  private enum CodingKeys: String, CodingKey {
    case name, mode, pool, routes, dns, keepalive, probes
    case memberPool = "member_pool"
    case serverPublicIP = "server_public_ip"
    case vpcSubnets = "vpc_subnets"
    case clientLAN = "client_lan"
    case clientDirectives = "client_directives"
    case serverPush = "server_push"
    case noMatch = "no_match"
    case transport = "proto"
  }
}
