import ClientVPN
import Forwarding
import SourceText

/// A revocation list that stands in for that of the CA.
enum UploadedCRLDisablesCACRL: ModelRule {
  static let info = RuleInfo(
    code: "VPN723", name: "uploaded-crl-disables-ca-crl", severity: .info,
    summary: "an uploaded revocation list takes the place of the one that the CA publishes",
    why: """
      With an uploaded list the server does not ask the CA any more. A certificate that is revoked at the CA alone \
      still lets its holder in, until somebody uploads a new list.
      """,
    repair: """
      Rely on one of the two: upload a new list with every revocation, or remove `crl` if the CA publishes its own. \
      The change disconnects all clients.
      """,
    source: "IBM VPC documentation, client VPN authentication",
    examples: [
      .bad(
        "a list is uploaded",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - method: certificate
                client_ca: crn:v1:bluemix:public:secrets-manager:jp-tok:a/0123456789abcdef:\
        11111111-2222-4333-8444-555555555555:secret:bbbbbbbb-cccc-4ddd-8eee-ffffffffffff
                crl: ⟦"-----BEGIN X509 CRL-----\\n\
        MIG8MGUwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCQ0EXDTI2MDUwMTAwMDAwMFoY\\n\
        DzIwOTkwMTAxMDAwMDAwWjAoMBICAQEXDTI1MDEwMTAwMDAwMFowEgIBAhcNMjUw\\n\
        MTAxMDAwMDAwWjAKBggqhkjOPQQDAgNHADBEAiAyIWR6YrpIOsCjB0QQf4JXFds6\\n\
        Llryk4X4grNIjoMrygIgXM9jR+2hOAPFqRPWeso7DMp25cKovYq7q/v9fqr8gRQ=\\n\
        -----END X509 CRL-----"⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the list of the CA alone",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - method: certificate
                client_ca: crn:v1:bluemix:public:secrets-manager:jp-tok:a/0123456789abcdef:\
        11111111-2222-4333-8444-555555555555:secret:bbbbbbbb-cccc-4ddd-8eee-ffffffffffff
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      server.forEachCertificateMethod { index, way, _ in
        if let crl = way.crl, way.revocations != nil { report(replaced(crl, way, index, server)) }
      }
    }
  }

  private static func replaced(
    _ crl: Field<String>, _ way: Authentication, _ index: Int, _ server: VPNServer
  ) -> Finding {
    finding(
      "\(server.inWords) does not ask its client CA which certificates are revoked",
      Cause(server.path(ofAuthentication: index), "crl/uploaded"), at: crl.span,
      "this list takes the place of the one that the CA publishes"
    )
    .label(way.clientCA?.span, "the client CA")
    .help("upload a new list with every revocation, or remove `crl` if the CA publishes its own")
  }
}
