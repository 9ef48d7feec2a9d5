public import ClientVPN
public import SourceText

/// One edit between two models, as a person would make it, and what it does.
public struct Change: Sendable {
  /// What is edited.
  public enum Thing: String, Sendable, CaseIterable {
    case server, mode
    case clientPool = "client-pool"
    case tunnelNetwork = "tunnel-network"
    case publicAddresses = "public-addresses"
    case privateAddresses = "private-addresses"
    case dnsServers = "dns-servers"
    case idleTimeout = "idle-timeout"
    case port
    case transport = "protocol"
    case certificate, authentication
    case revocationList = "revocation-list"
    case serverSubnets = "server-subnets"
    case securityGroups = "security-groups"
    case route
    case routeAction = "route-action"
    case routeDestination = "route-destination"
    case vpc
    case classicAccess = "classic-access"
    case addressPrefix = "address-prefix"
    case subnet
    case subnetBlock = "subnet-addresses"
    case publicGateway = "public-gateway"
    case subnetNetworkACL = "subnet-network-acl"
    case subnetRoutingTable = "subnet-routing-table"
    case routingTable = "routing-table"
    case acceptedRoutes = "accepted-routes"
    case advertisedRoutes = "advertised-routes"
    case ingress
    case vpcRoute = "vpc-route"
    case networkACL = "network-acl"
    case networkACLRule = "network-acl-rule"
    case networkACLOrder = "network-acl-order"
    case securityGroup = "security-group"
    case securityGroupRule = "security-group-rule"
    case workload
    case network
    case clientSite = "client-site"
  }

  /// How it is edited.
  public enum Event: String, Sendable, CaseIterable {
    case added, removed, renamed, changed, replaced
  }

  /// A value with its place in its model.
  public struct Value: Sendable, Hashable {
    /// The value in words; empty where the thing says it all.
    public let text: String
    /// Where it is written; of something absent, the resource.
    public let span: Span

    /// Makes a value.
    public init(_ text: String, _ span: Span) { (self.text, self.span) = (text, span) }
  }

  /// Why the sessions of clients go the way they do.
  public enum Reason: Sendable, Hashable {
    /// Split tunnel: routes are pushed when a client connects.
    case pushedOnConnect
    /// Split tunnel: a client keeps the row until it connects again.
    case rowIsKept
    /// Split tunnel: other rows lead the packets into the tunnel, before and after.
    case inTunnelAnyway
    /// Full tunnel: no route is pushed.
    case nothingPushed
    /// The rows of clients are the same.
    case sameDestination
    case nameAlone
    /// The server throws off everybody when one of its settings is changed.
    case serverUpdated
    /// The settings of the client profile are not those of the server any more.
    case profileOutdated
    case serverAdded, serverRemoved, serverReplaced
    /// The route is deleted and created anew with the same destination.
    case routeRemade
    /// The subnet is destroyed and made anew.
    case subnetRemade
    /// Security groups keep state: connections that stand go on.
    case newConnectionsAlone
    /// Network ACLs keep no state.
    case everyPacket
    case attachedBesides
    /// A network ACL stops the tunnel's own packets.
    case tunnelCutOff
    /// No security group lets the tunnel's own packets in; tunnels that stand go on.
    case tunnelClosed
    /// The VPC routes the next packet by it.
    case nextPacket
    /// The service has to write the routes of the server into the table; minutes.
    case routesToBeWritten(minutes: Int)
    /// The service deletes the routes of the server from the table; minutes until they are back once it may write again.
    case routesDeleted(minutes: Int)
    /// The model says something else of what lies around the server.
    case surroundings
  }

  /// What is edited, and how.
  public let thing: Thing, event: Event
  /// Path of the resource in the model by names, such as `vpn_servers/client-vpn/routes/to-app`.
  public let subject: String
  /// The name of the edited thing; nil if it has none.
  public let name: String?
  /// What the thing belongs to, such as the VPN server; nil for the VPC itself and what stands beside it.
  public let owner: Owner?
  /// The values in the two models; nil where it is not there.
  public let before, after: Value?
  /// What it does to connected clients, and why.
  public let sessions: SessionEffect, reason: Reason
  /// What becomes of reachability where the edit has a say.
  public let reachability: ReachChange
  /// Position of the VPN server in the comparison, for an edit of one.
  public let server: Int?

  /// What a thing belongs to.
  public struct Owner: Sendable, Hashable {
    /// What it is.
    public let thing: Thing
    /// Its name.
    public let name: String
  }

  /// Both words in one, such as `route-added`.
  public var kind: String { "\(thing.rawValue)-\(event.rawValue)" }
}
