// What the API says about a resource that exists. Its lists of words may grow: a word that is not known here is no
// state, and nothing follows from it.

/// Where a resource is in its life (IBM VPC API, VPNServer and VPNServerRoute: lifecycle_state).
public enum LifecycleState: String, Sendable, CaseIterable {
  case deleting, failed, pending, stable, suspended, updating, waiting
}

/// How a resource is (IBM VPC API, VPNServer: health_state).
public enum HealthState: String, Sendable, CaseIterable {
  case ok, degraded, faulted, inapplicable
}

/// Why a resource is not well (IBM VPC documentation, Diagnosing VPN server health).
public enum HealthReason: String, Sendable, CaseIterable {
  case cannotAccessClientCertificate = "cannot_access_client_certificate"
  case cannotAccessServerCertificate = "cannot_access_server_certificate"
  case cannotCreateVPCRoute = "cannot_create_vpc_route"
  case cannotReserveIPAddress = "cannot_reserve_ip_address"
  case internalError = "internal_error"
}

extension VPNServer {
  /// The state in its life; nil if it is not modelled or not known.
  public var lifecycle: LifecycleState? { lifecycleState.flatMap { LifecycleState(rawValue: $0.value) } }
  /// The health; nil if it is not modelled or not known.
  public var health: HealthState? { healthState.flatMap { HealthState(rawValue: $0.value) } }
}

extension ServerRoute {
  /// The state in its life; nil if it is not modelled or not known.
  public var lifecycle: LifecycleState? { lifecycleState.flatMap { LifecycleState(rawValue: $0.value) } }

  /// Whether the server has yet to apply that the route was created or deleted.
  public var awaitsServer: Bool {
    switch lifecycle {
    case .pending, .deleting: true
    default: false
    }
  }
}

extension ClientSession {
  /// Whether the client is connected, as far as the model tells. The API always names the status; without one a
  /// session goes on that no `disconnected_at` ends.
  public var isConnected: Bool { status.map { $0.value == "connected" } ?? (disconnectedAt == nil) }
}
