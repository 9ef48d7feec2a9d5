import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route to addresses where nothing is known.
enum RouteDestinationUnrelated: ModelRule {
  static let info = RuleInfo(
    code: "VPN211", name: "route-destination-unrelated", severity: .warning,
    summary: "a route leads to addresses where the model knows nothing",
    why: """
      The route forwards to nowhere. In split tunnel it also takes these addresses away from the client, whose own \
      network may use them.
      """,
    repair: "Remove the route, or declare what lies there under `networks`. Often it is a typing error.",
    source: "IBM VPC documentation, client VPN planning",
    examples: [
      .bad(
        "a digit too many",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: ⟦10.11.0.0/24⟧, action: deliver}
        """),
      .good(
        "a declared network",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 10.11.0.0/24, action: deliver}
        networks:
          - {name: office, cidrs: [10.11.0.0/24], via: vpn_gateway}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    // Of a VPC of which nothing is known, no route can be said to miss it.
    guard !analysis.plan.vpc.isEmpty, !analysis.model.placesAreIncomplete else { return }
    for server in analysis.servers {
      for index in server.table.inForce {
        guard server.table.routes[index].action.isKnownToForward,
          analysis.isUnrelated(server.table.networks[index], for: server)
        else { continue }
        report(unrelated(server.table.routes[index], server, analysis.model))
      }
    }
  }

  private static func unrelated(_ route: ServerRoute, _ analysis: ServerAnalysis, _ model: Model) -> Finding {
    let server = analysis.server
    return finding(
      "\(route.inWords) leads to addresses where nothing is known",
      Cause(server.routesPath, route.network.description, extent: route.network.range.extent),
      at: route.destination.span, "no subnet, address prefix, network or service meets \(route.network)"
    )
    .note(server.mode == .split ? "the route is pushed: these addresses of a client's own network are lost to it" : nil)
    .help("declare what lies there under `networks`, or remove the route", server.routeChangeHelp)
    .evidence(analysis.evidence(to: analysis.firstAddress(in: IPv4Set(route.network)) { _ in true }, in: model))
  }
}
