import ClientVPN
import Forwarding
import SourceText

/// A server that asks clients for a user name alone.
enum UsernameOnlyAuth: ModelRule {
  static let info = RuleInfo(
    code: "VPN714", name: "username-only-auth", severity: .info,
    summary: "clients are authenticated by user name alone, without a certificate",
    why: """
      Whoever learns the passcode of a user gets in from any device. OpenVPN Connect warns that the profile has no \
      client certificate, and users must learn to pass over that.
      """,
    repair: """
      Add an entry for `certificate`: clients then pass both. The change disconnects all clients, and they need a new \
      client profile.
      """,
    source: "IBM VPC documentation, certificate warning of OpenVPN Connect; securing a client VPN environment",
    examples: [
      .bad(
        "a user name alone",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - {method: ⟦username⟧, identity_provider: iam}
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a certificate and a user name",
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
      guard let ways = server.authentication, ways.elements.count == 1, !ways.isIncomplete,
        let method = ways.elements[0].method, method.value == "username"
      else { continue }
      report(alone(method, server))
    }
  }

  private static func alone(_ method: Field<String>, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) authenticates clients by user name alone", Cause(server.path, "client_authentication"),
      at: method.span, "the only method"
    )
    .note("OpenVPN Connect warns users that the profile has no client certificate")
    .help("add an entry with `method: certificate` to ask for both", VPNServer.authenticationChangeHelp)
  }
}
