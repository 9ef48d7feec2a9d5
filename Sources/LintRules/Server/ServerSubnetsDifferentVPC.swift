import ClientVPN
import Forwarding
import SourceText

/// A server with a subnet of another VPC.
enum ServerSubnetsDifferentVPC: ModelRule {
  static let info = RuleInfo(
    code: "VPN709", name: "server-subnets-different-vpc", severity: .error,
    summary: "a subnet of the server lies in another VPC",
    why: """
      The service refuses to create the server, or to change its subnets, so nobody can connect. The VPC of a subnet \
      is known where the API names it.
      """,
    repair: "Name subnets of one VPC. The change disconnects all clients.",
    source: "IBM VPC documentation, changing between stand-alone and high-availability servers",
    examples: [
      .bad(
        "a subnet of two VPCs each",
        """
        vpc:
          name: tokyo
          subnets:
            - {name: edge-1, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1, vpc: {name: tokyo}}
            - {name: edge-2, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-2, vpc: {name: osaka}}
        vpn_servers:
          - name: client-vpn
            subnets: [edge-1, ⟦edge-2⟧]
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/23}]
        """),
      .good(
        "two subnets of one VPC",
        """
        vpc:
          name: tokyo
          subnets:
            - {name: edge-1, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1, vpc: {name: tokyo}}
            - {name: edge-2, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-2, vpc: {name: tokyo}}
        vpn_servers:
          - name: client-vpn
            subnets: [edge-1, edge-2]
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/23}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let model = analysis.model
    for server in model.servers {
      for place in model.subnetsInOtherVPCs(of: server) {
        if let subnet = server.subnets?.elements[place] { report(elsewhere(subnet, server, model)) }
      }
    }
  }

  private static func elsewhere(_ reference: Reference, _ server: VPNServer, _ model: Model) -> Finding {
    let own = reference.index.flatMap { model.vpc.subnets.elements[$0].vpc }
    return finding(
      "subnet `\(reference.text)` of \(server.inWords) lies in another VPC",
      Cause(server.path, "subnets/\(reference.text)/vpc"), at: reference.span,
      own.map { "lies in VPC `\($0.text)`" } ?? "lies in the VPC of the model"
    )
    .label(own?.span, "VPC of the subnet")
    .label(server.vpc?.span, "VPC of the server")
    .note("the members of a server stand in one VPC")
    .help("name a subnet of the VPC that the server stands in; the change disconnects all clients")
  }
}
