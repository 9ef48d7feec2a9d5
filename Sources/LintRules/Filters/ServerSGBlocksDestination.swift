import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A security group of the server that lets nothing out to what clients should reach.
enum ServerSGBlocksDestination: ModelRule {
  static let info = RuleInfo(
    code: "VPN505", name: "server-sg-blocks-destination", severity: .error,
    summary: "no security group of the server lets packets out to a destination",
    why: """
      The server forwards a packet only if a group attached to it allows the destination outbound. Without such a rule the
      packet ends at the server, whatever its routes say; clients see a timeout.
      """,
    repair: "Allow the destination outbound in a security group of the server.",
    source: "IBM VPC documentation, configuring security groups and network ACLs for a client-to-site VPN",
    examples: [
      .bad(
        "outbound to another network alone",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          security_groups:
            - name: ⟦sg-vpn⟧
              targets: [client-vpn]
              rules:
                - {direction: inbound, protocol: udp, ports: 443}
                - {direction: outbound, protocol: any, remote: 192.0.2.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
      .good(
        "outbound to the subnet",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          security_groups:
            - name: sg-vpn
              targets: [client-vpn]
              rules:
                - {direction: inbound, protocol: udp, ports: 443}
                - {direction: outbound, protocol: any, remote: 10.0.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for block in server.flowBlocksToTell where block.stage == .serverSecurityGroup {
        let found = FlowBlockFinding(block: block, server: server, model: analysis.model)
        report(
          finding(
            found.isWithoutGroup
              ? "\(server.server.inWords) has no security group, so no packet leaves it for \(found.victims)"
              : "\(found.holder) \(found.verb("lets", "let")) no packet out to \(found.victims)", found,
            help: "add an outbound rule to a security group of the server for the destinations of its routes"))
      }
    }
  }
}
