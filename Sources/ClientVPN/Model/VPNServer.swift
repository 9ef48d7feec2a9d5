public import IPv4Space
public import SourceText

/// A client VPN server.
public struct VPNServer: Sendable {
  /// The whole entry.
  public var span: Span
  /// The name, as written.
  public var name: Field<String>
  /// Whether the model says that the name is not known: what is written stands in for it.
  public var nameIsUnknown = false
  /// The provider's id.
  public var id: String?
  /// The VPC that the API names for it; nil is the VPC of the model.
  public var vpc: Reference?
  /// nil if it could not be read.
  public var clientPool: Field<IPv4Prefix>?
  /// The part of the pool that the member hands out, if written.
  public var tunnelNetwork: Field<IPv4Prefix>?
  /// The flag as written; nil is full tunnel.
  public var splitTunneling: Field<Bool>?
  /// Whether the model says that the flag is not known.
  public var splitTunnelingIsUnknown = false
  /// Whether the model says that port or protocol of the tunnel are not known.
  public var listenerIsUnknown = false
  /// Whether a key was written that probably means `enable_split_tunneling`, without effect.
  public var splitTunnelingMisspelt = false
  /// The subnets that its members stand in.
  public var subnets: ListField<Reference>?
  /// Security groups attached to it; nil if not modelled.
  public var securityGroups: ListField<Reference>?
  /// DNS servers pushed to clients.
  public var dnsServers: ListField<Field<IPv4Address>>?
  /// Seconds.
  public var idleTimeout: Field<Int>?
  /// Port of the tunnel as written; the default is 443.
  public var port: Field<Int>?
  /// `udp` or `tcp`, or whatever is written.
  public var transport: Field<String>?
  /// CRN of the server certificate.
  public var certificate: Field<String>?
  /// How clients prove who they are.
  public var authentication: ListField<Authentication>?
  /// The name clients connect to.
  public var hostname: Field<String>?
  /// Public addresses of the members; the API does not tell them.
  public var publicIPs: ListField<Field<IPv4Address>>?
  /// Addresses of the members in their subnets.
  public var privateIPs: ListField<Field<IPv4Address>>?
  /// How many clients are expected at once.
  public var expectedClients: Field<Int>?
  /// What the server is for; nil for everything.
  public var serves: ListField<ServedResource>?
  /// The API's word, such as `stable` or `pending`.
  public var lifecycleState: Field<String>?
  /// The API's word, such as `ok` or `degraded`.
  public var healthState: Field<String>?
  /// Reason codes of the health state.
  public var healthReasons: [Field<String>] = []
  /// When it was created.
  public var createdAt: Field<Timestamp>?
  /// Where the key of the routes is written, if it is; its value may be nothing.
  public var routesKey: Span?
  /// The routes; nil is none.
  public var routes: ListField<ServerRoute>?
  /// Whether some route, or the list itself, could not be read: then what the server forwards is not known.
  public var routesAreIncomplete = false
  /// What the routes may do that could not be read or are not known.
  public var missingActions: Set<ServerRoute.Action> = []
  /// Whether a key was written that probably means `routes`, without effect.
  public var routesMisspelt = false
  /// Sessions of clients.
  public var clients: ListField<ClientSession>?

  /// Which traffic enters the tunnel.
  public enum TunnelMode: String, Sendable {
    case full, split
    /// The model says that it does not know.
    case unknown
  }

  /// Split if the flag says so; the service's default is full (IBM VPC API, VPNServer).
  public var mode: TunnelMode {
    splitTunnelingIsUnknown ? .unknown : splitTunneling?.value == true ? .split : .full
  }

  /// The server as it may be: itself, or where the tunnel mode is not known, in full and in split tunnel.
  public var variants: [VPNServer] {
    guard splitTunnelingIsUnknown else { return [self] }
    return [false, true].map { isSplit in
      var variant = self
      variant.splitTunnelingIsUnknown = false
      variant.splitTunneling = Field(isSplit, name.span)
      return variant
    }
  }

  /// The port of the tunnel: as modelled, else the usual one of the provider, also where there is no such port.
  public func tunnelPort(_ provider: ProviderProfile) -> UInt16 {
    UInt16(exactly: port?.value ?? provider.usualPort) ?? UInt16(truncatingIfNeeded: provider.usualPort)
  }

  /// The part of the pool that the member hands out and its tunnel interface has: as modelled, else the first half
  /// (the article's tables).
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

  /// Whether a member may stand in a subnet that is not known: not every one is told, or one without its addresses.
  public var subnetsAreUnknown: Bool {
    subnets.map { $0.isIncomplete || $0.elements.contains { $0.index == nil && !$0.isAPIObject } } ?? false
  }

  /// Whether a route that is not known may take packets from one with this action, and do something else with them.
  public func mayHaveNarrowerRoute(than action: ServerRoute.Action) -> Bool {
    routesAreIncomplete && missingActions.contains { $0 != action }
  }

  /// What certainly becomes of packets to which a route leads; `unknown` where a narrower one may be.
  public func certainAction(of route: ServerRoute) -> ServerRoute.Action {
    mayHaveNarrowerRoute(than: route.action) ? .unknown : route.action
  }

  /// The place to point at when something is missing from the routes.
  public var routesPlace: Span { routesKey ?? name.span }
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
    /// The model says that it does not know, or in a word that could not be read.
    case unknown

    /// The words of the API.
    public static let allCases: [Action] = [.deliver, .translate, .drop]

    /// Whether packets are forwarded for certain.
    public var isKnownToForward: Bool { self == .deliver || self == .translate }
  }

  /// The name, as written.
  public var name: Field<String>?
  /// The provider's id.
  @Rare public var id: String?
  /// The network that packets are sent to.
  public var destination: Field<IPv4Prefix>
  /// nil is `deliver`, the service's default.
  public var writtenAction: Field<Action>?
  /// When it was created.
  @Rare public var createdAt: Field<Timestamp>?
  /// The API's word, such as `stable` or `pending`.
  @Rare public var lifecycleState: Field<String>?
  /// The API's word, such as `ok` or `degraded`.
  @Rare public var healthState: Field<String>?
  /// Reason codes of the health state.
  public var healthReasons: [Field<String>]

  /// The action in force.
  public var action: Action { writtenAction?.value ?? .deliver }

  /// The network of the destination, host bits zero.
  public var network: IPv4Prefix { destination.value.canonical }
}

/// A way in which clients prove who they are.
public struct Authentication: Sendable {
  /// `certificate` or `username`.
  public var method: Field<String>?
  /// Whether a method is written that could not be read.
  public var methodIsUnread = false
  /// CRN of the CA of client certificates.
  public var clientCA: Field<String>?
  /// Whether the model says that the CA, or the identity provider, is not known.
  public var partnerIsUnknown = false
  /// Revocation list, PEM.
  public var crl: Field<String>?
  /// What the revocation list says, or why it cannot be read; nil if there is none.
  public var revocations: Result<RevocationList, RevocationList.Flaw>?
  /// Type of the identity provider, such as `iam`.
  public var identityProvider: Field<String>?
}

/// A session as the API lists it.
public struct ClientSession: Sendable {
  /// The provider's id.
  public var id: Field<String>?
  /// Common name of the client certificate.
  public var commonName: Field<String>?
  /// Name the user logged in with.
  public var username: Field<String>?
  /// Address in the pool.
  public var clientIP: Field<IPv4Address>?
  /// Public address of the client's side.
  public var remoteIP: Field<IPv4Address>?
  /// `connected` or `disconnected`.
  public var status: Field<String>?
  /// When the session began.
  public var createdAt: Field<Timestamp>?
  /// When the session ended.
  public var disconnectedAt: Field<Timestamp>?
}

/// Something a server is for.
public enum ServedResource: Sendable {
  case subnet(Int)
  case network(Int)
}
