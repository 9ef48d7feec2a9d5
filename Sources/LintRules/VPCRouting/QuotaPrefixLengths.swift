import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// More different prefix lengths in a routing table than it may have.
enum QuotaPrefixLengths: ModelRule {
  static let info = RuleInfo(
    code: "VPN426", name: "quota-prefix-lengths", severity: .warning,
    summary: "the routes of a custom routing table have more different prefix lengths than its quota",
    why: """
      The service refuses routes beyond the quota. Whether the routes count that it writes for a VPN server is not \
      documented; vpnlint counts them.
      """,
    repair: "Write routes of fewer different lengths, or ask for a higher quota and write it under `quotas`.",
    source: "IBM VPC documentation, quotas",
    examples: [
      .bad(
        "three lengths with a quota of two",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - name: custom
              accept_routes_from: [vpn_server]
              ⟦routes⟧:
                - {destination: 172.16.0.0/12, zone: jp-tok-1, next_hop: 10.0.0.9}
                - {destination: 172.20.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        quotas: {prefix_lengths: 2}
        """),
      .good(
        "the default table",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              accept_routes_from: [vpn_server]
              routes:
                - {destination: 172.16.0.0/12, zone: jp-tok-1, next_hop: 10.0.0.9}
                - {destination: 172.20.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        quotas: {prefix_lengths: 2}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let quota = analysis.model.quota(.prefixLengths)
    for (index, table) in analysis.routingTables.enumerated() where !analysis.isDefault(table: index) {
      let lengths = analysis.prefixLengths(of: table)
      if !lengths.written.isEmpty, lengths.written.count + lengths.added.count > quota {
        report(many(table, lengths.written, lengths.added, quota))
      }
    }
  }

  private static func many(
    _ table: RoutingTable, _ written: Set<UInt8>, _ added: Set<UInt8>, _ quota: Int
  ) -> Finding {
    let all = written.union(added).sorted().map { "/\($0)" }
    return finding(
      "routes of \(table.inWords) have \(all.count) different prefix lengths, the quota is \(quota)",
      Cause(table.path, "prefix-lengths"), at: table.routesPlace, Words.list(all, limit: 40)
    )
    .label(
      added.isEmpty ? nil : table.acceptRoutesFrom?.key,
      "routes of VPN servers add \(Words.list(added.sorted().map { "/\($0)" }))"
    )
    .note(added.isEmpty ? nil : "whether the routes of VPN servers count is not documented")
    .help(
      "write routes of fewer different lengths",
      "with a higher quota, write it in the model: `quotas: {prefix_lengths: …}`")
  }
}
