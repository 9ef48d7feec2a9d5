import ClientVPN
import Forwarding
import SourceText

/// A server whose routes cannot be changed now.
enum ServerNotReadyForRoutes: ModelRule {
  static let info = RuleInfo(
    code: "VPN802", name: "server-not-ready-for-routes", severity: .warning,
    summary: "the server is not stable and healthy, so it is not ready for a change of its routes",
    why: """
      The console creates routes only for a server that is `stable` and healthy. A route created or deleted while the \
      server cannot apply it hangs in `pending` or `deleting`. It is told where routes must change: clients do not reach \
      what they should, an expectation fails, or a route is not applied yet. Where the server gives reasons for its \
      health, or is suspended, those rules speak instead. States that vpnlint does not know are passed over.
      """,
    repair: "Wait until the server is `stable` and `ok`, or mend what keeps it from that, and change the routes then.",
    source: """
      IBM VPC documentation, Managing VPN routes: creating a route in the console; Why do routing and reachability \
      issues exist with my client-to-site VPN connection?
      """,
    examples: [
      .bad(
        "an update is not through yet, and a subnet has no route",
        without: ["subnet-without-server-route"],
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            lifecycle_state: ⟦updating⟧
            health_state: ok
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "stable, but not well, and a subnet has no route",
        without: ["subnet-without-server-route"],
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            lifecycle_state: stable
            health_state: ⟦degraded⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "ready",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            lifecycle_state: stable
            health_state: ok
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "nothing has to change",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            lifecycle_state: updating
            health_state: ok
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for analysis in analysis.servers where analysis.routesMustChange {
      let server = analysis.server
      let lifecycle = server.lifecycle == .stable ? nil : server.lifecycle.flatMap { _ in server.lifecycleState }
      let health = server.health == .ok ? nil : server.health.flatMap { _ in server.healthState }
      if let field = lifecycle ?? health { report(notReady(server, field, lifecycle, health)) }
    }
  }

  private static func notReady(
    _ server: VPNServer, _ field: Field<String>, _ lifecycle: Field<String>?, _ health: Field<String>?
  ) -> Finding {
    let states = [lifecycle, health].compactMap { $0.map { "`\($0.value)`" } }
    return finding(
      "\(server.inWords) is \(Words.list(states)), not ready for a change of its routes",
      Cause(server.path, lifecycle == nil ? "health_state" : "lifecycle_state"), at: field.span,
      lifecycle == nil ? "not `ok`" : "not `stable`"
    )
    .label(lifecycle == nil ? nil : health?.span, "not `ok`")
    .note(
      "its routes must change, or are about to: clients do not reach all that they should, or a route is not `stable`"
    )
    .note("the console creates routes only while the server is `stable` and healthy")
    .note("a route created or deleted now can hang in `pending` or `deleting`")
    .help(lifecycle?.value == "deleting" ? "move the routes to a server that stays" : waiting)
  }

  private static let waiting = "change the routes when the server is `stable` and `ok`"
}
