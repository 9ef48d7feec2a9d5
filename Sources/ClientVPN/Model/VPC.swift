public import IPv4Space
public import SourceText

/// A virtual private cloud.
public struct VPC: Sendable {
  /// The name, as written.
  public var name: Field<String>?
  /// The provider's id.
  public var id: Field<String>?
  /// The region by name, such as `jp-tok`.
  public var region: Field<String>?
  /// Whether the VPC reaches classic infrastructure.
  public var classicAccess: Field<Bool>?
  /// The blocks that subnets are cut from.
  public var addressPrefixes: ListField<AddressPrefix>?
  /// The subnets; required in a model.
  public var subnets: ListField<Subnet> = ListField([], key: .beginning(ofFile: 0))
  /// Whether the model says that there may be other subnets.
  public var subnetsAreUnknown = false
  /// The routing tables.
  public var routingTables: ListField<RoutingTable>?
  /// The network ACLs.
  public var networkACLs: ListField<NetworkACL>?
  /// The security groups.
  public var securityGroups: ListField<SecurityGroup>?
  /// What clients want to reach.
  public var workloads: ListField<Workload>?
  /// The table of subnets that name none.
  public var defaultRoutingTable: Reference?
  /// The ACL of subnets that name none.
  public var defaultNetworkACL: Reference?
  /// The group of targets that name none.
  public var defaultSecurityGroup: Reference?
}

/// A block of addresses of the VPC in one zone, from which subnets are cut.
public struct AddressPrefix: Sendable {
  /// The name, as written.
  public var name: Field<String>?
  /// The block.
  public var cidr: Field<IPv4Prefix>
  /// The zone by name, such as `jp-tok-1`.
  public var zone: Field<String>?
  /// Whether subnets given by size are cut from it.
  public var isDefault: Bool
}

/// A subnet of the VPC.
public struct Subnet: Sendable {
  /// The name, as written.
  public var name: Field<String>
  /// The provider's id.
  @Rare public var id: String?
  /// The VPC that the API names for it; nil is the VPC of the model.
  @Rare public var vpc: Reference?
  /// The addresses, `ipv4_cidr_block`.
  public var block: Field<IPv4Prefix>
  /// The zone by name, such as `jp-tok-1`.
  public var zone: Field<String>?
  /// The routing table, stated from this side.
  @Rare public var routingTable: Reference?
  /// The network ACL, stated from this side.
  @Rare public var networkACL: Reference?
  /// The public gateway by name.
  @Rare public var publicGateway: Field<String>?
  /// Free addresses, as the API counts them.
  @Rare public var availableAddresses: Field<Int>?
  /// What the model says clients must find; nil is reachable by default.
  public var expect: Field<Intent>?
}

/// What a model says about the reachability of something.
public enum Intent: String, Sendable, CaseIterable {
  case reachable, unreachable, any
  /// Must leave outside the tunnel; for `expectations` alone.
  case direct
}

/// A routing table of the VPC.
public struct RoutingTable: Sendable {
  /// The name, as written.
  public var name: Field<String>
  /// The provider's id.
  public var id: String?
  /// Whether the VPC uses it where nothing else is attached.
  public var isDefault: Bool
  /// Services that may write routes into the table: `vpn_gateway`, `vpn_server`.
  public var acceptRoutesFrom: ListField<Field<String>>?
  /// Where the table's routes are advertised: `direct_link`, `transit_gateway`.
  public var advertiseRoutesTo: ListField<Field<String>>?
  /// Whether traffic from Direct Link is routed by the table.
  public var directLinkIngress: Field<Bool>?
  /// Whether traffic from the internet is routed by the table.
  public var internetIngress: Field<Bool>?
  /// Whether traffic from a transit gateway is routed by the table.
  public var transitGatewayIngress: Field<Bool>?
  /// Whether traffic from other zones is routed by the table.
  public var zoneIngress: Field<Bool>?
  /// Whether the model says that it does not know one of the four that it leaves out.
  public var ingressIsUnknown = false
  /// The subnets attached to it, stated from this side.
  public var subnets: [Reference]
  /// The routes, in order.
  public var routes: ListField<VPCRoute>?
  /// Whether the model says that there may be other routes.
  public var routesAreUnknown = false
}

/// A route of a VPC routing table.
public struct VPCRoute: Sendable {
  /// The name, as written.
  public var name: Field<String>?
  /// The network that packets are sent to.
  public var destination: Field<IPv4Prefix>
  /// The zone by name, such as `jp-tok-1`.
  public var zone: Field<String>?
  /// `deliver`, `drop`, `delegate` or `delegate_vpc`.
  public var action: Field<String>?
  /// Whether an action is written that could not be read: then what the route does is not known.
  public var actionIsUnread = false
  /// The address of the next hop; nil where it is none or a VPN connection.
  public var nextHop: Field<IPv4Address>?
  /// Where the next hop is written, an address or a VPN connection.
  public var nextHopPlace: Span?
  /// 0–4, smaller wins; the default is 2.
  public var priority: Field<Int>?
  /// Whether the route is advertised.
  public var advertise: Field<Bool>?
  /// `service` or `user`.
  public var origin: Field<String>?
  /// The service that wrote the route.
  public var creator: Field<String>?
}

/// A network ACL: stateless, the first matching rule of a direction decides.
public struct NetworkACL: Sendable {
  /// The name, as written.
  public var name: Field<String>
  /// The provider's id.
  public var id: String?
  /// Whether the VPC uses it where nothing else is attached.
  public var isDefault: Bool
  /// The subnets attached to it, stated from this side.
  public var subnets: [Reference]
  /// The rules, in order.
  public var rules: ListField<ACLRule>?
  /// Rules that were not taken, because a part that they need could not be read: as they may be meant.
  public var unreadRules: [ACLRule]
  /// Whether the model says that the rules, or their order, are not all known.
  public var rulesAreUnknown = false
}

/// A rule of a network ACL.
public struct ACLRule: Sendable {
  /// Where it is written.
  public var span: Span
  /// Its place among the rules as written, from 0: those that could not be read count too.
  public var position: Int
  /// Whether addresses, ports or the ICMP message are written and could not be read: then what it matches is not known.
  public var isUnread: Bool
  /// The name, as written.
  public var name: Field<String>?
  /// Which way the traffic goes, seen from the subnet or target.
  public var direction: Field<Direction>
  /// Whether the rule allows; else it denies.
  public var allows: Field<Bool>
  /// The protocol by the API's name, such as `tcp`, `icmp_tcp_udp` or `any`.
  public var transport: Field<String>
  /// Source addresses; nil for any.
  public var source: Field<IPv4Prefix>?
  /// Destination addresses; nil for any.
  public var destination: Field<IPv4Prefix>?
  /// Source ports.
  public var sourcePorts: PortBounds
  /// Destination ports.
  public var destinationPorts: PortBounds
  /// ICMP type, 0–254; nil for all.
  public var icmpType: Field<Int>?
  /// ICMP code, 0–255; nil for all.
  public var icmpCode: Field<Int>?
}

/// Which way a filter rule looks.
public enum Direction: String, Sendable, CaseIterable {
  case inbound, outbound
}

/// The ends of a port range as written; either may be missing.
public struct PortBounds: Sendable {
  /// Lowest port; nil for 1.
  public var min: Field<Int>?
  /// Highest port; nil for 65535.
  public var max: Field<Int>?
}

/// A security group: stateful, allow only.
public struct SecurityGroup: Sendable {
  /// The name, as written.
  public var name: Field<String>
  /// The provider's id.
  public var id: String?
  /// Whether the VPC uses it where nothing else is attached.
  public var isDefault: Bool
  /// What the group is attached to, stated from this side.
  public var targets: ListField<Reference>?
  /// The rules, in order.
  public var rules: ListField<SecurityGroupRule>?
  /// Rules that were not taken, because a part that they need could not be read: as they may be meant.
  public var unreadRules: [SecurityGroupRule]
  /// Whether the model says that there may be other rules.
  public var rulesAreUnknown = false
  /// The VPC that the API names for it; nil is the VPC of the model.
  public var vpc: Reference?
}

/// A rule of a security group.
public struct SecurityGroupRule: Sendable {
  /// The other end of the traffic.
  public enum Peer: Sendable {
    case prefix(Field<IPv4Prefix>)
    case group(Reference)
  }

  /// Where it is written.
  public var span: Span
  /// Its place among the rules as written, from 0: those that could not be read count too.
  public var position: Int
  /// Whether addresses, ports or the ICMP message are written and could not be read: then what it matches is not known.
  public var isUnread: Bool
  /// Which way the traffic goes, seen from the subnet or target.
  public var direction: Field<Direction>
  /// The protocol by the API's name, such as `tcp`, `icmp_tcp_udp` or `any`.
  public var transport: Field<String>
  /// The other end of the traffic; nil for any.
  public var remote: Peer?
  /// Addresses at this end; nil for any.
  public var local: Field<IPv4Prefix>?
  /// Destination ports.
  public var ports: PortBounds
  /// ICMP type, 0–254; nil for all.
  public var icmpType: Field<Int>?
  /// ICMP code, 0–255; nil for all.
  public var icmpCode: Field<Int>?
}

/// Something in the VPC that clients want to reach.
public struct Workload: Sendable {
  /// The name, as written.
  public var name: Field<String>
  /// `instance`, `endpoint_gateway` or `load_balancer`.
  public var kind: Field<String>?
  /// The subnet it stands in.
  public var subnet: Reference?
  /// Its address in the subnet.
  public var address: Field<IPv4Address>?
  /// Its public address.
  public var floatingIP: Field<IPv4Address>?
  /// Security groups attached to it; nil if not modelled.
  public var securityGroups: ListField<Reference>?
  /// What it serves.
  public var services: ListField<Field<Service>>?
}

/// A protocol and port that a workload serves.
public struct Service: Sendable, Hashable, CustomStringConvertible {
  /// The protocol.
  public var transport: TransportProtocol
  /// nil for ICMP.
  public var port: UInt16?

  /// Makes a service.
  public init(transport: TransportProtocol, port: UInt16?) {
    self.transport = transport
    self.port = port
  }

  /// As models write it: `tcp/443`, `icmp`.
  public var description: String { port.map { "\(transport.rawValue)/\($0)" } ?? transport.rawValue }
}
