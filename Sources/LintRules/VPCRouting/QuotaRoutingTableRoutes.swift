import ClientVPN
import Forwarding
import SourceText

/// More routes than a routing table may have.
enum QuotaRoutingTableRoutes: ModelRule {
  static let info = RuleInfo(
    code: "VPN428", name: "quota-routing-table-routes", severity: .error,
    summary: "a routing table has more routes than its quota",
    why: """
      The service refuses routes beyond the quota. Routes that the service writes for a VPN server itself count here \
      if they are in the model; whether they count for the service is not documented.
      """,
    repair: """
      Remove routes that nobody needs, or ask for a higher quota and write it under `quotas` as \
      `routing_table_routes`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              ⟦routes⟧:
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9}
                - {destination: 172.31.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {routing_table_routes: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes:
                - {destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9}
                - {destination: 172.31.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {routing_table_routes: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let quota = analysis.model.quota(.routingTableRoutes)
    for table in analysis.routingTables {
      guard let routes = table.routes else { continue }
      let exceeded = ExceededQuota(table.inWords, routes.elements.count, "route", quota: quota)
      if let exceeded {
        report(finding(exceeded, of: .routingTableRoutes, Cause(table.path, "routes-quota"), at: routes.key))
      }
    }
  }
}
