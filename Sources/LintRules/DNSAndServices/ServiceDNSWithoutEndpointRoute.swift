import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// The provider's DNS servers for its services, and no route to the services.
enum ServiceDNSWithoutEndpointRoute: ModelRule {
  static let info = RuleInfo(
    code: "VPN612", name: "service-dns-without-endpoint-route", severity: .error,
    summary: "clients get the DNS servers of the provider's services, and no route leads to the services",
    why: """
      161.26.0.10 and 161.26.0.11 answer with private addresses of services in 161.26.0.0/16 and 166.8.0.0/14. Names \
      resolve, and packets to these addresses do not arrive. An error if the DNS servers themselves have no route, else an \
      info: not every network uses services of both ranges.
      """,
    repair: """
      Add routes 161.26.0.0/16 and 166.8.0.0/14 with action translate. In split tunnel connected clients must reconnect \
      to get them; in full tunnel nothing is pushed, but the server needs the routes to forward. If clients need no \
      services there, declare a network `via: service` with `expect: any`.
      """,
    source: "IBM VPC documentation, client VPN planning",
    examples: [
      .bad(
        "DNS is routed, service endpoints are not",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [161.26.0.10, 161.26.0.11]
            ⟦routes⟧: [{destination: 10.0.0.0/24}, {destination: 161.26.0.0/16, action: translate}]
        """),
      .bad(
        "service endpoints are routed, DNS is not", without: ["dns-server-unreachable"],
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [161.26.0.10, 161.26.0.11]
            ⟦routes⟧: [{destination: 10.0.0.0/24}, {destination: 166.8.0.0/14, action: translate}]
        """),
      .good(
        "both are routed",
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
    let provider = analysis.model.provider
    for server in analysis.servers where !server.server.hasUnreadRoutes {
      let pushed = (server.server.dnsServers?.elements ?? []).filter {
        provider.dns.names(answeredBy: $0.value) == .services
      }
      if pushed.isEmpty { continue }
      for range in provider.serviceRanges {
        let gap = analysis.unroutedServices(in: range, by: server)
        if !gap.isEmpty { report(unrouted(gap, of: range, pushed, server, analysis.model)) }
      }
    }
  }

  private static func unrouted(
    _ gap: [IPv4Range], of range: IPv4Prefix, _ pushed: [Field<IPv4Address>], _ analysis: ServerAnalysis,
    _ model: Model
  ) -> Finding {
    let server = analysis.server
    let lost = pushed.filter { dns in gap.contains { $0.contains(dns.value) } }
    var result = finding(
      "no route of \(server.inWords) covers the provider's services in \(Self.part(gap, of: range))",
      Cause(server.routesPath, "\(range)/services", extent: IPv4Range(gap[0].first, gap[gap.count - 1].last).extent),
      at: server.routesPlace, "no destination here contains \(Words.ranges(gap))",
      severity: lost.isEmpty ? .info : .error
    )
    for dns in pushed {
      result = result.label(dns.span, "answers with addresses of services, and is pushed to clients")
    }
    return
      result
      .note(lost.isEmpty ? "names of services there resolve, and clients do not reach them" : nil)
      .note(lost.isEmpty ? nil : "\(Words.list(lost.map { "\($0.value)" })) has no route itself")
      .help(
        "add a route with destination \(range) and action translate to \(server.inWords)", server.routeChangeHelp,
        lost.isEmpty ? "if clients need no services there, declare a network `via: service` with `expect: any`" : nil
      )
      .repair(RouteAddition.repair(IPv4Set(range), .translate, to: server))
      .evidence(analysis.evidence(to: lost.first?.value ?? gap[0].first, in: model))
  }

  private static func part(_ gap: [IPv4Range], of range: IPv4Prefix) -> String {
    gap == [range.range] ? "\(range)" : "all of \(range)"
  }
}
