import ClientVPN
import Forwarding
import SourceText

/// More advertised routes than a VPC may have.
enum QuotaAdvertisedRoutes: ModelRule {
  static let info = RuleInfo(
    code: "VPN425", name: "quota-advertised-routes", severity: .warning,
    summary: "a VPC advertises more routes than its quota, or more than older pages allow",
    why: """
      Beyond the quota the service does not write the routes of a VPN server: its health reason is \
      `cannot_create_vpc_route`. Beyond the 15 that older pages of the documentation name this is an info.
      """,
    repair: """
      Stop advertising some routes, put neighbouring ones together, or ask for a higher quota and write it under \
      `quotas`.
      """,
    source: "IBM VPC documentation, quotas; VPN server over quota",
    examples: [
      .bad(
        "two routes with a quota of one",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - name: out
              route_transit_gateway_ingress: true
              ⟦advertise_routes_to⟧: [transit_gateway]
              routes:
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9, advertise: true}
                - {destination: 172.31.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9, advertise: true}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        quotas: {advertised_routes: 1}
        """),
      .good(
        "a route that is not advertised",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - name: out
              route_transit_gateway_ingress: true
              advertise_routes_to: [transit_gateway]
              routes:
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9, advertise: true}
                - {destination: 172.31.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9, advertise: false}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        quotas: {advertised_routes: 1}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let found = analysis.advertisedRoutes
    guard let table = found.table else { return }
    let (model, both) = (analysis.model, found.count + found.prefixes)
    let older = model.provider.routing.advertisedRoutesInOlderPages
    if found.count > model.quota(.advertisedRoutes) {
      let routes = Words.count(found.count, "route")
      report(many("advertises \(routes), the quota is \(model.quota(.advertisedRoutes))", table))
    } else if both > model.quota(.prefixesAndAdvertisedRoutes) {
      let quota = model.quota(.prefixesAndAdvertisedRoutes)
      report(many("has \(both) advertised routes and address prefixes, the quota for both is \(quota)", table))
    } else if found.count > older, model.quotas[Quota.advertisedRoutes.rawValue] == nil {
      report(
        many("advertises \(found.count) routes, more than the \(older) of older pages", table, severity: .info)
          .note("the page of the quotas allows \(model.quota(.advertisedRoutes)), others still \(older)"))
    }
  }

  private static func many(_ fact: String, _ table: RoutingTable, severity: Severity? = nil) -> Finding {
    finding(
      "the VPC \(fact)", Cause("vpc/routing_tables", "advertised-routes"),
      at: table.advertiseRoutesTo?.key ?? table.name.span, "\(table.inWords) advertises routes", severity: severity
    )
    .note("beyond the quota the routes of a VPN server are not written: health reason `cannot_create_vpc_route`")
    .help(
      "stop advertising some of the routes, or put neighbouring ones together",
      "with a higher quota, write it in the model: `quotas: {advertised_routes: …}`")
  }
}
