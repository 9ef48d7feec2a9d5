import ClientVPN
import Forwarding
import SourceText

/// A revocation list of more certificates than the service takes.
enum CRLTooLarge: ModelRule {
  static let info = RuleInfo(
    code: "VPN719", name: "crl-too-large", severity: .error,
    summary: "the uploaded revocation list names more certificates than its quota",
    why: "The service refuses the list, so none of its revocations holds.",
    repair: """
      Remove certificates that have expired from the list, or ask for a higher quota and write it under `quotas` as \
      `revocations`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "two certificates with a quota of one",
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
        quotas: {revocations: 1}
        """),
      .good(
        "far from the quota",
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
    let quota = analysis.model.quota(.revocations)
    for server in analysis.model.servers {
      server.forEachCertificateMethod { index, way, _ in
        guard let crl = way.crl, case .success(let list)? = way.revocations else { return }
        let owner = "the revocation list of \(server.inWords)"
        guard let exceeded = ExceededQuota(owner, list.count, "certificate", quota: quota) else { return }
        let cause = Cause(server.path(ofAuthentication: index), "crl/quota")
        report(finding(exceeded, of: .revocations, cause, at: crl.span))
      }
    }
  }
}
