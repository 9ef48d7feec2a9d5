import TestSupport

/// Small random models with filters and routing tables, as text: few addresses and ports, so that everything meets
/// something.
struct RandomFilters {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// One model with one server, which may have two members.
  mutating func model() -> String {
    let members = generator.below(3)
    let action = ["deliver", "translate"]
    let acls = (0...generator.below(2)).map { "{name: acl\($0), rules: \(aclRules())}" }
    let groups = (0...generator.below(2)).map { "{name: sg\($0), rules: \(groupRules())}" }
    let tables = (0...generator.below(2)).map { "{name: rt\($0), \(accepts())routes: \(routes())}" }
    let subnets = (0..<4).map { index in
      "{name: s\(index), ipv4_cidr_block: 10.0.\(index).0/27, zone: z\(index % 2)\(attach("network_acl", "acl", acls.count))\(attach("routing_table", "rt", tables.count))}"
    }
    let workloads = (0..<3).map { index in
      "{name: w\(index), subnet: s\(index), address: 10.0.\(index).\(4 + generator.below(20)), security_groups: [sg\(generator.below(groups.count))], services: [tcp/443, udp/53, icmp]}"
    }
    let hasACLs = !generator.oneIn(4)
    let hasGroups = !generator.oneIn(4)
    let hasTables = !generator.oneIn(3)
    return """
      vpc:
        subnets: [\(subnets.joined(separator: ", "))]
        workloads: [\(workloads.joined(separator: ", "))]
      \(hasACLs ? "  network_acls: [\(acls.joined(separator: ", "))]\n" : "")\(hasGroups ? "  security_groups: [\(groups.joined(separator: ", "))]\n" : "")\(hasTables ? "  routing_tables: [\(tables.joined(separator: ", "))]\n" : "")networks:
        - {name: far, cidrs: [10.9.0.0/24], via: \(["vpn_gateway", "transit_gateway", "internet"][generator.below(2)])}
      vpn_servers:
        - name: v
          client_ip_pool: 192.168.252.0/22
          subnets: [\((0..<members).map { "s\($0 + 2)" }.joined(separator: ", "))]
          private_ips: [10.0.2.5]
      \(hasGroups ? "    security_groups: [sg0]\n" : "")    routes:
            - {destination: 10.0.0.0/25, action: \(action[generator.below(2)])}
            - {destination: 10.0.1.0/27, action: \(action[generator.below(2)])}
            - {destination: 10.0.2.0/24, action: \(action[generator.below(2)])}
            - {destination: 10.9.0.0/24, action: \(action[generator.below(2)])}

      """
  }

  private mutating func attach(_ key: String, _ name: String, _ count: Int) -> String {
    generator.oneIn(8) ? "" : ", \(key): \(name)\(generator.below(count))"
  }

  private mutating func accepts() -> String {
    switch generator.below(6) {
    case 0: ""
    case 1: "accept_routes_from: [], "
    default: "accept_routes_from: [vpn_server], "
    }
  }

  private mutating func routes() -> String {
    let items = (0..<generator.below(3)).map { _ -> String in
      let destination = [
        "0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/27", "192.168.252.0/24", "192.168.254.0/23", "192.168.252.0/22",
      ][generator.below(6)]
      let action = ["drop", "delegate", "deliver, next_hop: 10.0.2.5", "deliver, next_hop: 10.0.0.9"][
        generator.below(4)]
      let zone = generator.oneIn(2) ? ", zone: z\(generator.below(2))" : ""
      return "{destination: \(destination), action: \(action)\(zone), priority: \(generator.below(4))}"
    }
    return "[\(items.joined(separator: ", "))]"
  }

  private mutating func prefix() -> String {
    [
      "0.0.0.0/0", "10.0.0.0/16", "10.0.0.0/27", "10.0.1.0/28", "10.0.2.0/27", "10.0.3.0/27", "192.168.252.0/22",
      "192.168.252.0/23", "192.168.254.0/24", "10.0.0.8/29", "10.9.0.0/25",
    ][generator.below(11)]
  }

  private mutating func ports(_ key: String) -> String {
    switch generator.below(5) {
    case 0: ", \(key): 443"
    case 1: ", \(key): 1-1024"
    case 2: ", \(key): 32768-65535"
    case 3: ", \(key): 40000-65535"
    default: ""
    }
  }

  private mutating func protocolName() -> String {
    ["any", "tcp", "udp", "icmp", "icmp_tcp_udp"][generator.below(5)]
  }

  private mutating func aclRules() -> String {
    let items = (0..<generator.below(6)).map { _ -> String in
      let name = protocolName()
      let own = name == "tcp" || name == "udp" ? ports("source_ports") + ports("destination_ports") : ""
      return
        "{direction: \(direction()), action: \(generator.oneIn(4) ? "deny" : "allow"), protocol: \(name), source: \(prefix()), destination: \(prefix())\(own)}"
    }
    let last =
      generator.oneIn(3) ? [] : ["inbound", "outbound"].map { "{direction: \($0), action: allow, protocol: any}" }
    return "[\((items + last).joined(separator: ", "))]"
  }

  private mutating func groupRules() -> String {
    let items = (0..<generator.below(5)).map { _ -> String in
      let name = protocolName()
      let remote = generator.oneIn(4) ? "sg0" : prefix()
      let local = generator.oneIn(6) ? ", local: \(prefix())" : ""
      let own = name == "tcp" || name == "udp" ? ports("ports") : ""
      return "{direction: \(direction()), protocol: \(name), remote: \(remote)\(local)\(own)}"
    }
    let last = generator.oneIn(3) ? [] : ["{direction: outbound, protocol: any}"]
    return "[\((items + last).joined(separator: ", "))]"
  }

  private mutating func direction() -> String { generator.oneIn(2) ? "inbound" : "outbound" }
}
