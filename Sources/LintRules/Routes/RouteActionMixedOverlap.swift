import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route inside another with a different action.
enum RouteActionMixedOverlap: ModelRule {
  static let info = RuleInfo(
    code: "VPN217", name: "route-action-mixed-overlap", severity: .info,
    summary: "a route lies inside another one with a different action",
    why: """
      vpnlint takes the longest prefix to decide, as in every routing table, but the service's documentation does not \
      say so for VPN server routes. A default route is the documented companion of others and is left alone.
      """,
    repair: "Check after deployment which route decides, or write destinations that do not overlap.",
    source: "no IBM document states the order of VPN routes; longest prefix match is inferred",
    examples: [
      .bad(
        "a translated part of a network that is delivered to",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 172.16.0.0/12, action: deliver}
              - {destination: ⟦172.16.8.0/24⟧, action: translate}
        networks:
          - {name: office, cidrs: [172.16.0.0/12], via: vpn_gateway}
        """),
      .good(
        "beside a default route",
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
    for server in analysis.servers where server.table.parents.contains(where: { $0 != nil }) {
      let table = server.table
      let deciding = table.deciding
      for index in table.inForce {
        guard let parent = table.parents[index], deciding.contains(parent), table.routes[parent].network.length > 1,
          table.routes[parent].action != table.routes[index].action, table.routes[parent].action != .unknown,
          table.routes[index].action != .unknown
        else { continue }
        report(mixed(table.routes[index], in: table.routes[parent], of: server.server))
      }
    }
  }

  private static func mixed(_ inner: ServerRoute, in outer: ServerRoute, of server: VPNServer) -> Finding {
    finding(
      "\(inner.inWords) overlaps \(outer.inWords) with another action",
      Cause(server.routesPath, "\(outer.network)/\(inner.network)", extent: inner.network.range.extent),
      at: inner.destination.span, "action \(inner.action.rawValue), taken to decide: it is narrower"
    )
    .label(outer.destination.span, "contains \(inner.network), action \(outer.action.rawValue)")
    .note("that the longest prefix decides is not documented for VPN server routes")
    .help("check after deployment which route decides, or write destinations that do not overlap")
  }
}
