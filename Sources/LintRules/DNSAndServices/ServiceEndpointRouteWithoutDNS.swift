import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Routes to the provider's services, and no DNS server that knows their private addresses.
enum ServiceEndpointRouteWithoutDNS: ModelRule {
  static let info = RuleInfo(
    code: "VPN611", name: "service-endpoint-route-without-dns", severity: .warning,
    summary: "routes lead to the provider's services, and clients get none of its DNS servers",
    why: """
      Names of service endpoints resolve to addresses in 161.26.0.0/16 and 166.8.0.0/14 only by the provider's own DNS \
      servers. Other DNS servers know their public addresses or nothing, so that packets go past the routes. An info where \
      a DNS server of the customer's is pushed, which may forward queries. Silent where the model does not tell which DNS \
      servers clients get.
      """,
    repair: "Push 161.26.0.10 and 161.26.0.11, or 161.26.0.7 and 161.26.0.8 if there are private zones.",
    source: "IBM VPC documentation, client VPN planning",
    examples: [
      .bad(
        "a public DNS server",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦client_dns_server_ips⟧: [8.8.8.8]
            routes: [{destination: 10.0.0.0/24}, {destination: 166.8.0.0/14, action: translate}]
        """),
      .good(
        "the provider's DNS servers, and a route to them",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [161.26.0.10, 161.26.0.11]
            routes:
              - {destination: 10.0.0.0/24}
              - {destination: 161.26.0.0/16, action: translate}
              - {destination: 166.8.0.0/14, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let (plan, provider) = (analysis.plan, analysis.model.provider)
    for server in analysis.servers {
      guard let pushed = server.server.dnsServers, !pushed.isIncomplete else { continue }
      if pushed.elements.contains(where: { provider.dns.names(answeredBy: $0.value) != nil }) { continue }
      let routes = analysis.serviceRoutes(of: server).map { server.table.routes[$0] }
      let own = pushed.elements.filter { !plan.publicAddresses.contains($0.value) }
      if !routes.isEmpty { report(without(pushed, own, routes, server.server, provider)) }
    }
  }

  private static func without(
    _ pushed: ListField<Field<IPv4Address>>, _ own: [Field<IPv4Address>], _ routes: [ServerRoute], _ server: VPNServer,
    _ provider: ProviderProfile
  ) -> Finding {
    let names = Words.list(provider.dns.resolvers(for: .services).map(\.description))
    let owned = Words.list(own.map { "\($0.value)" })
    var result = finding(
      "clients of \(server.inWords) get routes to services, but no DNS server of the provider",
      Cause(server.path, "client_dns_server_ips"), at: pushed.key,
      pushed.elements.isEmpty ? "no DNS server here" : "none of these is the provider's",
      severity: own.isEmpty ? .warning : .info
    )
    for route in routes.prefix(labelsAtMost) {
      result = result.label(route.destination.span, "the provider's services")
    }
    return
      result
      .note(
        own.isEmpty
          ? "other DNS servers know public addresses of the services, which lie in none of these routes"
          : "unless \(owned) asks \(names), names of services resolve to public addresses"
      )
      .help("push \(names), and route them with action translate; the change disconnects all clients")
  }

  private static let labelsAtMost = 3
}
