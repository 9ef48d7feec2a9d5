import ClientVPN
import Forwarding
import SourceText

/// A text that is no revocation list.
enum CRLUnreadable: ModelRule {
  static let info = RuleInfo(
    code: "VPN722", name: "crl-unreadable", severity: .warning,
    summary: "the uploaded revocation list cannot be read",
    why: """
      The server does not learn from it which certificates are revoked. What the service says to such a list is not \
      documented; vpnlint cannot judge how old and how large it is.
      """,
    repair: """
      Write the revocation list in PEM, whole and with its line breaks: `openssl crl -in FILE -outform PEM` makes one.
      """,
    source: "IBM VPC API, VPNServerAuthenticationByCertificatePrototype; RFC 7468; RFC 5280, section 5.1",
    examples: [
      .bad(
        "the end is cut off",
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
                crl: ⟦"-----BEGIN X509 CRL-----\\nMIG8MGUwCgYIKoZIzj0EAwIw"⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "the certificate of the CA",
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
                crl: ⟦"-----BEGIN CERTIFICATE-----\\nMIG8\\n-----END CERTIFICATE-----"⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a whole list",
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
                crl: "-----BEGIN X509 CRL-----\\n\
        MIG8MGUwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCQ0EXDTI2MDUwMTAwMDAwMFoY\\n\
        DzIwOTkwMTAxMDAwMDAwWjAoMBICAQEXDTI1MDEwMTAwMDAwMFowEgIBAhcNMjUw\\n\
        MTAxMDAwMDAwWjAKBggqhkjOPQQDAgNHADBEAiAyIWR6YrpIOsCjB0QQf4JXFds6\\n\
        Llryk4X4grNIjoMrygIgXM9jR+2hOAPFqRPWeso7DMp25cKovYq7q/v9fqr8gRQ=\\n\
        -----END X509 CRL-----"
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      server.forEachCertificateMethod { index, way, _ in
        if let crl = way.crl, case .failure(let flaw)? = way.revocations {
          report(unreadable(crl, flaw, index, server))
        }
      }
    }
  }

  private static func unreadable(
    _ crl: Field<String>, _ flaw: RevocationList.Flaw, _ index: Int, _ server: VPNServer
  ) -> Finding {
    finding(
      "the revocation list of \(server.inWords) cannot be read",
      Cause(server.path(ofAuthentication: index), "crl/content"), at: crl.span, words(flaw)
    )
    .note("when it expires and how many certificates it names is not judged")
    .help("write the list in PEM, whole and with its line breaks")
  }

  private static func words(_ flaw: RevocationList.Flaw) -> String {
    switch flaw {
    case .notPEM: "no line `-----BEGIN X509 CRL-----`"
    case .unclosed: "no line `-----END X509 CRL-----`"
    case .otherKind(let label): "a `\(label)`, not an `X509 CRL`"
    case .notBase64: "not base64 between its first line and its last"
    case .notRevocationList: "what the base64 stands for is no whole revocation list"
    }
  }
}
