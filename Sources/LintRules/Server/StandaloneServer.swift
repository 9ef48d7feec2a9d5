import ClientVPN
import Forwarding
import SourceText

/// A VPN server in one subnet.
enum StandaloneServer: ModelRule {
  static let info = RuleInfo(
    code: "VPN721", name: "standalone-server", severity: .info,
    summary: "a VPN server stands in one zone alone",
    why: """
      If its zone fails, nobody is connected. A server in two subnets of different zones has a member in each and \
      goes on with the other.
      """,
    repair: "Give the server a second subnet in another zone. The change disconnects all clients.",
    source: "IBM VPC documentation, planning a client-to-site server",
    examples: [
      .bad(
        "one subnet",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1}
            - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: jp-tok-2}
          workloads: [{name: web, subnet: app}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦subnets⟧: [edge]
            routes: [{destination: 10.0.0.0/22}]
        """),
      .good(
        "two zones",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1}
            - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: jp-tok-2}
          workloads: [{name: web, subnet: app}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [edge, edge-2]
            routes: [{destination: 10.0.0.0/22}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      guard let subnets = server.subnets, subnets.elements.count == 1, !subnets.isIncomplete else { continue }
      report(alone(server, subnets, analysis.model))
    }
  }

  private static func alone(_ server: VPNServer, _ subnets: ListField<Reference>, _ model: Model) -> Finding {
    let zone = subnets.elements[0].index.flatMap { model.vpc.subnets.elements[$0].zone }
    return finding(
      "\(server.inWords) stands in one subnet alone", Cause(server.path, "standalone"), at: subnets.key,
      zone.map { "in zone `\($0.value)` alone" } ?? "in one zone alone"
    )
    .note("if the zone fails, no client is connected")
    .help("add a subnet in another zone; the change disconnects all clients")
  }
}
