import Linting
import SourceText
import Testing

/// Client pools of many servers.
struct PoolsOverlapTests {
  private func findings(_ pools: [String]) -> [ReportedFinding] {
    let servers = pools.enumerated().map { "  - {name: v\($0), client_ip_pool: \($1)}\n" }
    let text = "vpc: {subnets: [{name: a, ipv4_cidr_block: 10.0.0.0/24}]}\nvpn_servers:\n\(servers.joined())"
    return Linter().lint(SourceFile(name: "net.yaml", bytes: Array(text.utf8))).findings
      .filter { $0.finding.rule == "client-pools-overlap" }
  }

  @Test func `one finding a server, however many have the pool`() {
    let found = findings(Array(repeating: "192.168.252.0/22", count: 40))
    #expect(found.count == 39)
    #expect(Set(found.map(\.fingerprint)).count == 39)
    #expect(
      found.map(\.finding.message)
        == (1..<40).map { "client pools of VPN servers `v\($0 - 1)` and `v\($0)` overlap" })
  }

  @Test func `of two servers the later one is told, with the addresses in both pools`() throws {
    for pools in [["172.16.0.0/20", "172.16.4.0/22"], ["172.16.4.0/22", "172.16.0.0/20"]] {
      let found = findings(pools)
      let finding = try #require(found.first?.finding)
      #expect(found.count == 1 && finding.message == "client pools of VPN servers `v0` and `v1` overlap")
      #expect(finding.primary.text == "in both pools: 172.16.4.0–172.16.7.255 (1024 addresses)")
    }
  }

  @Test func `a pool around others is told once`() {
    #expect(findings(["172.16.4.0/22", "172.16.8.0/22", "172.16.0.0/20"]).count == 1)
    #expect(findings(["172.16.0.0/20", "172.16.4.0/22", "172.16.8.0/22"]).count == 2)
  }
}
