public import IPv4Space
public import SourceText

/// A virtual private cloud.
public struct VPC: Sendable {
  public var name: Field<String>?
  public var id: Field<String>?
  public var region: Field<String>?
  public var classicAccess: Field<Bool>?
  public var addressPrefixes: ListField<AddressPrefix>?
  public var subnets: ListField<Subnet> = ListField([], key: .beginning(ofFile: 0))
  public var routingTables: ListField<RoutingTable>?
  public var networkACLs: ListField<NetworkACL>?
  public var securityGroups: ListField<SecurityGroup>?
  public var workloads: ListField<Workload>?
  public var defaultRoutingTable: Reference?
  public var defaultNetworkACL: Reference?
  public var defaultSecurityGroup: Reference?
}

/// A block of addresses of the VPC in one zone, from which subnets are cut.
public struct AddressPrefix: Sendable {
  public var name: Field<String>?
  public var cidr: Field<IPv4Prefix>
  public var zone: Field<String>?
  public var isDefault: Bool
}

/// A subnet of the VPC.
public struct Subnet: Sendable {
  public var name: Field<String>
  public var id: String?
  public var block: Field<IPv4Prefix>
  public var zone: Field<String>?
  public var routingTable: Reference?
  public var networkACL: Reference?
  public var publicGateway: Field<String>?
  /// Free addresses, as the API counts them.
  public var availableAddresses: Field<Int>?
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
  public var name: Field<String>
  public var id: String?
  public var isDefault: Bool
  public var acceptRoutesFrom: ListField<Field<String>>?
  public var advertiseRoutesTo: ListField<Field<String>>?
  public var directLinkIngress: Field<Bool>?
  public var internetIngress: Field<Bool>?
  public var transitGatewayIngress: Field<Bool>?
  public var zoneIngress: Field<Bool>?
  public var subnets: [Reference]
  public var routes: ListField<VPCRoute>?
}

/// A route of a VPC routing table.
public struct VPCRoute: Sendable {
  public var name: Field<String>?
  public var destination: Field<IPv4Prefix>
  public var zone: Field<String>?
  /// `deliver`, `drop`, `delegate` or `delegate_vpc`.
  public var action: Field<String>?
  /// The address of the next hop; nil where it is none or a VPN connection.
  public var nextHop: Field<IPv4Address>?
  public var priority: Field<Int>?
  public var advertise: Field<Bool>?
  /// `service` or `user`.
  public var origin: Field<String>?
  public var creator: Field<String>?
}

/// A network ACL: stateless, the first matching rule of a direction decides.
public struct NetworkACL: Sendable {
  public var name: Field<String>
  public var id: String?
  public var isDefault: Bool
  public var subnets: [Reference]
  public var rules: ListField<ACLRule>?
}

/// A rule of a network ACL.
public struct ACLRule: Sendable {
  public var span: Span
  public var name: Field<String>?
  public var direction: Field<Direction>
  public var allows: Field<Bool>
  /// The protocol by the API's name, such as `tcp`, `icmp_tcp_udp` or `any`.
  public var transport: Field<String>
  public var source: Field<IPv4Prefix>?
  public var destination: Field<IPv4Prefix>?
  public var sourcePorts: PortBounds
  public var destinationPorts: PortBounds
  public var icmpType: Field<Int>?
  public var icmpCode: Field<Int>?
}

/// Which way a filter rule looks.
public enum Direction: String, Sendable, CaseIterable {
  case inbound, outbound
}

/// The ends of a port range as written; either may be missing.
public struct PortBounds: Sendable {
  public var min: Field<Int>?
  public var max: Field<Int>?
}

/// A security group: stateful, allow only.
public struct SecurityGroup: Sendable {
  public var name: Field<String>
  public var id: String?
  public var isDefault: Bool
  public var targets: ListField<Reference>?
  public var rules: ListField<SecurityGroupRule>?
}

/// A rule of a security group.
public struct SecurityGroupRule: Sendable {
  /// The other end of the traffic.
  public enum Peer: Sendable {
    case prefix(Field<IPv4Prefix>)
    case group(Reference)
  }

  public var span: Span
  public var direction: Field<Direction>
  public var transport: Field<String>
  public var remote: Peer?
  public var local: Field<IPv4Prefix>?
  public var ports: PortBounds
  public var icmpType: Field<Int>?
  public var icmpCode: Field<Int>?
}

/// Something in the VPC that clients want to reach.
public struct Workload: Sendable {
  public var name: Field<String>
  /// `instance`, `endpoint_gateway` or `load_balancer`.
  public var kind: Field<String>?
  public var subnet: Reference?
  public var address: Field<IPv4Address>?
  public var floatingIP: Field<IPv4Address>?
  public var securityGroups: ListField<Reference>?
  public var services: ListField<Field<Service>>?
}

/// A protocol and port that a workload serves.
public struct Service: Sendable, Hashable {
  public var transport: TransportProtocol
  /// nil for ICMP.
  public var port: UInt16?
}
