import ClientVPN
import SourceText
import SourceTree
import TestSupport
import Testing

/// Whatever is done to a valid file, the decoder answers, and with places that exist.
struct MutationTests {
  private static let valid = Array(
    """
    vpc: &vpc
      name: tokyo
      address_prefixes: [{cidr: 10.0.0.0/8}]
      subnets:
        - {name: app, ipv4_cidr_block: 10.0.0.0/24, network_acl: open, expect: reachable}
        - {name: db, ipv4_cidr_block: &db 10.1.0.0/24, routing_table: main}
      routing_tables: [{name: main, accept_routes_from: [vpn_server], routes: [{destination: *db, next_hop: 10.0.0.4}]}]
      network_acls: [{name: open, rules: [{direction: inbound, action: allow, protocol: tcp, source_ports: 1-65535}]}]
      security_groups: [{name: web, targets: [v], rules: [{direction: inbound, protocol: udp, remote: web, port_min: 443}]}]
      workloads: [{name: shop, subnet: app, services: [tcp/443, icmp]}]
    vpn_servers:
      - &v {name: v, client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, serves: [app]}
      - <<: *v
        name: w
        routes: [{name: r, destination: 10.0.0.0/24, action: "deliver", created_at: 2026-08-01T02:03:04Z}]
    networks: [{name: n, cidrs: [172.16.0.0/12], via: vpn_gateway}]
    client_sites: [{name: home, lan: 192.168.1.0/24, routes: [{destination: 10.9.0.0/16}]}]
    expectations: [{to: shop, from: v, expect: direct, port: 443}]
    quotas: {server_routes: 60}

    """.utf8)

  private static let insertions: [[UInt8]] =
    [
      "[", "]", "{", "}", ": ", ", ", "- ", "\n", "  ", "\"", "'", "#", "*v", "&a ", "<<: *v", "null", "~", "!!str ",
      "---\n", "|\n", "0", "/", "é",
    ]
    .map { Array($0.utf8) }

  @Test(arguments: Array(1...8) + [UInt64.random(in: 1000...UInt64(UInt32.max))])
  func nothingCrashes(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<400 {
      var bytes = Self.valid
      for _ in 0...generator.below(4) { Self.mutate(&bytes, &generator) }
      let decoded = Decoded(bytes: bytes)
      for span in decoded.problems.flatMap({ [$0.span, $0.other ?? $0.span] }) {
        #expect(span.start <= span.end && Int(span.end) <= bytes.count, "seed \(seed)")
      }
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let start = generator.below(bytes.count)
    let end = min(bytes.count, start + generator.below(12))
    switch generator.below(5) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: insertions[generator.below(insertions.count)], at: start)
    case 2: bytes[start] = UInt8(32 + generator.below(95))
    case 3: bytes.replaceSubrange(start..<end, with: insertions[generator.below(insertions.count)])
    default: bytes.insert(contentsOf: bytes[start..<end], at: generator.below(bytes.count))
    }
  }

  @Test func validFileHasNoProblems() {
    let decoded = Decoded(bytes: Self.valid)
    #expect(decoded.problems.isEmpty, "\(decoded.problems)")
  }
}
