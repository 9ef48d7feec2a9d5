/// What a change does to clients that are connected, from nothing to the worst.
public enum SessionEffect: String, Sendable, CaseIterable, Comparable {
  /// They go on, with the change in force.
  case none
  /// They go on without the change, and get it when they connect again.
  case reconnect
  /// They are thrown off.
  case disconnect
  /// They are thrown off, and come back only with another client profile.
  case newProfile = "new-profile"

  /// Order of harm.
  public static func < (left: SessionEffect, right: SessionEffect) -> Bool { left.harm < right.harm }

  private var harm: Int {
    switch self {
    case .none: 0
    case .reconnect: 1
    case .disconnect: 2
    case .newProfile: 3
    }
  }
}

/// What can be set of a VPN server that exists.
public enum ServerSetting: Sendable, CaseIterable {
  case name, mode, clientPool, dnsServers, idleTimeout, port, transport, certificate
  /// The ways of authentication, and the CA of client certificates.
  case authentication
  case revocationList, subnets, securityGroups
}

/// Which change of a provider's VPN server does what to connected clients, as data.
public struct ChangeProfile: Sendable {
  /// Settings whose change no client notices (IBM VPC API, update_vpn_server). Security groups are attached to a server
  /// from their side, which is no update of the server.
  public let unnoticed: Set<ServerSetting>
  /// Settings that a client profile repeats, so that the profile of before does not fit any more (IBM VPC
  /// documentation, VPN connection failure; port and protocol stand in the profile's own lines).
  public let inProfile: Set<ServerSetting>

  /// IBM Cloud Client VPN for VPC. The change of any other setting disconnects every client.
  public static let ibm = ChangeProfile(
    unnoticed: [.name, .securityGroups], inProfile: [.port, .transport, .authentication])

  /// What the change of a setting does to connected clients.
  public func effect(of setting: ServerSetting) -> SessionEffect {
    if unnoticed.contains(setting) { return .none }
    return inProfile.contains(setting) ? .newProfile : .disconnect
  }
}
