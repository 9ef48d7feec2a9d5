import ClientVPN
import Forwarding
import SourceText

/// More routes than a server may have, or nearly so many.
enum QuotaServerRoutes: ModelRule {
  static let info = RuleInfo(
    code: "VPN222", name: "quota-server-routes", severity: .error,
    summary: "a server has more routes than its quota, or is near it",
    why: "The service refuses routes beyond the quota. From 80 % of it on this is a warning.",
    repair: """
      Put neighbouring destinations together, or ask for a higher quota and write it under `quotas` as \
      `server_routes`. Connected clients of a split tunnel must reconnect to get other routes; in full tunnel nothing \
      is pushed, but the server needs the routes to forward.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one route too many",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦routes⟧:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 10.1.0.0/24, action: deliver}
        quotas: {server_routes: 1}
        """),
      .good(
        "far from the quota",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let quota = analysis.model.quota(.serverRoutes)
    for server in analysis.model.servers {
      let count = server.routes?.elements.count ?? 0
      if count > 0, count >= quota - quota / 5 { report(many(count, of: quota, server)) }
    }
  }

  private static func many(_ count: Int, of quota: Int, _ server: VPNServer) -> Finding {
    let isOver = count > quota
    return finding(
      "\(server.inWords) has \(Words.count(count, "route")), the quota is \(quota)",
      Cause(server.path, "routes-quota"), at: server.routesPlace,
      isOver ? "\(count - quota) more than the service takes" : "\(quota - count) left",
      severity: isOver ? .error : .warning
    )
    .help(
      "put neighbouring destinations together",
      "with a higher quota, write it in the model: `quotas: {server_routes: …}`", server.routeChangeHelp)
  }
}
