import ClientVPN
import Forwarding
import SourceText

/// A server without a way to authenticate clients, or with too many.
enum AuthMethodsMissing: ModelRule {
  static let info = RuleInfo(
    code: "VPN710", name: "auth-methods-missing", severity: .error,
    summary: "the server has no way to authenticate clients, more than two, or one of them twice",
    why: """
      The service refuses to create or update the server, so nobody can connect. Clients pass every way that is \
      listed: a certificate, a user name with a passcode, or both.
      """,
    repair: """
      Name `certificate`, `username` or both, each once. The change disconnects all clients, and they need a new \
      client profile.
      """,
    source: "Terraform provider, is_vpn_server; IBM VPC documentation, planning a client-to-site server",
    examples: [
      .bad(
        "no way",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦client_authentication⟧: []
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "the same way twice",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - {method: username, identity_provider: iam}
              - {method: ⟦username⟧, identity_provider: iam}
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "an entry without a method",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_authentication:
              - {identity_provider: ⟦iam⟧}
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "both ways",
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
    let most = analysis.model.provider.authenticationMethods
    for server in analysis.model.servers {
      guard let ways = server.authentication, !ways.isIncomplete else { continue }
      if ways.elements.isEmpty || ways.elements.count > most { report(wrongNumber(ways, server, most)) }
      var first: [String: Field<String>] = [:]
      for way in ways.elements {
        if let method = way.method, let earlier = first[method.value] {
          report(doubled(earlier, method, server))
        } else if let method = way.method {
          first[method.value] = method
        } else if !way.methodIsUnread {
          report(nameless(way, ways, server))
        }
      }
    }
  }

  private static func wrongNumber(_ ways: ListField<Authentication>, _ server: VPNServer, _ most: Int) -> Finding {
    let count = ways.elements.count
    return finding(
      count == 0
        ? "\(server.inWords) has no way to authenticate clients"
        : "\(server.inWords) has \(count) ways to authenticate clients",
      Cause(server.path, "client_authentication"), at: ways.key, count == 0 ? "none here" : "\(count) here"
    )
    .note("the service takes from 1 to \(most): `certificate`, `username` or both")
    .help("name `certificate`, `username` or both", VPNServer.authenticationChangeHelp)
  }

  private static func doubled(_ first: Field<String>, _ second: Field<String>, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) authenticates clients by \(second.value) twice",
      Cause("\(server.path)/client_authentication/\(second.value)", "method"), at: second.span, "the same way again"
    )
    .label(first.span, "the first time")
    .help("remove one of the two", VPNServer.authenticationChangeHelp)
  }

  private static func nameless(
    _ way: Authentication, _ ways: ListField<Authentication>, _ server: VPNServer
  ) -> Finding {
    finding(
      "\(server.inWords) has a way to authenticate clients without a method",
      Cause(server.path, "client_authentication/method"), at: way.place(in: ways), "no `method` beside this"
    )
    .note("a method is `certificate` or `username`")
    .help("add the `method`")
  }
}
