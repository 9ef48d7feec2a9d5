import ClientVPN
import Forwarding
import SourceText

/// Routes that the server has yet to apply.
enum RouteStuckPending: ModelRule {
  static let info = RuleInfo(
    code: "VPN803", name: "route-stuck-pending", severity: .error,
    summary: "a route is pending or deleting, so the server does not do yet what the model says",
    why: """
      A route is created or deleted in the background. Until it is `stable` or gone, the server has not applied the \
      change. A route hangs in `pending` or `deleting` when the server cannot apply changes, as with certificates that \
      have expired or that it cannot read. The verdicts of vpnlint take the routes as they are written.
      """,
    repair: """
      Read the state again after a few minutes. If it stays, check that the certificates of the server are in Secrets \
      Manager, that they have not expired and that the server may read them; renew them, and repeat the change.
      """,
    source: """
      IBM VPC documentation, Why do routing and reachability issues exist with my client-to-site VPN connection?: \
      resolving routes stuck in pending or deleting state
      """,
    examples: [
      .bad(
        "the new route is not there yet",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {name: to-app, destination: 10.0.0.0/24, lifecycle_state: stable}
              - {name: to-db, destination: 10.1.0.0/24, lifecycle_state: ⟦pending⟧}
        """),
      .good(
        "applied",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{name: to-app, destination: 10.0.0.0/24, lifecycle_state: stable}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      let routes = server.routes?.elements ?? []
      let waiting = routes.indices.filter { routes[$0].awaitsServer }.map { routes[$0] }
      if let first = waiting.first, let state = first.lifecycleState {
        report(stuck(waiting, at: state.span, first, server))
      }
    }
  }

  /// One finding a server: what keeps it from applying one route keeps it from all.
  private static func stuck(
    _ routes: [ServerRoute], at place: Span, _ first: ServerRoute, _ server: VPNServer
  ) -> Finding {
    let (pending, deleting) = (routes.filter { $0.lifecycle == .pending }, routes.filter { $0.lifecycle == .deleting })
    var result = finding(
      "\(Words.list(counted(pending, "pending") + counted(deleting, "deleting"))) on \(server.inWords)",
      Cause(server.routesPath, "lifecycle_state"), at: place, notApplied(first))
    result.labels += routes.dropFirst().compactMap { route in
      route.lifecycleState.map { Label($0.span, notApplied(route)) }
    }
    return
      result
      .note("a route hangs when the server cannot apply changes, as with certificates that expired or cannot be read")
      .help(
        "read the state again after a few minutes",
        "check that the server's certificates are in Secrets Manager, have not expired, and may be read by the server",
        "then repeat the change", server.mode == .split ? whenApplied : nil)
  }

  private static func counted(_ routes: [ServerRoute], _ state: String) -> [String] {
    switch routes.count {
    case 0: []
    case 1: ["\(routes[0].inWords) is `\(state)`"]
    default: ["\(routes.count) routes are `\(state)`"]
    }
  }

  private static func notApplied(_ route: ServerRoute) -> String {
    route.lifecycle == .deleting
      ? "\(route.inFull) is not gone yet"
      : "\(route.inFull) is not in force yet"
  }

  private static let whenApplied = "once it is applied, connected clients must reconnect to get the change"
}
