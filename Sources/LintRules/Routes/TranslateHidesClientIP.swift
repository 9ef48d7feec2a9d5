import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route that translates on the way to subnets of the VPC.
enum TranslateHidesClientIP: ModelRule {
  static let info = RuleInfo(
    code: "VPN219", name: "translate-hides-client-ip", severity: .info,
    summary: "a route translates on the way to a subnet of the VPC, which then sees the server instead of the client",
    why: """
      Logs of workloads show only addresses of the VPN server, and security groups and ACLs have to name the server's \
      subnets instead of the client pool.
      """,
    repair: "Use action deliver for subnets of the VPC, if their routing tables accept routes from the VPN server.",
    source: "IBM VPC documentation, propagating VPN server routes",
    examples: [
      .bad(
        "a subnet of the same VPC",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, action: ⟦translate⟧}]
        """),
      .good(
        "deliver keeps the client's address",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 161.26.0.0/16, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for hidden in server.translatedSubnets {
        let names = hidden.subnets.map { analysis.model.vpc.subnets.elements[$0].name.value }
        report(hides(server.table.routes[hidden.route], from: names, server.server))
      }
    }
  }

  private static func hides(_ route: ServerRoute, from subnets: [String], _ server: VPNServer) -> Finding {
    let whom = subnets.count == 1 ? "subnet `\(subnets[0])`" : Words.count(subnets.count, "subnet")
    return finding(
      "\(route.inWords) hides client addresses from \(whom)",
      Cause(server.routesPath, "\(route.network)/action", extent: route.network.range.extent), at: route.actionPlace,
      "workloads see an address of the VPN server as the source"
    )
    .note(subnets.count > 1 ? "the subnets are \(Words.list(subnets.map { "`\($0)`" }))" : nil)
    .note("filters of the workloads have to let in the server's subnets, not the client pool")
    .help("use a route with action deliver for subnets of the VPC")
  }
}
