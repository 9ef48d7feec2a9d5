import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route that delivers to the provider's services.
enum DeliverToServiceEndpoints: ModelRule {
  static let info = RuleInfo(
    code: "VPN603", name: "deliver-to-service-endpoints", severity: .warning,
    summary: "a route delivers to the provider's services, for which translate is documented",
    why: """
      With action deliver the source stays an address of the client pool, which the provider's services are not \
      documented to answer. The planning page and the FAQ ask for translate; examples of the provider's own that leave \
      the action out create such routes all the same, so this is a warning.
      """,
    repair: "Use action translate. Destination and action of a route cannot be changed: delete it and create it anew.",
    source: "IBM VPC documentation, client VPN FAQ: deliver or translate; client VPN planning",
    examples: [
      .bad(
        "no action means deliver",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: ⟦166.8.0.0/14⟧}]
        """),
      .good(
        "translated",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 166.8.0.0/14, action: translate}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for index in analysis.routesDeliveringToServices(of: server) {
        report(delivers(server.table.routes[index], index, server, analysis))
      }
    }
  }

  private static func delivers(
    _ route: ServerRoute, _ index: Int, _ server: ServerAnalysis, _ analysis: Analysis
  ) -> Finding {
    let resolvers = (server.server.dnsServers?.elements ?? []).filter { dns in
      let fate = server.fates[dns.value]
      return fate.route == index && fate.outcome == .noReturnPath
    }
    let witness =
      resolvers.first?.value
      ?? server.firstAddress(in: analysis.plan.services) { $0.route == index && $0.outcome == .noReturnPath }
    var result = finding(
      "\(route.inFull) delivers to the provider's services",
      Cause(server.server.routesPath, "\(route.network)/action", extent: route.network.range.extent),
      at: route.actionPlace,
      "\(route.writtenAction == nil ? "no action means deliver: " : "")the source stays the client's"
    )
    .label(server.server.clientPool?.span, "the client pool")
    for dns in resolvers { result = result.label(dns.span, "pushed to clients, and lies there") }
    return
      result
      .note(dnsInWords(resolvers.map(\.value)))
      .note("the documentation asks for action translate on the way to the provider's services")
      .help(
        "use action translate for \(route.network); a route is deleted and created anew to change its action",
        server.server.routeChangeHelp
      )
      .repair(route.translation)
      .evidence(
        server.evidence(
          to: witness, in: analysis.model, transport: resolvers.isEmpty ? nil : .udp,
          port: resolvers.isEmpty ? nil : analysis.model.provider.dns.port))
  }

  private static func dnsInWords(_ resolvers: [IPv4Address]) -> String? {
    if resolvers.isEmpty { return nil }
    let servers = resolvers.count == 1 ? "DNS server" : "DNS servers"
    return "\(servers) \(Words.list(resolvers.map(\.description))) may give clients no answers"
  }
}
