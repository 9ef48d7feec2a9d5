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

  public var name: Field<String>
  public var cidrs: [Field<IPv4Prefix>]
  public var via: Field<Way>
  public var expect: Field<Intent>?

  /// The intent in force: reachable, but `any` for the internet.
  public var intent: Intent { expect?.value ?? (via.value == .internet ? .any : .reachable) }
}

/// A place where people connect from.
public struct ClientSite: Sendable {
  public var name: Field<String>
  /// `macos`, `linux` or `windows`.
  public var os: Field<String>?
  public var lan: Field<IPv4Prefix>?
  public var address: Field<IPv4Address>?
  public var gateway: Field<IPv4Address>?
  public var interface: Field<String>?
  public var metric: Field<Int>?
  public var routes: ListField<SiteRoute>?
  /// Lines of the OpenVPN client profile.
  public var directives: ListField<Field<String>>?
}

/// A route that a client has before it connects.
public struct SiteRoute: Sendable {
  public var destination: Field<IPv4Prefix>
  public var gateway: Field<IPv4Address>?
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
  /// nil if the target could not be understood.
  public var target: Target?
  /// The server clients are connected to; nil means each one.
  public var from: Reference?
  public var transport: Field<TransportProtocol>?
  public var port: Field<Int>?
  public var expect: Field<Intent>
}
