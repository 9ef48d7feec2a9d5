/// A certificate that a VPN server uses, by its CRN.
public struct ServerCertificate: Sendable {
  /// What it is there for.
  public enum Role: Sendable, Hashable {
    /// The server proves itself by it.
    case server
    /// Clients' certificates are issued by it; the position of the way of authentication.
    case clientCA(Int)
  }

  /// What it is there for.
  public let role: Role
  /// The CRN as written.
  public let crn: Field<String>
}

extension VPNServer {
  /// The certificates that the server names, its own first.
  public var certificates: [ServerCertificate] {
    let authorities = (authentication?.elements ?? []).enumerated().compactMap { index, way in
      way.clientCA.map { ServerCertificate(role: .clientCA(index), crn: $0) }
    }
    return (certificate.map { [ServerCertificate(role: .server, crn: $0)] } ?? []) + authorities
  }
}
