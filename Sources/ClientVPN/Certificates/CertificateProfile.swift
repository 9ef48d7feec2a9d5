/// Where certificates are kept that a VPN server uses, and what their names look like: CRNs, ten parts with colons
/// between them (IBM Cloud documentation, Cloud Resource Names).
public struct CertificateProfile: Sendable {
  /// The service that keeps them (IBM VPC API, create_vpn_server).
  public let service: String
  /// The kind of resource that they are there (Terraform module for client-to-site VPN, variables).
  public let resourceType: String
  /// A service that kept them once and is gone (Terraform provider, is_vpn_server).
  public let formerService: String
  /// How long it takes until a revocation holds that the authority itself publishes, in minutes (IBM VPC documentation,
  /// client VPN authentication).
  public let minutesUntilRevoked: Int

  /// IBM Cloud Secrets Manager.
  public static let ibm = CertificateProfile(
    service: "secrets-manager", resourceType: "secret", formerService: "cloudcerts", minutesUntilRevoked: 60)

  /// What is wrong with the CRN of a certificate.
  public enum Fault: Sendable, Hashable {
    /// The certificate is kept by the service that is gone.
    case formerService
    /// The text does not begin with `crn:`.
    case notCRN
    /// It has not ten parts.
    case parts(Int)
    /// It names another service.
    case otherService(String)
    /// The instance of the service is not an id as the service makes them.
    case instance(String)
    /// It names another kind of resource; empty if none.
    case otherResource(String)
    /// The certificate is not an id as the service makes them.
    case resource(String)
  }

  /// The first thing that is wrong with the CRN of a certificate; nil if nothing is.
  public func fault(in crn: String) -> Fault? {
    let parts = crn.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts[0] != "crn" { return .notCRN }
    if parts.count > 4, parts[4] == formerService { return .formerService }
    if parts.count != 10 { return .parts(parts.count) }
    if parts[4] != service { return .otherService(parts[4]) }
    if !Self.isGUID(parts[7]) { return .instance(parts[7]) }
    if parts[8] != resourceType { return .otherResource(parts[8]) }
    return Self.isGUID(parts[9]) ? nil : .resource(parts[9])
  }

  /// Whether the text is 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between them.
  private static func isGUID(_ text: String) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }
}
