import ClientVPN
import Forwarding
import SourceText

/// One way of authentication with keys of the other.
enum AuthFieldsMixed: ModelRule {
  static let info = RuleInfo(
    code: "VPN713", name: "auth-fields-mixed", severity: .error,
    summary: "a way of authentication has keys of the other way",
    why: """
      The service refuses an entry that has keys of both ways, so nobody can connect. `client_ca` and `crl` belong to \
      `certificate`, `identity_provider` belongs to `username`.
      """,
    repair: """
      Write one entry for each way. The change disconnects all clients, and they need a new client profile.
      """,
    source: "Terraform provider, is_vpn_server: mutually exclusive arguments",
    examples: [
      .bad(
        "both in one entry, as in a sample of the SDK",
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
                identity_provider: ⟦iam⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "an entry each",
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
              - {method: username, identity_provider: iam}
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      for (index, way) in (server.authentication?.elements ?? []).enumerated() {
        if let strange = way.strangeKey { report(mixed(strange.key, strange.span, way, index, server)) }
      }
    }
  }

  private static func mixed(
    _ key: String, _ span: Span, _ way: Authentication, _ index: Int, _ server: VPNServer
  ) -> Finding {
    let other = key == "identity_provider" ? "username" : "certificate"
    return finding(
      "an entry for authentication of \(server.inWords) has keys of two methods",
      Cause(server.path(ofAuthentication: index), "mixed"), at: span, "`\(key)` belongs to method `\(other)`"
    )
    .label(way.method?.span, "the method of this entry")
    .help(
      "move `\(key)` to an entry of its own with `method: \(other)` to ask clients for both, or remove it",
      VPNServer.authenticationChangeHelp)
  }
}

extension Authentication {
  /// The first key that does not belong to the method; without a method one beside which there is a key of the other.
  fileprivate var strangeKey: (key: String, span: Span)? {
    let certificate = clientCA.map { ("client_ca", $0.span) } ?? crl.map { ("crl", $0.span) }
    let username = identityProvider.map { ("identity_provider", $0.span) }
    return switch method?.value {
    case "certificate": username
    case "username": certificate
    default: certificate == nil ? nil : username
    }
  }
}
