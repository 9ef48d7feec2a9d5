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
    for stopping in stoppingRoutes(analysis) { report(stops(stopping, analysis)) }
  }

  /// A route, and what it stops on the way there or on the way back.
  private struct StoppingRoute {
    let table: String
    let prefix: IPv4Prefix?
    /// What it does with packets there, and with answers: one of each at most.
    var found: [FlowBlockFinding]
  }

  /// The routes that stop clients of any server, each once.
  private static func stoppingRoutes(_ analysis: Analysis) -> [StoppingRoute] {
    var result: [StoppingRoute] = []
    var positions: [Span?: Int] = [:]
    for server in analysis.servers {
      for block in server.flowBlocks {
        guard case (let table, let prefix)? = route(block.reason) else { continue }
        let found = FlowBlockFinding(block: block, server: server, model: analysis.model)
        guard let position = positions[block.span] else {
          positions[block.span] = result.count
          result.append(StoppingRoute(table: table, prefix: prefix, found: [found]))
          continue
        }
        if let same = result[position].found.firstIndex(where: { $0.isReply == found.isReply }) {
          result[position].found[same].others += block.victims
        } else {
          result[position].found.append(found)
        }
      }
    }
    return result
  }

  private static func route(_ reason: StageReason) -> (table: String, prefix: IPv4Prefix?)? {
    switch reason {
    case .vpcRouteDrops(let table, let prefix), .answerLedAway(let table, let prefix, _): (table, prefix)
    default: nil
    }
  }

  private static func stops(_ route: StoppingRoute, _ analysis: Analysis) -> Finding {
    let prefix = route.prefix
    let first = route.found[0]
    var result = finding(
      "route\(prefix.map { " \($0)" } ?? "") of routing table `\(route.table)` \(effect(first)) \(victims(first))",
      cause(route, analysis), at: first.place, effect(first))
    for found in route.found {
      for label in found.labels { result = result.label(label.span, label.text) }
    }
    for found in route.found.dropFirst() { result = result.note("it \(effect(found)) \(victims(found)) too") }
    return result.help(
      "remove or narrow the route, or add routes with action delegate for the ranges that it must not take"
    )
    .evidence(first.evidence)
  }

  private static func effect(_ found: FlowBlockFinding) -> String {
    let what = found.isReply ? "answers to clients" : "packets of clients"
    if case .answerLedAway = found.block.reason { return "leads away \(what)" }
    return "drops \(what)"
  }

  private static func victims(_ found: FlowBlockFinding) -> String {
    "\(found.isReply ? "from" : "to") \(found.victims)"
  }

  /// A route that the service wrote is one with the others that it wrote for the server.
  private static func cause(_ stopping: StoppingRoute, _ analysis: Analysis) -> Cause {
    let first = stopping.found[0]
    let written = analysis.serviceRoutes.first { routes in
      routes.server == first.server.index && routes.table.name.value == stopping.table
        && routes.routes.contains { $0.destination.span == first.block.span }
    }
    if let written { return written.cause(stopping.prefix?.description ?? "", in: analysis) }
    return Cause(
      "vpc/routing_tables/\(stopping.table)", stopping.prefix?.description ?? "", extent: stopping.prefix?.range.extent)
  }
}
