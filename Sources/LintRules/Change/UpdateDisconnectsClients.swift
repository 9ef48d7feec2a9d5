import ClientVPN
import Forwarding
import SourceText

/// Settings of a server whose change throws off every client.
enum UpdateDisconnectsClients: ChangeRule {
  static let info = RuleInfo(
    code: "VPN902", name: "update-disconnects-clients", severity: .warning,
    summary: "a setting of the server changes, which disconnects all its clients",
    why: """
      The server disconnects every client when one of its settings but the name is updated: the tunnel mode, the client \
      pool, DNS servers, the idle timeout, the certificate, the subnets and so on. Users who log in with a passcode need \
      a new one. The port and the protocol stand in the client profile, so that clients come back only with a new or \
      edited profile. A server that is destroyed and made anew has another host name besides, so that nobody comes back \
      without a new profile, and one that is removed leaves nothing to come back to. Routes and security groups are no settings of the server.
      """,
    repair: "Make the change in a maintenance window, and tell the users.",
    source: "IBM VPC API, update_vpn_server; IBM VPC documentation, questions about client VPN",
    examples: [
      .bad(
        "another tunnel mode",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: false
              routes: [{destination: 10.0.0.0/24}]
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: ⟦true⟧
              routes: [{destination: 10.0.0.0/24}]
          """),
      .bad(
        "another server under the same name",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - id: r022-1
              name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              routes: [{destination: 10.0.0.0/24}]
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - id: r022-2
              name: ⟦client-vpn⟧
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              routes: [{destination: 10.0.0.0/24}]
          """),
      .bad(
        "no server any more",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers: [{name: client-vpn, client_ip_pool: 192.168.252.0/22}]
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          ⟦vpn_servers⟧: []
          """),
      .good(
        "another name",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - id: r022-1
              name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              routes: [{destination: 10.0.0.0/24}]
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - id: r022-1
              name: staff-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              routes: [{destination: 10.0.0.0/24}]
          """),
    ])

  static func check(_ comparison: Comparison, _ report: (Finding) -> Void) {
    for (position, other) in comparison.servers.enumerated() {
      guard let server = other.after?.server else {
        if let gone = other.before?.server { report(removed(gone, comparison.after.model, comparison.lost(other))) }
        continue
      }
      if other.isReplaced {
        report(replaced(server))
        continue
      }
      // A change of the authentication has a rule of its own.
      let changes = comparison.changes.filter {
        $0.server == position && $0.sessions >= .disconnect && $0.thing != .server && $0.thing != .authentication
      }
      if let first = changes.first { report(disconnecting(changes, first, server)) }
    }
  }

  private static func removed(_ server: VPNServer, _ new: Model, _ lost: String?) -> Finding {
    finding(
      "\(server.inWords) is removed, which disconnects all its clients", Cause(server.path, "update"),
      at: new.serversPlace, "it is not here any more"
    )
    .label(server.name.span, "\(server.inWords) before")
    .note(lost.map { "clients lose \($0)" })
    .help("remove the server in a maintenance window, and tell its users what they connect to instead")
  }

  private static func replaced(_ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) is replaced by another one, which disconnects all its clients", Cause(server.path, "update"),
      at: server.name.span, "another server under the same name"
    )
    .note("the new server has another host name: every client needs a new profile")
    .help("change the server in place, or make the change in a maintenance window and give the users new profiles")
  }

  private static func disconnecting(_ changes: [Change], _ first: Change, _ server: VPNServer) -> Finding {
    let inProfile = changes.filter { $0.sessions == .newProfile }.map(\.thing.noun)
    let hasNewCertificate = changes.contains { $0.thing == .certificate }
    let usesPasscodes = server.authentication?.elements.contains { $0.method?.value == "username" } ?? false
    var result = finding(
      "the change of the \(Words.list(changes.map(\.thing.noun))) of \(server.inWords) disconnects all its clients",
      Cause(server.path, "update"), at: first.after?.span ?? server.name.span, first.title)
    for change in changes.dropFirst() {
      if let place = change.after { result.labels.append(Label(place.span, change.title)) }
    }
    return
      result
      .note(usesPasscodes ? "users who log in with a passcode need a new one to come back" : nil)
      .note(
        inProfile.isEmpty ? nil : "the \(Words.list(inProfile)) stands in the client profile: clients need a new one"
      )
      .note(
        hasNewCertificate ? "if a public CA issued the certificate, the CA in client profiles is replaced by hand" : nil
      )
      .help("make the change in a maintenance window, and tell the users")
  }
}
