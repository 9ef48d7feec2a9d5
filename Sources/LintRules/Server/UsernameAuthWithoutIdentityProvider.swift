import ClientVPN
import Forwarding
import SourceText

/// Authentication by user name without who knows the users.
enum UsernameAuthWithoutIdentityProvider: ModelRule {
  static let info = RuleInfo(
    code: "VPN712", name: "username-auth-without-identity-provider", severity: .error,
    summary: "clients are authenticated by user name, and no identity provider is named",
    why: """
      The service refuses to create or update the server, so nobody can connect. The one identity provider that it \
      knows is `iam`.
      """,
    repair: """
      Add `identity_provider: iam`. The change disconnects all clients, and they need a new client profile.
      """,
    source: "IBM VPC API, VPNServerAuthenticationByUsernamePrototype",
    examples: [
      .bad(
        "no provider",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - method: ⟦username⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the provider is named",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - {method: username, identity_provider: iam}
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      for (index, way) in (server.authentication?.elements ?? []).enumerated() {
        guard let method = way.method, method.value == "username", way.identityProvider == nil, !way.partnerIsUnknown
        else { continue }
        report(withoutProvider(method, index, server))
      }
    }
  }

  private static func withoutProvider(_ method: Field<String>, _ index: Int, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) authenticates clients by user name, and no identity provider is named",
      Cause(server.path(ofAuthentication: index), "identity_provider"), at: method.span,
      "no `identity_provider` beside this"
    )
    .help("add `identity_provider: iam`", VPNServer.authenticationChangeHelp)
  }
}
