import ClientVPN
import Forwarding
import SourceText

/// A zone of another region than that of the VPC.
enum ZoneNotInRegion: ModelRule {
  static let info = RuleInfo(
    code: "VPN128", name: "zone-not-in-region", severity: .error,
    summary: "a zone is not one of the region of the VPC",
    why: """
      A VPC lives in one region, and the service refuses zones of another. Without `region` the first zone that is \
      named tells the region.
      """,
    repair: """
      Write a zone of the region: its name is that of the region with a number, such as `jp-tok-1`.
      """,
    source: "IBM VPC documentation, VPC in a different region",
    examples: [
      .bad(
        "the zone of another region",
        """
        vpc:
          region: jp-tok
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: db, ipv4_cidr_block: 10.0.1.0/24, zone: ⟦jp-osa-2⟧}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
      .bad(
        "two regions in one VPC",
        """
        vpc:
          address_prefixes: [{cidr: 10.0.0.0/24, zone: us-south-1}, {cidr: 10.0.1.0/24, zone: ⟦us-east-1⟧}]
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: us-south-1}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
      .good(
        "two zones of the region",
        """
        vpc:
          region: jp-tok
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: db, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-2}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let foreign = analysis.zonesOutsideRegion
    guard !foreign.isEmpty, let region = analysis.model.region else { return }
    for zone in foreign { report(outside(zone, region, isWritten: analysis.model.vpc.region != nil)) }
  }

  private static func outside(_ zone: ForeignZone, _ region: Field<String>, isWritten: Bool) -> Finding {
    var result = finding(
      "zone `\(zone.name)` is not one of region `\(region.value)`", Cause("vpc", "zones/\(zone.name)"),
      at: zone.places[0], "a zone of another region"
    )
    .label(region.span, isWritten ? "the region of the VPC" : "this zone tells the region")
    for place in zone.places.dropFirst().prefix(placesAtMost) { result = result.label(place, "here too") }
    return result.help("write a zone of the region, such as `\(region.value)-1`")
  }

  private static let placesAtMost = 4
}
