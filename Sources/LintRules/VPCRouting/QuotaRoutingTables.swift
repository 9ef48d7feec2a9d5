import ClientVPN
import Forwarding
import SourceText

/// More routing tables than a VPC may have.
enum QuotaRoutingTables: ModelRule {
  static let info = RuleInfo(
    code: "VPN427", name: "quota-routing-tables", severity: .error,
    summary: "the VPC has more routing tables than its quota",
    why: """
      The service refuses routing tables beyond the quota. Subnets that were to have them keep the default table.
      """,
    repair: """
      Remove routing tables that nobody needs, or ask for a higher quota and write it under `quotas` as \
      `routing_tables`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "one too many",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, routing_table: workers}]
          ⟦routing_tables⟧:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: workers, accept_routes_from: [vpn_server]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {routing_tables: 1}
        """),
      .good(
        "within the quota",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, routing_table: workers}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: workers, accept_routes_from: [vpn_server]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        quotas: {routing_tables: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let model = analysis.model
    guard let list = model.vpc.routingTables else { return }
    let exceeded = ExceededQuota("the VPC", list.elements.count, "routing table", quota: model.quota(.routingTables))
    if let exceeded {
      report(finding(exceeded, of: .routingTables, Cause("vpc/routing_tables", "quota"), at: list.key))
    }
  }
}
