import ClientVPN
import Forwarding
import SourceText

/// A revocation list after the day of the next one.
enum CRLExpired: Rule {
  static let info = RuleInfo(
    code: "VPN718", name: "crl-expired", severity: .error,
    summary: "the uploaded revocation list has expired",
    why: """
      A list promises when the next one is due. After that moment it is not believed any more: clients hang, or their \
      connections are refused.
      """,
    repair: "Upload a fresh list. The change disconnects all clients.",
    source: "IBM VPC documentation, troubleshooting: VPN client hangs; RFC 5280, section 5.1.2.5",
    examples: [
      .bad(
        "the next list was due",
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
        MIG7MGMwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCQ0EXDTI1MDcwMTAwMDAwMFoX\\n\
        DTI2MDEwMTAwMDAwMFowKDASAgEBFw0yNTAxMDEwMDAwMDBaMBICAQIXDTI1MDEw\\n\
        MTAwMDAwMFowCgYIKoZIzj0EAwIDSAAwRQIhAMmuXdWlK/hv6sTSX9p6x27/v/f+\\n\
        qP9KFdC1PPyN9s1bAiB44kL6wdqDI9nlj+oSKk9KhmZKQZECGvbmNo9y8NTedw==\\n\
        -----END X509 CRL-----"⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a list for a long time",
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

  static func check(_ subject: LintSubject, _ report: (Finding) -> Void) {
    for server in subject.analysis?.model.servers ?? [] {
      server.forEachCertificateMethod { index, way, _ in
        guard let crl = way.crl, case .success(let list)? = way.revocations, let next = list.nextUpdate,
          next < subject.startOfToday
        else { return }
        report(expired(crl, next, index, server))
      }
    }
  }

  private static func expired(
    _ crl: Field<String>, _ next: Timestamp, _ index: Int, _ server: VPNServer
  ) -> Finding {
    finding(
      "the revocation list of \(server.inWords) has expired",
      Cause(server.path(ofAuthentication: index), "crl/expired"),
      at: crl.span, "the next one was due \(next)"
    )
    .note("clients hang or are refused when they connect")
    .help("upload a fresh revocation list; the change disconnects all clients")
  }
}
