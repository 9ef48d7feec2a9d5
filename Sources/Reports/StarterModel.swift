/// The model that `vpnlint init` writes: a network without a fault that shows the important parts, each explained.
public enum StarterModel {
  /// The name that the first line gives to the schema.
  public static let schemaFile = "vpnlint.schema.json"

  /// The text of the file.
  public static let text = """
    # yaml-language-server: $schema=\(schemaFile)
    # The line above lets editors with the YAML language server complete, explain and check this file; it takes the schema
    # beside it, which `vpnlint schema > \(schemaFile)` writes.
    #
    # Names of keys are those of the IBM Cloud VPC API, whose answers can be pasted as they are. What is left out is not
    # modelled, and reports say so; an empty list means that there is none. Replace what stands here by your own network and
    # run `vpnlint` on the file.
    version: 1

    vpc:
      name: tokyo
      region: jp-tok

      address_prefixes:
        - {name: zone-1, cidr: 10.10.0.0/18, zone: jp-tok-1}
        - {name: zone-2, cidr: 10.10.64.0/18, zone: jp-tok-2}

      # Clients are expected to reach every subnet; `expect: unreachable` or `expect: any` says otherwise.
      subnets:
        - {name: app, ipv4_cidr_block: 10.10.0.0/24, zone: jp-tok-1}
        - {name: db, ipv4_cidr_block: 10.10.64.0/24, zone: jp-tok-2}
        - {name: backup, ipv4_cidr_block: 10.10.65.0/24, zone: jp-tok-2, expect: unreachable}
        # The VPN server stands in subnets of its own, one in each of two zones.
        - {name: vpn-1, ipv4_cidr_block: 10.10.63.0/28, zone: jp-tok-1, expect: any}
        - {name: vpn-2, ipv4_cidr_block: 10.10.127.0/28, zone: jp-tok-2, expect: any}

      # Answers to clients find back only by tables that accept the routes of the VPN server.
      routing_tables:
        - {name: default, is_default: true, accept_routes_from: [vpn_server, vpn_gateway]}

      # ACLs keep no state: every exchange needs a rule each way. The first rule that matches decides.
      network_acls:
        - name: default
          is_default: true
          rules:
            - {name: all-in, direction: inbound, action: allow, protocol: icmp_tcp_udp, source: 0.0.0.0/0, destination: 0.0.0.0/0}
            - {name: all-out, direction: outbound, action: allow, protocol: icmp_tcp_udp, source: 0.0.0.0/0, destination: 0.0.0.0/0}

      # Security groups allow what their rules say, and the answers to it.
      security_groups:
        - name: vpn-server
          rules:
            - {direction: inbound, protocol: udp, remote: 0.0.0.0/0, ports: 443}
            - {direction: outbound, protocol: icmp_tcp_udp, remote: 0.0.0.0/0}
        - name: app
          rules:
            - {direction: inbound, protocol: tcp, remote: 192.168.252.0/22, ports: 443}
            - {direction: outbound, protocol: tcp, remote: db, ports: 5432}
        - name: db
          rules:
            - {direction: inbound, protocol: tcp, remote: app, ports: 5432}
            - {direction: inbound, protocol: tcp, remote: 192.168.252.0/22, ports: 5432}

      # What clients want to reach. Each service is judged by itself.
      workloads:
        - {name: shop, kind: instance, subnet: app, address: 10.10.0.10, security_groups: [app], services: [tcp/443]}
        - {name: orders, kind: instance, subnet: db, address: 10.10.64.10, security_groups: [db], services: [tcp/5432]}

    vpn_servers:
      - name: client-vpn
        # Two addresses for each client that may connect at once, outside the address prefixes and of usual home networks.
        client_ip_pool: 192.168.252.0/22
        expected_clients: 200
        # true: only packets to the destinations below enter the tunnel. false: all packets of clients do.
        enable_split_tunneling: true
        subnets: [vpn-1, vpn-2]
        security_groups: [vpn-server]
        port: 443
        protocol: udp
        client_idle_timeout: 3600
        client_dns_server_ips: [161.26.0.7, 161.26.0.8]
        # The API does not tell the public addresses; the server's host name resolves to them.
        public_ips: [203.0.113.10, 203.0.113.20]
        # The server drops whatever no route of it forwards, in both tunnel modes. `deliver` keeps the client's address as
        # source, `translate` puts that of the server in its place, `drop` discards.
        routes:
          - {name: to-app, destination: 10.10.0.0/24, action: deliver}
          - {name: to-db, destination: 10.10.64.0/24, action: deliver}
          - {name: to-branch, destination: 172.30.0.0/16, action: deliver}
          - {name: to-services, destination: 161.26.0.0/16, action: translate}

    # What lies beyond the VPC.
    networks:
      - {name: branch, cidrs: [172.30.0.0/16], via: vpn_gateway}
      - {name: services, cidrs: [161.26.0.0/16], via: service}

    # Where people connect from: `vpnlint routes` shows the routing table that they get there.
    client_sites:
      - {name: home, os: macos, lan: 192.168.1.0/24, address: 192.168.1.20, gateway: 192.168.1.1}
      - {name: office, os: windows, lan: 192.168.40.0/24, address: 192.168.40.9, gateway: 192.168.40.1}

    # What else must hold. `direct` means outside the tunnel.
    expectations:
      - {to: shop, from: client-vpn, protocol: tcp, port: 443, expect: reachable}
      - {to: 161.26.0.7, protocol: udp, port: 53, expect: reachable}
      - {to: 8.8.8.8, expect: direct}

    # Limits that support has raised for the account; the usual ones hold without.
    quotas:
      server_routes: 50

    """
}
