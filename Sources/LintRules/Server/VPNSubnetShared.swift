import ClientVPN
import Forwarding
import SourceText

/// A subnet of a VPN server in which workloads stand too.
enum VPNSubnetShared: ModelRule {
  static let info = RuleInfo(
    code: "VPN720", name: "vpn-subnet-shared", severity: .info,
    summary: "a VPN server shares its subnet with workloads",
    why: """
      Network ACLs and routing tables are those of the subnet, so what the server needs and what the workloads need \
      stand in one list. Workloads take addresses that the server needs at maintenance.
      """,
    repair: "Give the server subnets of its own; a /29 is enough for each.",
    source: "IBM VPC documentation, FAQ for client-to-site VPN servers; client-to-site traffic flow",
    examples: [
      .bad(
        "a workload beside the server",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}
            - {name: edge, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-1}
            - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: jp-tok-2}
          workloads: [{name: web, subnet: edge}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [⟦edge⟧, edge-2]
            routes: [{destination: 10.0.0.0/22}]
        """),
      .good(
        "a subnet of its own",
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
    for found in analysis.sharedServerSubnets { report(shared(found.place, found.workloads, analysis.model)) }
  }

  private static func shared(_ place: VPNSubnet, _ workloads: [Workload], _ model: Model) -> Finding {
    let subnet = model.vpc.subnets.elements[place.subnet]
    let server = model.servers[place.servers[0].server]
    let names = Words.list(workloads.map { "`\($0.name.value)`" }, limit: 3)
    var result = finding(
      "\(server.inWords) shares \(subnet.inWords) with \(Words.count(workloads.count, "workload"))",
      Cause(subnet.path, "shared"), at: place.servers[0].place, "with \(names)")
    for workload in workloads.prefix(3) { result = result.label(workload.name.span, "in the same subnet") }
    return
      result
      .note("routing table and network ACL hold for the server and the workloads alike")
      .help("give the server subnets of its own: /\(model.provider.subnetLengths.upperBound) is enough for each")
  }
}
