import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A pushed route that takes in the VPC and more.
enum RouteWiderThanVPC: ModelRule {
  static let info = RuleInfo(
    code: "VPN212", name: "route-wider-than-vpc", severity: .info,
    summary: "a pushed route takes in the VPC and private addresses beyond it",
    why: """
      In split tunnel the route takes all its addresses away from the client, also those that the client's own \
      network uses: a printer at home, or the private network of a customer.
      """,
    repair: """
      Use destinations that match the address prefixes of the VPC; connected clients must reconnect to get them.
      """,
    source: "IBM VPC documentation, client VPN planning: private subnets only",
    examples: [
      .bad(
        "all of 10.0.0.0/8 for one prefix",
        """
        vpc:
          address_prefixes: [{cidr: 10.240.0.0/18}]
          subnets: [{name: app, ipv4_cidr_block: 10.240.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: ⟦10.0.0.0/8⟧, action: deliver}]
        """),
      .good(
        "the address prefix itself",
        """
        vpc:
          address_prefixes: [{cidr: 10.240.0.0/18}]
          subnets: [{name: app, ipv4_cidr_block: 10.240.0.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.240.0.0/18, action: deliver}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where server.mode == .split {
      let forwarding = server.table.inForce.filter { server.table.routes[$0].action != .drop }
      for index in analysis.widerThanVPC(forwarding.map { ($0, server.table.networks[$0]) }) {
        report(wider(server.table.routes[index], server.server, analysis.model))
      }
    }
  }

  private static func wider(_ route: ServerRoute, _ server: VPNServer, _ model: Model) -> Finding {
    let prefixes = model.vpc.addressPrefixes
    return finding(
      "\(route.inWords) takes in more private addresses than the VPC has",
      Cause(server.routesPath, "\(route.network)/width", extent: route.network.range.extent),
      at: route.destination.span, "\(Words.count(route.network.count, "address", "addresses")) are pushed to clients"
    )
    .label(prefixes?.key, "the address prefixes of the VPC")
    .note("split tunnel takes all of them away from a client, also those of its own network")
    .help(
      "use destinations that match the \(prefixes == nil ? "subnets" : "address prefixes") of the VPC",
      server.routeChangeHelp)
  }
}
