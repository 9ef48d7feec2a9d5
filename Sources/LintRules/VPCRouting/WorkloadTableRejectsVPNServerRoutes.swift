import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A routing table of a subnet to which packets are delivered, without the way back to the client pool.
enum WorkloadTableRejectsVPNServerRoutes: ModelRule {
  static let info = RuleInfo(
    code: "VPN401", name: "workload-table-rejects-vpn-server-routes", severity: .error,
    summary: "the routing table of a subnet does not accept the VPN server's routes, so answers do not find back",
    why: """
      With action deliver a packet keeps the client's address. The answer comes back only if the routing table of the \
      subnet has routes to the client pool, which the service writes into tables that accept them from VPN servers. \
      Without them requests arrive, and clients wait for answers in vain.
      """,
    repair: "Add `vpn_server` to `accept_routes_from` of the table, or use action translate.",
    source: "IBM VPC documentation, propagating VPN server routes; troubleshooting access to VPC resources",
    examples: [
      .bad(
        "a custom table that accepts nothing",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1, routing_table: custom}]
          routing_tables:
            - {name: standard, is_default: true, accept_routes_from: [vpn_server, vpn_gateway]}
            - {name: custom, ⟦accept_routes_from⟧: [vpn_gateway]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
      .good(
        "translated packets need no such route",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1, routing_table: custom}]
          routing_tables: [{name: custom, accept_routes_from: []}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, action: translate}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for block in server.flowBlocks {
        guard case .tableRejectsPool(let name) = block.reason else { continue }
        let tables = analysis.model.vpc.routingTables?.elements ?? []
        let found = FlowBlockFinding(block: block, server: server, model: analysis.model)
        // Where answers come in from beyond the VPC, the route that delivers there is told.
        if let table = tables.first(where: { $0.name.value == name }), !table.isIngress {
          report(rejects(table, found))
        }
      }
    }
  }

  private static func rejects(_ table: RoutingTable, _ found: FlowBlockFinding) -> Finding {
    let server = found.server.server
    var result = finding(
      "routing table `\(table.name.value)` has no way back to the clients of \(server.inWords) from \(found.victims)",
      Cause("vpc/routing_tables/\(table.name.value)", "accept_routes_from/\(server.name.value)"),
      at: table.acceptRoutesFrom?.key ?? table.name.span, "does not accept the routes of VPN servers")
    for label in found.labels { result = result.label(label.span, label.text) }
    return result.note("the answers go to \(found.clients), for which the table has no route")
      .help("add `vpn_server` to `accept_routes_from` of the table, or give the server's route action translate")
      .evidence(found.evidence)
  }
}
