import ClientVPN
import Forwarding
import SourceText

/// More clients than a server takes, or nearly so many.
enum ClientsNearLimit: ModelRule {
  static let info = RuleInfo(
    code: "VPN806", name: "clients-near-limit", severity: .warning,
    summary: "a server has nearly as many clients as it takes, or is expected to have more",
    why: """
      The service refuses connections beyond the quota: clients that come later do not get in. From 80 % of it on, \
      connected clients are told.
      """,
    repair: """
      Add a second server with a client pool of its own, or ask for a higher quota and write it under `quotas` as \
      `clients`.
      """,
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "two of two are connected",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
            ⟦clients⟧:
              - {common_name: laptop, status: connected, client_ip: 192.168.252.2}
              - {common_name: tablet, status: connected, client_ip: 192.168.252.3}
        quotas: {clients: 2}
        """),
      .bad(
        "more are expected than a server takes",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.224.0/19
            enable_split_tunneling: true
            expected_clients: ⟦3000⟧
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "one of two is connected",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
            clients:
              - {common_name: laptop, status: connected, client_ip: 192.168.252.2}
              - {common_name: tablet, status: disconnected, client_ip: 192.168.252.3}
        quotas: {clients: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let quota = analysis.model.quota(.clients)
    for server in analysis.model.servers {
      let connected = server.clients?.elements.count(where: \.isConnected) ?? 0
      if let clients = server.clients, connected > 0, connected >= quota - quota / 5 {
        report(full(connected, clients.key, quota, server))
      } else if let expected = server.expectedClients, expected.value > quota {
        report(expectsMore(expected, quota, server))
      }
    }
  }

  private static func full(_ connected: Int, _ key: Span, _ quota: Int, _ server: VPNServer) -> Finding {
    let label = connected < quota ? "room for \(quota - connected) more" : "no room for more"
    return finding(
      "\(Words.count(connected, "client")) of \(server.inWords) are connected, the quota is \(quota)",
      Cause(server.path, "clients-quota"), at: key, label
    )
    .help(help)
  }

  private static func expectsMore(_ expected: Field<Int>, _ quota: Int, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) is expected to have \(expected.value) clients, the quota is \(quota)",
      Cause(server.path, "clients-quota"), at: expected.span, "\(expected.value - quota) more than it takes"
    )
    .help(help)
  }

  private static let help = [
    "add a second server with a client pool of its own",
    "with a higher quota, write it in the model: `quotas: {clients: …}`",
  ]
}
