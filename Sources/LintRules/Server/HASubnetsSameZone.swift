import ClientVPN
import Forwarding
import SourceText

/// A server with two members in one zone.
enum HASubnetsSameZone: ModelRule {
  static let info = RuleInfo(
    code: "VPN706", name: "ha-subnets-same-zone", severity: .error,
    summary: "both subnets of the server are in one zone",
    why: """
      The documentation asks for subnets in different zones: a server with two members in one zone goes down with that \
      zone. What the service does about such subnets is not documented.
      """,
    repair: "Name a subnet in another zone, or one subnet alone. The change disconnects all clients.",
    source: "IBM VPC documentation, client VPN planning; changing between stand-alone and high-availability servers",
    examples: [
      .bad(
        "two subnets of the first zone",
        """
        vpc:
          subnets:
            - {name: edge-1, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge-2, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1}
        vpn_servers:
          - name: client-vpn
            subnets: [edge-1, ⟦edge-2⟧]
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/23}]
        """),
      .bad(
        "the zone is that of the address prefix",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/18, zone: jp-tok-1}]
          subnets:
            - {name: edge-1, ipv4_cidr_block: 10.0.0.0/24}
            - {name: edge-2, ipv4_cidr_block: 10.0.1.0/24}
        vpn_servers:
          - name: client-vpn
            subnets: [edge-1, ⟦edge-2⟧]
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/23}]
        """),
      .good(
        "two zones",
        """
        vpc:
          subnets:
            - {name: edge-1, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge-2, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-2}
        vpn_servers:
          - name: client-vpn
            subnets: [edge-1, edge-2]
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/23}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let pairs = analysis.model.servers.filter { $0.subnets?.elements.count == 2 && $0.subnets?.isIncomplete == false }
    if pairs.isEmpty { return }
    let zones = SubnetZones(analysis.model)
    for server in pairs {
      guard let subnets = server.subnets?.elements, let first = subnets[0].index, let second = subnets[1].index,
        first != second, let zone = zones.zone(ofSubnet: first), let other = zones.zone(ofSubnet: second),
        zone.value == other.value
      else { continue }
      report(sameZone(zone, other, subnets, server))
    }
  }

  private static func sameZone(
    _ zone: Field<String>, _ other: Field<String>, _ subnets: [Reference], _ server: VPNServer
  ) -> Finding {
    finding(
      "both subnets of \(server.inWords) are in zone `\(zone.value)`", Cause(server.path, "subnets/zone"),
      at: subnets[1].span, "in zone `\(other.value)`, as `\(subnets[0].text)` is"
    )
    .label(zone.span, "zone of `\(subnets[0].text)`")
    .label(other.span == zone.span ? nil : other.span, "zone of `\(subnets[1].text)`")
    .note("the documentation asks for two zones, so that the server survives the loss of one")
    .help("name a subnet in another zone, or one subnet alone; the change disconnects all clients")
  }
}
