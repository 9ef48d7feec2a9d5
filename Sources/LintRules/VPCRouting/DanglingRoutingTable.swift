import ClientVPN
import Forwarding
import SourceText

/// A routing table without a subnet.
enum DanglingRoutingTable: ModelRule {
  static let info = RuleInfo(
    code: "VPN431", name: "dangling-routing-table", severity: .info,
    summary: "no subnet has a routing table of the model, and it routes nothing that comes in",
    why: """
      Its routes route nothing. Often an attachment was forgotten, and the subnet that was to have it has the default \
      table.
      """,
    repair: """
      Attach it to the subnets that it is for, or remove it. The default table of a VPC is left out here.
      """,
    source: "IBM VPC documentation, about routing tables",
    examples: [
      .bad(
        "forgotten",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: ⟦workers⟧, accept_routes_from: [vpn_server]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
      .good(
        "attached",
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
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for unused in analysis.unusedRoutingTables {
      report(
        finding(
          "\(unused.inWords) routes nothing, because no subnet has it", Cause(unused.path, "attachments"),
          at: unused.name.span, "attached to no subnet"
        )
        .help("attach it to the subnets that it is for, or remove it"))
    }
  }
}
