import ClientVPN
import Forwarding
import SourceText

/// A text that is no CRN of a certificate.
enum CertificateCRNMalformed: ModelRule {
  static let info = RuleInfo(
    code: "VPN716", name: "certificate-crn-malformed", severity: .error,
    summary: "the CRN of a certificate is not one of a secret in Secrets Manager",
    why: """
      The service does not find the certificate and refuses the server: `vpn_server_certificate_not_found`. The same \
      is told where the server may not read the secret.
      """,
    repair: "Copy the CRN of the secret from Secrets Manager. The change disconnects all clients.",
    source: "Terraform module for client-to-site VPN, variables; IBM VPC documentation, certificate not found",
    examples: [
      .bad(
        "the name of a file",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            certificate: ⟦server.pem⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "the instance without its secret",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            certificate: ⟦"crn:v1:bluemix:public:secrets-manager:jp-tok:a/0123456789abcdef:\
        11111111-2222-4333-8444-555555555555::"⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the CRN of a secret",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            certificate: crn:v1:bluemix:public:secrets-manager:jp-tok:a/0123456789abcdef:\
        11111111-2222-4333-8444-555555555555:secret:66666666-7777-4888-8999-aaaaaaaaaaaa
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let profile = analysis.model.provider.certificates
    for server in analysis.model.servers {
      for certificate in server.certificates {
        guard let fault = profile.fault(in: certificate.crn.value), fault != .formerService else { continue }
        report(malformed(certificate, fault, server, profile))
      }
    }
  }

  private static func malformed(
    _ certificate: ServerCertificate, _ fault: CertificateProfile.Fault, _ server: VPNServer,
    _ profile: CertificateProfile
  ) -> Finding {
    finding(
      "\(certificate.inWords(server)) is not named by the CRN of a secret", server.cause(of: certificate),
      at: certificate.crn.span, words(fault)
    )
    .note("such a CRN is `crn:v1:bluemix:public:\(profile.service):REGION:a/ACCOUNT:GUID:\(profile.resourceType):GUID`")
    .help("copy the CRN of the secret from Secrets Manager; the change disconnects all clients")
  }

  private static func words(_ fault: CertificateProfile.Fault) -> String {
    switch fault {
    case .formerService: "kept in a service that is gone"
    case .notCRN: "does not begin with `crn:`"
    case .parts(let count): "has \(Words.count(count, "part")) between its colons in place of 10"
    case .otherService(let name): "names the service `\(name)`"
    case .instance(let id): id.isEmpty ? "names no instance of the service" : "`\(id)` is no id of an instance"
    case .otherResource(let kind): kind.isEmpty ? "names no secret" : "names a `\(kind)`, not a secret"
    case .resource(let id): id.isEmpty ? "names no secret" : "`\(id)` is no id of a secret"
    }
  }
}
