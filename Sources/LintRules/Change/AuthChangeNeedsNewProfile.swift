import ClientVPN
import Forwarding
import SourceText

/// Another way of authentication, for which no client profile is made.
enum AuthChangeNeedsNewProfile: ChangeRule {
  static let info = RuleInfo(
    code: "VPN903", name: "auth-change-needs-new-profile", severity: .warning,
    summary: "the way clients are authenticated changes, so their profiles are of no use any more",
    why: """
      The server disconnects every client when a way of authentication or the client CA changes, and lets nobody in with \
      a profile from before: users download the client profile anew and put their certificates into it again.
      """,
    repair: "Hand out the new client profile together with the change.",
    source: "IBM VPC documentation, VPN connection failure; IBM VPC API, update_vpn_server",
    examples: [
      .bad(
        "a passcode besides the certificate",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              client_authentication: [{method: certificate, client_ca: "crn:ca"}]
              routes: [{destination: 10.0.0.0/24}]
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              ⟦client_authentication⟧:
                - {method: certificate, client_ca: "crn:ca"}
                - {method: username, identity_provider: iam}
              routes: [{destination: 10.0.0.0/24}]
          """),
      .good(
        "the same in another order",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              client_authentication:
                - {method: username, identity_provider: iam}
                - {method: certificate, client_ca: "crn:ca"}
              routes: [{destination: 10.0.0.0/24}]
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              client_authentication:
                - {method: certificate, client_ca: "crn:ca"}
                - {method: username, identity_provider: iam}
              routes: [{destination: 10.0.0.0/24}]
          """),
    ])

  static func check(_ comparison: Comparison, _ report: (Finding) -> Void) {
    for change in comparison.changes where change.thing == .authentication {
      guard let server = change.server.flatMap({ comparison.servers[$0].after?.server }), let place = change.after
      else {
        continue
      }
      report(
        finding(
          "the change of the client authentication of \(server.inWords) makes every client profile useless",
          Cause(server.path, "client_authentication"), at: place.span, "was \(change.before?.text ?? "another one")"
        )
        .label(change.before?.span, "the client authentication before")
        .note("all clients are disconnected, and come back only with a new profile")
        .help("download the client profile after the change and hand it to the users"))
    }
  }
}
