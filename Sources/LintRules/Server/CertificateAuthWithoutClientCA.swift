import ClientVPN
import Forwarding
import SourceText

/// Authentication by certificate without the authority of the certificates.
enum CertificateAuthWithoutClientCA: ModelRule {
  static let info = RuleInfo(
    code: "VPN711", name: "certificate-auth-without-client-ca", severity: .error,
    summary: "clients are authenticated by certificate, and no client CA is named",
    why: """
      The service refuses to create or update the server, so nobody can connect: without the CA no certificate of a \
      client can be checked.
      """,
    repair: """
      Add `client_ca` with the CRN of the CA in Secrets Manager. The change disconnects all clients, and they need a \
      new client profile.
      """,
    source: "IBM VPC API, VPNServerAuthenticationByCertificatePrototype",
    examples: [
      .bad(
        "no CA",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - method: ⟦certificate⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the CA is named",
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
      server.forEachCertificateMethod { index, way, method in
        if way.clientCA == nil, !way.partnerIsUnknown { report(withoutCA(method, index, server)) }
      }
    }
  }

  private static func withoutCA(_ method: Field<String>, _ index: Int, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) authenticates clients by certificate, and no client CA is named",
      Cause(server.path(ofAuthentication: index), "client_ca"), at: method.span, "no `client_ca` beside this"
    )
    .note("the CA is what certificates of clients are checked with")
    .help("add `client_ca` with the CRN of the CA", VPNServer.authenticationChangeHelp)
  }
}
