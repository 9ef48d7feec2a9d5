import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route that delivers to public addresses.
enum DeliverToInternet: ModelRule {
  static let info = RuleInfo(
    code: "VPN210", name: "deliver-to-internet", severity: .error,
    summary: "a route with action deliver leads to public addresses, from where no answer comes back",
    why: """
      `deliver` keeps the client's address from the pool as the source. The internet has no way back to it; \
      `translate` makes the source an address of the server.
      """,
    repair: "Use action translate. Destination and action of a route cannot be changed: delete it and create it anew.",
    source: "IBM VPC documentation, client VPN FAQ: deliver or translate",
    examples: [
      .bad(
        "a default route that delivers",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 0.0.0.0/0, action: ⟦deliver⟧}
        """),
      .good(
        "a default route that translates",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 0.0.0.0/0, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for index in server.table.deciding(forAnyOf: analysis.plan.internet).sorted() {
        let route = server.table.routes[index]
        if route.action == .deliver { report(delivers(route, index, server, analysis)) }
      }
    }
  }

  private static func delivers(
    _ route: ServerRoute, _ index: Int, _ analysis: ServerAnalysis, _ whole: Analysis
  ) -> Finding {
    let server = analysis.server
    let decided = IPv4Set(analysis.fates.stretches(in: route.network.range) { $0.route == index }.map(\.range))
    return finding(
      "\(route.inWords) sends to the internet with addresses of the client pool",
      Cause(server.routesPath, "\(route.network)/action", extent: route.network.range.extent), at: route.actionPlace,
      "\(route.writtenAction == nil ? "no action means deliver: " : "")the source stays the client's"
    )
    .label(route.writtenAction == nil ? nil : route.destination.span, "takes public addresses")
    .label(server.clientPool?.span, "the client pool, to which the internet has no way back")
    .help("use action translate for \(route.network); a route is deleted and created anew to change its action")
    .evidence(analysis.evidence(to: whole.plan.internetHost(in: decided), in: whole.model))
  }
}
