import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Names of endpoint gateways that clients cannot ask for.
enum VPEDNSPortBlocked: ModelRule {
  static let info = RuleInfo(
    code: "VPN614", name: "vpe-dns-port-blocked", severity: .error,
    summary: "no security group of the server lets DNS queries out, which clients of endpoint gateways need",
    why: """
      Clients find an endpoint gateway by its name, and ask the pushed DNS server by UDP, and by TCP when the answer \
      is long. A query that no group lets out ends at the server: the name is not found, and the endpoint seems down.
      """,
    repair: "Allow port 53 outbound in a security group of the server, by UDP and by TCP.",
    source: "IBM VPC documentation, troubleshooting: client VPN cannot connect to a virtual private endpoint",
    examples: [
      .bad(
        "UDP alone",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: endpoints, ipv4_cidr_block: 10.0.1.0/24}
          security_groups:
            - name: ⟦vpn⟧
              targets: [client-vpn]
              rules:
                - {direction: inbound, protocol: udp, ports: 443}
                - {direction: outbound, protocol: any, remote: 10.0.0.0/23}
                - {direction: outbound, protocol: udp, ports: 53, remote: 161.26.0.0/16}
          workloads: [{name: object-storage, kind: endpoint_gateway, subnet: endpoints, address: 10.0.1.5}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [161.26.0.7, 161.26.0.8]
            routes:
              - {destination: 10.0.0.0/23}
              - {destination: 161.26.0.0/16, action: translate}
        """),
      .good(
        "both protocols",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: endpoints, ipv4_cidr_block: 10.0.1.0/24}
          security_groups:
            - name: vpn
              targets: [client-vpn]
              rules:
                - {direction: inbound, protocol: udp, ports: 443}
                - {direction: outbound, protocol: any, remote: 10.0.0.0/23}
                - {direction: outbound, protocol: udp, ports: 53, remote: 161.26.0.0/16}
                - {direction: outbound, protocol: tcp, ports: 53, remote: 161.26.0.0/16}
          workloads: [{name: object-storage, kind: endpoint_gateway, subnet: endpoints, address: 10.0.1.5}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [161.26.0.7, 161.26.0.8]
            routes:
              - {destination: 10.0.0.0/23}
              - {destination: 161.26.0.0/16, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let model = analysis.model
    let endpoint = model.vpc.workloads?.elements.first { $0.kind?.value == "endpoint_gateway" }
    guard let endpoint else { return }
    for server in analysis.servers {
      let blocked = server.dnsBlockedByGroups(in: model)
      if !blocked.isEmpty { report(stopped(blocked, endpoint, server.server, model)) }
    }
  }

  private static func stopped(
    _ blocked: [BlockedDNS], _ endpoint: Workload, _ server: VPNServer, _ model: Model
  ) -> Finding {
    let groups = blocked[0].groups.compactMap { model.vpc.securityGroups?.elements[$0] }
    let transports = [TransportProtocol.udp, .tcp].filter { transport in
      blocked.contains { $0.transports.contains(transport) }
    }
    let ports = transports.map { "\($0.rawValue)/\(model.provider.dns.port)" }
    let addresses = Words.list(blocked.map { "\($0.server.value)" })
    return finding(
      "clients of \(server.inWords) cannot ask for the names of endpoint gateways",
      Cause(groups.first?.path ?? server.path, "\(server.name.value)/dns"),
      at: groups.first?.name.span ?? server.name.span,
      "no rule lets \(Words.list(ports)) out to \(addresses)"
    )
    .label(blocked[0].server.span, "pushed to clients")
    .label(endpoint.name.span, "an endpoint gateway, found by its name")
    .note(transports == [.tcp] ? "long answers come by TCP alone" : nil)
    .help("allow \(Words.list(ports)) outbound to \(addresses) in a security group of the server")
  }
}
