public import IPv4Space
internal import SourceText

/// A network beyond the VPC.
public struct Network: Sendable {
  /// How packets get there from the VPC.
  public enum Way: String, Sendable, CaseIterable {
    case vpnGateway = "vpn_gateway"
    case transitGateway = "transit_gateway"
    case directLink = "direct_link"
    case classic
    case service
    case internet
  }

  /// The name, as written.
  public var name: Field<String>
  /// Its ranges.
  public var cidrs: [Field<IPv4Prefix>]
  /// How packets get there.
  public var via: Field<Way>
  /// What is expected; nil for the default.
  public var expect: Field<Intent>?

  /// The intent in force: reachable, but `any` for the internet.
  public var intent: Intent { expect?.value ?? (via.value == .internet ? .any : .reachable) }
}

/// A place where people connect from.
public struct ClientSite: Sendable {
  /// The name, as written.
  public var name: Field<String>
  /// `macos`, `linux` or `windows`.
  public var os: Field<String>?
  /// The local network.
  public var lan: Field<IPv4Prefix>?
  /// The client's address in the LAN.
  public var address: Field<IPv4Address>?
  /// The default gateway.
  public var gateway: Field<IPv4Address>?
  /// Name of the interface.
  public var interface: Field<String>?
  /// Metric of the routes; 0 if absent.
  public var metric: Field<Int>?
  /// Routes beside the default route.
  public var routes: ListField<SiteRoute>?
  /// Lines of the OpenVPN client profile.
  public var directives: ListField<Field<String>>?
}

/// A route that a client has before it connects.
public struct SiteRoute: Sendable {
  /// The network that packets are sent to.
  public var destination: Field<IPv4Prefix>
  /// Address of the next hop.
  public var gateway: Field<IPv4Address>?
  /// Metric of the routes; 0 if absent.
  public var metric: Field<Int>?
}

/// Something that must hold about the path of a client's packets.
public struct Expectation: Sendable {
  /// What packets are sent to.
  public enum Target: Sendable {
    case prefix(IPv4Prefix)
    case subnet(Int)
    case network(Int)
    case workload(Int)
  }

  /// The target as written.
  public var to: Field<String>
  /// nil if the target could not be understood, or the flow is none.
  public var target: Target?
  /// The server clients are connected to; nil means each one.
  public var from: Reference?
  /// The protocol, if it matters.
  public var transport: Field<TransportProtocol>?
  /// The port, if it matters.
  public var port: Field<Int>?
  /// Whether protocol and port are written and mean no flow: then nothing is judged.
  public var hasUnreadFlow: Bool
  /// What must hold.
  public var expect: Field<Intent>
}
