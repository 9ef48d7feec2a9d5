import ClientVPN
import SourceText

// How ways of authentication and certificates are called in findings.

extension VPNServer {
  /// Path of a way of authentication in the model: by its method, else by its number.
  func path(ofAuthentication index: Int) -> String {
    let way = authentication?.elements[index]
    return "\(path)/client_authentication/\(way?.method?.value ?? "\(index + 1)")"
  }

  /// What a finding about a certificate is about.
  func cause(of certificate: ServerCertificate) -> Cause {
    switch certificate.role {
    case .server: Cause(path, "certificate")
    case .clientCA(let index): Cause(path(ofAuthentication: index), "client_ca")
    }
  }

  /// The ways of authentication by certificate with a revocation list or without, and where to point at.
  func forEachCertificateMethod(_ body: (Int, Authentication, Field<String>) -> Void) {
    for (index, way) in (authentication?.elements ?? []).enumerated() {
      if let method = way.method, method.value == "certificate" { body(index, way, method) }
    }
  }

  /// What a change of the authentication does to clients.
  static let authenticationChangeHelp =
    "the change of the authentication disconnects all clients, and they need a new client profile"
}

extension ServerCertificate {
  /// The certificate in words: "the certificate of VPN server `x`".
  func inWords(_ server: VPNServer) -> String {
    switch role {
    case .server: "the certificate of \(server.inWords)"
    case .clientCA: "the client CA of \(server.inWords)"
    }
  }
}

extension Authentication {
  /// Where something is written of it.
  func place(in list: ListField<Authentication>) -> Span {
    method?.span ?? clientCA?.span ?? identityProvider?.span ?? crl?.span ?? list.key
  }
}
