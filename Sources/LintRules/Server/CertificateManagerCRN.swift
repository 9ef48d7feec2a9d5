import ClientVPN
import Forwarding
import SourceText

/// A certificate in a service that is gone.
enum CertificateManagerCRN: ModelRule {
  static let info = RuleInfo(
    code: "VPN715", name: "certificate-manager-crn", severity: .error,
    summary: "a certificate is kept in Certificate Manager, which no longer exists",
    why: """
      The service does not find the certificate: it refuses the server, or the server that has it can no longer renew \
      it. Samples in older documentation still show such CRNs.
      """,
    repair: """
      Import the certificate into Secrets Manager and write its CRN. The change disconnects all clients.
      """,
    source: "Terraform provider, is_vpn_server: notice on Certificate Manager",
    examples: [
      .bad(
        "a CRN of Certificate Manager",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            certificate: ⟦crn:v1:bluemix:public:cloudcerts:jp-tok:a/0123456789abcdef:\
        11111111-2222-4333-8444-555555555555:certificate:66666666-7777-4888-8999-aaaaaaaaaaaa⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a CRN of Secrets Manager",
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
      for certificate in server.certificates where profile.fault(in: certificate.crn.value) == .formerService {
        report(gone(certificate, server, profile))
      }
    }
  }

  private static func gone(
    _ certificate: ServerCertificate, _ server: VPNServer, _ profile: CertificateProfile
  ) -> Finding {
    finding(
      "\(certificate.inWords(server)) is kept in a service that is gone", server.cause(of: certificate),
      at: certificate.crn.span, "`\(profile.formerService)` is Certificate Manager"
    )
    .note("Certificate Manager was removed; its certificates are not found any more")
    .help("import the certificate into Secrets Manager and write its CRN; the change disconnects all clients")
  }
}
