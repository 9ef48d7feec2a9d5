import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A security group of a workload that keeps clients out.
enum WorkloadSGBlocksClientPool: ModelRule {
  static let info = RuleInfo(
    code: "VPN506", name: "workload-sg-blocks-client-pool", severity: .error,
    summary: "a security group of a workload lets in nothing from the client pool",
    why: """
      With action deliver a packet keeps the client's address, so the workload's group must allow the client pool. Without
      it some workloads answer and others time out.
      """,
    repair: "Allow the client pool inbound in the workload's security group, for the ports of its services.",
    source: "IBM VPC documentation, configuring security groups and network ACLs for a client-to-site VPN",
    examples: [
      .bad(
        "only the office is let in",
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
              rules: [{direction: inbound, protocol: tcp, ports: 443, remote: 192.0.2.0/24}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
      .good(
        "the pool is let in",
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
              rules: [{direction: inbound, protocol: tcp, ports: 443, remote: 172.16.0.0/20}]
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
      for block in server.flowBlocksToTell where block.stage == .workloadSecurityGroup && block.action == .deliver {
        let found = FlowBlockFinding(block: block, server: server, model: analysis.model)
        report(
          finding(
            found.withoutGroup ?? "\(found.holder) \(found.verb("keeps", "keep")) clients from \(found.victims)", found,
            help: found.isWithoutGroup
              ? "attach a security group that allows \(found.clients) inbound"
              : "allow \(found.clients) inbound in \(found.holder)"))
      }
    }
  }
}
