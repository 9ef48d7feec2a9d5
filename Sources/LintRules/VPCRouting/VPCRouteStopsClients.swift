import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route of a routing table that stops clients' packets, or leads the answers away.
enum VPCRouteStopsClients: ModelRule {
  static let info = RuleInfo(
    code: "VPN404", name: "vpc-route-stops-clients", severity: .error,
    summary: "a route of a VPC routing table drops clients' packets, or leads the answers away from the VPN server",
    why: """
      The routing table of the server's subnet decides about the packets of clients, that of a workload's subnet about \
      the answers. A route there that drops them, or sends the answers to another next hop, wins over the system's own \
      routes and over wider ones.
      """,
    repair: "Remove or narrow the route, or delegate the ranges of the VPC to the system's routes.",
    source: "IBM VPC documentation, about routing tables and routes",
    examples: [
      .bad(
        "everything that no other route takes is dropped, answers to translated packets too",
        without: ["drop-default-in-workload-table"],
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1, routing_table: locked}
          routing_tables:
            - {name: standard, is_default: true, accept_routes_from: [vpn_server]}
            - name: locked
              accept_routes_from: [vpn_server]
              routes: [{destination: ⟦0.0.0.0/0⟧, zone: z1, action: drop}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24, action: translate}]
        """),
      .good(
        "the VPC is delegated",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1, routing_table: locked}
          routing_tables:
            - {name: standard, is_default: true, accept_routes_from: [vpn_server]}
            - name: locked
              accept_routes_from: [vpn_server]
              routes:
                - {destination: 0.0.0.0/0, zone: z1, action: drop}
                - {destination: 10.0.0.0/16, zone: z1, action: delegate}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24, action: translate}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for block in server.flowBlocks {
        let found = FlowBlockFinding(block: block, server: server, model: analysis.model)
        switch block.reason {
        case .vpcRouteDrops(let table, let prefix): report(stops(table, prefix, "drops", found))
        case .answerLedAway(let table, let prefix, _): report(stops(table, prefix, "leads away", found))
        default: continue
        }
      }
    }
  }

  private static func stops(
    _ table: String, _ prefix: IPv4Prefix?, _ verb: String, _ found: FlowBlockFinding
  ) -> Finding {
    let what = found.isReply ? "answers to clients" : "packets of clients"
    let direction = found.isReply ? "from" : "to"
    var result = finding(
      "route\(prefix.map { " \($0)" } ?? "") of routing table `\(table)` \(verb) \(what) \(direction) \(found.victims)",
      Cause("vpc/routing_tables/\(table)", prefix?.description ?? "", extent: prefix?.range.extent),
      at: found.place, "\(verb) \(what)")
    for label in found.labels { result = result.label(label.span, label.text) }
    return result.help(
      "remove or narrow the route, or add routes with action delegate for the ranges that it must not take"
    )
    .evidence(found.evidence)
  }
}
