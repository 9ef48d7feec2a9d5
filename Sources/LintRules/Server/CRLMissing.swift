import ClientVPN
import Forwarding
import SourceText

/// Authentication by certificate without a revocation list.
enum CRLMissing: ModelRule {
  static let info = RuleInfo(
    code: "VPN717", name: "crl-missing", severity: .info,
    summary: "clients are authenticated by certificate, and no revocation list is uploaded",
    why: """
      The certificate of a lost device lets its holder in until it expires, unless the CA publishes a list itself: a \
      revocation that Secrets Manager knows of holds after an hour at the latest.
      """,
    repair: """
      Upload a revocation list as `crl`, or make sure that the CA publishes one. The change disconnects all clients.
      """,
    source: "IBM VPC documentation, securing a client VPN environment; client VPN authentication",
    examples: [
      .bad(
        "no list",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - method: ⟦certificate⟧
                client_ca: crn:v1:bluemix:public:secrets-manager:jp-tok:a/0123456789abcdef:\
        11111111-2222-4333-8444-555555555555:secret:bbbbbbbb-cccc-4ddd-8eee-ffffffffffff
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
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
      server.forEachCertificateMethod { index, way, method in
        if way.revocations == nil { report(missing(method, index, server, analysis.model.provider)) }
      }
    }
  }

  private static func missing(
    _ method: Field<String>, _ index: Int, _ server: VPNServer, _ provider: ProviderProfile
  ) -> Finding {
    finding(
      "no revocation list is uploaded for \(server.inWords)",
      Cause(server.path(ofAuthentication: index), "crl"), at: method.span, "no `crl` beside this"
    )
    .note(
      """
      if the CA publishes a list itself, what it revokes is refused after \(provider.certificates.minutesUntilRevoked) \
      minutes at the latest; else a lost certificate opens the VPN until it expires
      """
    )
    .help("upload a revocation list as `crl`, or make sure that the CA publishes one")
  }
}
