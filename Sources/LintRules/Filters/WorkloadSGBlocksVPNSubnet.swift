import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A security group of a workload that keeps translated packets out.
enum WorkloadSGBlocksVPNSubnet: ModelRule {
  static let info = RuleInfo(
    code: "VPN507", name: "workload-sg-blocks-vpn-subnet", severity: .error,
    summary: "a security group of a workload lets in nothing from a subnet of the VPN server",
    why: """
      With action translate a packet has an address of the server's subnets as source. All of them must be allowed: the
      server uses any, and with two members some clients would be shut out.
      """,
    repair: "Allow every subnet of the VPN server inbound in the workload's security group.",
    source: "IBM VPC documentation, configuring security groups and network ACLs for a client-to-site VPN",
    examples: [
      .bad(
        "only the client pool is let in",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          workloads:
            - {name: web, subnet: app, address: 10.0.0.5, security_groups: [sg-app], services: [tcp/443]}
          security_groups:
            - {name: sg-vpn, targets: [client-vpn], rules: [{direction: inbound, protocol: udp, ports: 443}, {direction: outbound, protocol: any}]}
            - name: ⟦sg-app⟧
              rules: [{direction: inbound, protocol: tcp, ports: 443, remote: 172.16.0.0/20}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24, action: translate}]
        """),
      .good(
        "the server's subnet is let in",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          workloads:
            - {name: web, subnet: app, address: 10.0.0.5, security_groups: [sg-app], services: [tcp/443]}
          security_groups:
            - {name: sg-vpn, targets: [client-vpn], rules: [{direction: inbound, protocol: udp, ports: 443}, {direction: outbound, protocol: any}]}
            - name: sg-app
              rules: [{direction: inbound, protocol: tcp, ports: 443, remote: 10.0.9.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24, action: translate}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for block in server.flowBlocksToTell where block.stage == .workloadSecurityGroup && block.action == .translate {
        let found = FlowBlockFinding(block: block, server: server, model: analysis.model)
        report(
          finding(
            found.withoutGroup
              ?? "\(found.holder) \(found.verb("keeps", "keep")) translated packets from \(found.victims)", found,
            help: found.isWithoutGroup
              ? "attach a security group that allows \(found.clients) inbound"
              : "allow \(found.clients) inbound in \(found.holder)"))
      }
    }
  }
}
