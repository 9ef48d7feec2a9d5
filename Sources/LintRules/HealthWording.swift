import ClientVPN
import SourceText

// What the reason codes of a server's health mean (IBM VPC documentation, Diagnosing VPN server health).

extension HealthReason {
  /// The reason, beside its code.
  var inWords: String {
    switch self {
    case .cannotAccessClientCertificate: "the server cannot read the CA certificate of its clients"
    case .cannotAccessServerCertificate: "the server cannot read its own certificate"
    case .cannotCreateVPCRoute: "the server cannot write its routes into a routing table of the VPC"
    case .cannotReserveIPAddress: "the server finds no free address in its subnet"
    case .internalError: "an error inside the service"
    }
  }

  /// What is usually behind it.
  var usualCause: String? {
    switch self {
    case .cannotAccessClientCertificate, .cannotAccessServerCertificate:
      "the certificate or its Secrets Manager instance was deleted, or the authorisation to read it was removed"
    case .cannotCreateVPCRoute:
      "usually a VPC route inside the client pool that the server did not create; or the quota of routes is used up"
    case .cannotReserveIPAddress: "instances, load balancers and other VPN servers in the subnet take addresses too"
    case .internalError: nil
    }
  }

  /// What to do.
  func repair(_ model: Model) -> String {
    switch self {
    case .cannotAccessClientCertificate, .cannotAccessServerCertificate:
      "check that the certificate exists and that the VPN service is authorised to read it from Secrets Manager"
    case .cannotCreateVPCRoute:
      "delete VPC routes inside the client pool whose creator is not the VPN server, or make room in the quota"
    case .cannotReserveIPAddress:
      "free addresses in the subnet: a member of the server needs \(model.provider.addressesPerMember)"
    case .internalError: "contact the provider's support"
    }
  }

  /// The place in the model that the reason is about.
  func place(in server: VPNServer) -> Span? {
    switch self {
    case .cannotAccessClientCertificate: server.authentication?.elements.lazy.compactMap(\.clientCA).first?.span
    case .cannotAccessServerCertificate: server.certificate?.span
    case .cannotCreateVPCRoute: server.clientPool?.span
    case .cannotReserveIPAddress: server.subnets?.key
    case .internalError: nil
    }
  }
}
