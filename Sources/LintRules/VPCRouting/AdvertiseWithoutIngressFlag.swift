import ClientVPN
import Forwarding
import SourceText

/// A routing table that advertises its routes to a source whose traffic it does not route.
enum AdvertiseWithoutIngressFlag: ModelRule {
  static let info = RuleInfo(
    code: "VPN414", name: "advertise-without-ingress-flag", severity: .error,
    summary: "a routing table advertises its routes to where it does not take traffic from",
    why: """
      The service refuses it: routes are advertised to Direct Link or a transit gateway only by the table that \
      routes the traffic from there. The far side does not learn of the client pool.
      """,
    repair: "Set the ingress flag of the source in this table, or do not advertise to it.",
    source: "IBM VPC API, routing table: advertise_routes_to",
    examples: [
      .bad(
        "the flag is off",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: out, route_transit_gateway_ingress: false, advertise_routes_to: [⟦transit_gateway⟧], accept_routes_from: [vpn_server]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the flag is on",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: out, route_transit_gateway_ingress: true, advertise_routes_to: [transit_gateway], accept_routes_from: [vpn_server]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for table in analysis.routingTables {
      for target in table.advertiseRoutesTo?.elements ?? [] {
        let source = IngressSource.allCases.first { $0.advertisedAs == target.value }
        guard let source, !(table.flag(of: source)?.value ?? table.ingressIsUnknown) else { continue }
        report(withoutFlag(table, target, source))
      }
    }
  }

  private static func withoutFlag(_ table: RoutingTable, _ target: Field<String>, _ source: IngressSource) -> Finding {
    finding(
      "\(table.inWords) advertises to \(source.inWords), whose traffic it does not route",
      Cause(table.path, "advertise_routes_to/\(target.value)"), at: target.span,
      table.flag(of: source) == nil
        ? "needs `\(source.rawValue)`, which is not set" : "needs `\(source.rawValue): true`"
    )
    .label(table.flag(of: source)?.span, "the flag is off")
    .note("the service advertises routes only from the table that routes the traffic from there")
    .help("set `\(source.rawValue): true` in a table without subnets, or do not advertise to `\(target.value)`")
  }
}
