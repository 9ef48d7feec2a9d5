import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Several routes of one server to one destination.
enum RouteDestinationDuplicate: ModelRule {
  static let info = RuleInfo(
    code: "VPN209", name: "route-destination-duplicate", severity: .error,
    summary: "two routes of a server have the same destination",
    why: """
      Destinations are unique within a server: the service refuses the second route, so what is written last does not \
      come into force. Networks count, not spelling: 10.0.0.0/24 and 10.0.0.5/24 are the same.
      """,
    repair: "Keep one of the routes. vpnlint goes on with the last.",
    source: "IBM VPC API, create_vpn_server_route: destination",
    examples: [
      .bad(
        "one destination with two actions",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {name: to-app, destination: 10.0.0.0/24, action: translate}
              - {name: to-app-2, destination: ⟦10.0.0.0/24⟧, action: deliver}
        """),
      .good(
        "one inside the other is not the same",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.0.1.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 10.0.1.0/24, action: deliver}
        """),
    ])

  private static let labelsAtMost = 4

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      var equals: [Int: [Int]] = [:]
      for (index, first) in server.table.duplicateOf.enumerated() {
        if let first { equals[first, default: [first]].append(index) }
      }
      for first in equals.keys.sorted() {
        report(duplicates((equals[first] ?? []).map { server.table.routes[$0] }, of: server.server))
      }
    }
  }

  /// The first route stays. With several actions it is not known which one is meant.
  private static func removal(of routes: [ServerRoute]) -> Repair? {
    guard routes.allSatisfy({ $0.action == routes[0].action }) else { return nil }
    let later = routes.dropFirst()
    return Repair(
      "remove the later \(later.count == 1 ? "route" : "routes") to \(routes[0].network)", .keepsReachability,
      later.map { .removeItem(around: $0.destination.span) })
  }

  /// One finding a destination: at the last of the routes, with the earlier ones as labels.
  private static func duplicates(_ routes: [ServerRoute], of server: VPNServer) -> Finding {
    let last = routes[routes.count - 1]
    let network = last.network
    var result = finding(
      "\(server.inWords) has \(routes.count) routes to \(network)",
      Cause(server.routesPath, "\(network)/duplicate", extent: network.range.extent), at: last.destination.span,
      "the last one, taken to decide: action \(last.action.rawValue)"
    )
    .note("the service refuses a second route to one destination")
    .note(routes.count - 1 > labelsAtMost ? "\(routes.count - 1 - labelsAtMost) more routes have it" : nil)
    .help("keep one of the routes", server.routeChangeHelp)
    .repair(removal(of: routes))
    for route in routes.dropLast().prefix(labelsAtMost) {
      result = result.label(route.destination.span, "the same network, action \(route.action.rawValue)")
    }
    return result
  }
}
