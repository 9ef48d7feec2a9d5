import ClientVPN
import Forwarding
import TestSupport
import Testing

/// Rules of an ACL that never decide, against asking every packet that can tell rules apart.
struct CoveredACLRulesTests {
  /// A rule in small numbers: addresses of a /29, four ports, few protocols.
  private struct SmallRule {
    let direction: String
    let allows: Bool
    let transport: String
    /// First address and how many, a power of two.
    let source, destination: (first: Int, count: Int)
    /// Ports as an index range into the edges; nil for all.
    let sourcePorts, destinationPorts: ClosedRange<Int>?
    let type: Int?

    /// Ports between which rules differ; each stands for itself and what follows up to the next.
    static let edges = [1, 80, 443, 1024, 65536]

    init(_ random: inout SplitMix64) {
      direction = Bool.random(using: &random) ? "inbound" : "outbound"
      allows = Bool.random(using: &random)
      transport = ["tcp", "udp", "icmp", "icmp_tcp_udp", "any", "all", "esp", "number_50"].randomElement(
        using: &random)!
      func block() -> (first: Int, count: Int) {
        let count = 1 << Int.random(in: 0...3, using: &random)
        return (Int.random(in: 0..<(8 / count), using: &random) * count, count)
      }
      (source, destination) = (block(), block())
      func ports() -> ClosedRange<Int>? {
        let first = Int.random(in: 0...3, using: &random)
        return Bool.random(using: &random) ? nil : first...Int.random(in: first...3, using: &random)
      }
      let hasPorts = transport == "tcp" || transport == "udp"
      (sourcePorts, destinationPorts) = hasPorts ? (ports(), ports()) : (nil, nil)
      type = transport == "icmp" && Bool.random(using: &random) ? [0, 8].randomElement(using: &random) : nil
    }

    var text: String {
      func block(_ block: (first: Int, count: Int)) -> String {
        "10.0.0.\(block.first)/\(32 - block.count.trailingZeroBitCount)"
      }
      func ports(_ key: String, _ range: ClosedRange<Int>?) -> String {
        range.map { ", \(key): \(Self.edges[$0.lowerBound])-\(Self.edges[$0.upperBound + 1] - 1)" } ?? ""
      }
      return """
        {direction: \(direction), action: \(allows ? "allow" : "deny"), protocol: \(transport), \
        source: \(block(source)), destination: \(block(destination))\(ports("source_ports", sourcePorts))\
        \(ports("destination_ports", destinationPorts))\(type.map { ", type: \($0)" } ?? "")}
        """
    }

    /// Protocols that tell rules apart, with ports of TCP and UDP and types of ICMP.
    static let services: [(transport: String, from: Int, to: Int)] =
      ["tcp", "udp"].flatMap { transport in (0...3).flatMap { from in (0...3).map { (transport, from, $0) } } }
      + [("icmp", 0, 0), ("icmp", 0, 8), ("icmp", 0, 3), ("esp", 0, 0), ("gre", 0, 0)]

    func matches(_ from: Int, _ to: Int, _ service: (transport: String, from: Int, to: Int)) -> Bool {
      guard (source.first..<source.first + source.count).contains(from),
        (destination.first..<destination.first + destination.count).contains(to)
      else { return false }
      switch transport {
      case "any": return true
      case "all" where !allows: return true
      case "all", "icmp_tcp_udp": return ["icmp", "tcp", "udp"].contains(service.transport)
      case "number_50": return service.transport == "esp"
      case "icmp": return service.transport == "icmp" && (type ?? service.to) == service.to
      default:
        return service.transport == transport && sourcePorts?.contains(service.from) ?? true
          && destinationPorts?.contains(service.to) ?? true
      }
    }
  }

  @Test(arguments: 0..<200)
  func exactlyTheRulesThatNeverDecide(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let rules = (0..<Int.random(in: 2...9, using: &random)).map { _ in SmallRule(&random) }
    let text = """
      vpc:
        subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        network_acls: [{name: main, rules: [\(rules.map(\.text).joined(separator: ", "))]}]
      vpn_servers: [{name: vpn, client_ip_pool: 192.168.252.0/22, routes: [{destination: 10.0.0.0/24}]}]

      """
    let acl = try #require(try analysis(text).model.vpc.networkACLs?.elements.first)
    try #require(acl.rules?.elements.count == rules.count)
    let found = acl.coveredRules
    #expect(found.map(\.rule) == rules.indices.filter { !Self.decides($0, of: rules) }, "\(text)")
    for covered in found {
      #expect(
        covered.coveredBy.allSatisfy { $0 < covered.rule && rules[$0].direction == rules[covered.rule].direction })
    }
  }

  private static func decides(_ index: Int, of rules: [SmallRule]) -> Bool {
    let earlier = rules[..<index].filter { $0.direction == rules[index].direction }
    for from in 0..<8 {
      for to in 0..<8 {
        for service in SmallRule.services where rules[index].matches(from, to, service) {
          if !earlier.contains(where: { $0.matches(from, to, service) }) { return true }
        }
      }
    }
    return false
  }

  @Test func rulesThatTheServiceRefusesAreLeftOut() throws {
    let text = """
      vpc:
        subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
        network_acls:
          - name: main
            rules:
              - {direction: inbound, action: allow, protocol: any, destination_ports: 443}
              - {direction: inbound, action: allow, protocol: tcp, destination_ports: 443-80}
              - {direction: inbound, action: allow, protocol: tcp, destination_ports: 443}
              - {direction: inbound, action: allow, protocol: tcp, destination_ports: 443}
      vpn_servers: [{name: vpn, client_ip_pool: 192.168.252.0/22, routes: [{destination: 10.0.0.0/24}]}]

      """
    let acl = try #require(try analysis(text).model.vpc.networkACLs?.elements.first)
    #expect(acl.coveredRules.map(\.rule) == [3])
    #expect(acl.coveredRules.map(\.coveredBy) == [[2]])
  }
}
