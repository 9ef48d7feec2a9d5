public import IPv4Space
public import SourceText

/// A client VPN server.
public struct VPNServer: Sendable {
  /// The whole entry.
  public var span: Span
  public var name: Field<String>
  public var id: String?
  /// nil if it could not be read.
  public var clientPool: Field<IPv4Prefix>?
  public var tunnelNetwork: Field<IPv4Prefix>?
  public var splitTunneling: Field<Bool>?
  /// Whether a key was written that probably means `enable_split_tunneling`, without effect.
  public var splitTunnelingMisspelt = false
  public var subnets: ListField<Reference>?
  public var securityGroups: ListField<Reference>?
  public var dnsServers: ListField<Field<IPv4Address>>?
  /// Seconds.
  public var idleTimeout: Field<Int>?
  public var port: Field<Int>?
  /// `udp` or `tcp`, or whatever is written.
  public var transport: Field<String>?
  public var certificate: Field<String>?
  public var authentication: ListField<Authentication>?
  public var hostname: Field<String>?
  public var publicIPs: ListField<Field<IPv4Address>>?
  public var privateIPs: ListField<Field<IPv4Address>>?
  public var expectedClients: Field<Int>?
  public var serves: ListField<ServedResource>?
  public var lifecycleState: Field<String>?
  public var healthState: Field<String>?
  public var healthReasons: [Field<String>] = []
  public var createdAt: Field<Timestamp>?
  public var routes: ListField<ServerRoute>?
  /// Whether some route, or the list itself, could not be read: then what the server forwards is not known.
  public var routesAreIncomplete = false
  /// Whether a key was written that probably means `routes`, without effect.
  public var routesMisspelt = false
  public var clients: ListField<ClientSession>?

  /// Full and split tunnel: which traffic enters the tunnel.
  public enum TunnelMode: String, Sendable {
    case full, split
  }

  /// Split if the flag says so; the service's default is full (domain notes §1.7).
  public var mode: TunnelMode { splitTunneling?.value == true ? .split : .full }

  /// The part of the pool that the member hands out and its tunnel interface has: as modelled, else the first half
  /// (domain notes §2.2).
  public var effectiveTunnelNetwork: IPv4Prefix? {
    if let tunnelNetwork { return tunnelNetwork.value.canonical }
    guard let pool = clientPool?.value.canonical else { return nil }
    return IPv4Prefix(pool.address, length: min(pool.length + 1, 32))
  }

  /// The address of the VPN gateway, the server's end of the tunnel: the first host of the tunnel network.
  public var gatewayAddress: IPv4Address? { host(1) }

  /// The address a client has: the second host of the tunnel network.
  public var clientAddress: IPv4Address? { host(2) }

  private func host(_ number: UInt32) -> IPv4Address? {
    effectiveTunnelNetwork.map { IPv4Address(bits: $0.first.bits &+ min(number, $0.last.bits &- $0.first.bits)) }
  }

  /// The place to point at when something is missing from the routes.
  public var routesPlace: Span { routes?.key ?? name.span }
}

/// A route of a VPN server.
public struct ServerRoute: Sendable {
  /// What the server does with a packet that matches.
  public enum Action: String, Sendable, CaseIterable {
    /// Forward it; the source stays the client's pool address.
    case deliver
    /// Forward it with an address of the server's subnet as source.
    case translate
    /// Discard it.
    case drop
  }

  public var name: Field<String>?
  public var id: String?
  public var destination: Field<IPv4Prefix>
  /// nil is `deliver`, the service's default.
  public var writtenAction: Field<Action>?
  public var createdAt: Field<Timestamp>?
  public var lifecycleState: Field<String>?
  public var healthState: Field<String>?
  public var healthReasons: [Field<String>]

  /// The action in force.
  public var action: Action { writtenAction?.value ?? .deliver }

  /// The network of the destination, host bits zero.
  public var network: IPv4Prefix { destination.value.canonical }
}

/// A way in which clients prove who they are.
public struct Authentication: Sendable {
  public var method: Field<String>?
  public var clientCA: Field<String>?
  public var crl: Field<String>?
  public var identityProvider: Field<String>?
}

/// A session as the API lists it.
public struct ClientSession: Sendable {
  public var id: Field<String>?
  public var commonName: Field<String>?
  public var username: Field<String>?
  public var clientIP: Field<IPv4Address>?
  public var remoteIP: Field<IPv4Address>?
  public var status: Field<String>?
  public var createdAt: Field<Timestamp>?
  public var disconnectedAt: Field<Timestamp>?
}

/// Something a server is for.
public enum ServedResource: Sendable {
  case subnet(Int)
  case network(Int)
}
