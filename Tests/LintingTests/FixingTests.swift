import Linting
import SourceText
import Testing

/// Which fixes are made, how they are written, and what becomes of the rest.
struct FixingTests {
  private func fixed(_ text: String, _ most: Fix.Safety = .changesReachability) -> String {
    String(decoding: Linter().fix(Run.file("net.yaml", text), most).report.file.bytes, as: UTF8.self)
  }

  private static func model(_ subnets: String, _ routes: String, _ more: String = "") -> String {
    """
    vpc: {subnets: [\(subnets)]}
    vpn_servers:
      - name: client-vpn
        client_ip_pool: 192.168.252.0/22
        enable_split_tunneling: true
    \(routes)\(more)
    """
  }

  @Test func `neighbours are reached by one route, others by one each`() {
    let subnets =
      "{name: a, ipv4_cidr_block: 10.0.0.0/24}, {name: b, ipv4_cidr_block: 10.0.1.0/24}, {name: c, ipv4_cidr_block: 10.0.2.0/24}"
    #expect(
      fixed(Self.model(subnets, "    routes: []"))
        == Self.model(
          subnets,
          "    routes: [{destination: 10.0.0.0/23, action: deliver}, {destination: 10.0.2.0/24, action: deliver}]"))
  }

  @Test func `of a subnet the part that no route names is added`() {
    let subnets = "{name: app, ipv4_cidr_block: 10.0.0.0/24}"
    let routes = "    routes:\n      - {name: low, destination: 10.0.0.0/26} # the low quarter"
    #expect(
      fixed(Self.model(subnets, routes))
        == Self.model(
          subnets,
          routes + "\n      - {name: to-10-0-0-64-26, destination: 10.0.0.64/26}"
            + "\n      - {name: to-10-0-0-128-25, destination: 10.0.0.128/25}"))
  }

  @Test func `a route is named after its subnet, and no name is there twice`() {
    let subnets = "{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}"
    let routes = "    routes:\n      - destination: 10.0.0.0/24\n        name: to-db"
    #expect(
      fixed(Self.model(subnets, routes))
        == Self.model(subnets, routes + "\n      - destination: 10.1.0.0/24\n        name: to-db-2"))
  }

  @Test func `fixes that change reachability wait to be asked for`() {
    let text = Self.model(
      "{name: a, ipv4_cidr_block: 10.0.0.0/24}, {name: b, ipv4_cidr_block: 10.1.0.0/24}",
      "    routes: [{destination: 10.0.0.0/24}, {destination: 10.0.0.0/25}]")
    let kept = text.replacing(", {destination: 10.0.0.0/25}", with: "")
    #expect(fixed(text, .keepsReachability) == kept)
    #expect(
      fixed(text)
        == kept.replacing("[{destination: 10.0.0.0/24", with: "[{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24"))
  }

  /// The row that is redundant on the server wins over the LAN of a site.
  @Test func `what keeps reachability is compared, not believed`() {
    let text = Self.model(
      "{name: a, ipv4_cidr_block: 10.0.0.0/16, expect: any}",
      "    routes: [{destination: 10.0.0.0/16}, {destination: 10.0.1.0/24}]",
      "\nclient_sites: [{name: home, os: linux, lan: 10.0.1.0/24, address: 10.0.1.9, gateway: 10.0.1.1}]")
    #expect(fixed(text, .keepsReachability) == text)
  }

  @Test func `what is allowed or known is left alone`() {
    let text = Self.model(
      "{name: a, ipv4_cidr_block: 10.0.0.0/24}, {name: b, ipv4_cidr_block: 10.1.0.0/24}",
      "    # vpnlint: allow(subnet-without-server-route): on purpose\n    routes: [{destination: 10.0.0.0/24}]")
    #expect(fixed(text) == text)
  }

  @Test func `a misspelt key and a misspelt name are corrected`() {
    let text = Self.model(
      "{name: app, ipv4_cidr_block: 10.0.0.0/24}", "    subnets: [ap]\n    rotes: [{destination: 10.0.0.0/24}]")
    let mended = Self.model(
      "{name: app, ipv4_cidr_block: 10.0.0.0/24}", "    subnets: [app]\n    routes: [{destination: 10.0.0.0/24}]")
    #expect(fixed(text) == mended)
  }

  /// The repair makes another finding appear: a public route of a split tunnel.
  @Test func `a fix that adds a finding is none`() {
    let text = Self.model(
      "{name: a, ipv4_cidr_block: 10.0.0.0/24}",
      "    routs: [{destination: 10.0.0.0/24}, {destination: 8.8.8.0/24, action: translate}]")
    let report = Linter().lint(Run.file("net.yaml", text))
    #expect(report.findings.map(\.finding.rule) == ["unknown-key"])
    #expect(report.findings.allSatisfy { $0.fix == nil })
    #expect(fixed(text) == text)
  }

  @Test func `a duplicate goes, of two actions nobody chooses`() {
    let subnets = "{name: a, ipv4_cidr_block: 10.0.0.0/24}"
    let twice = Self.model(subnets, "    routes: [{destination: 10.0.0.0/24}, {destination: 10.0.0.0/24}]")
    #expect(fixed(twice, .keepsReachability) == Self.model(subnets, "    routes: [{destination: 10.0.0.0/24}]"))
    let different = twice.replacing("0/24}]", with: "0/24, action: translate}]")
    #expect(fixed(different) == different)
  }

  @Test func `every document and server is mended in its place`() {
    let one = Self.model("{name: a, ipv4_cidr_block: 10.0.0.0/24}", "    routes: []")
    let mended = Self.model(
      "{name: a, ipv4_cidr_block: 10.0.0.0/24}", "    routes: [{destination: 10.0.0.0/24, action: deliver}]")
    #expect(fixed("\(one)\n---\n\(one)\n") == "\(mended)\n---\n\(mended)\n")
  }

  @Test func `more fixes than can be shown are applied all the same`() {
    let subnets = (0..<600).map { "{name: s\($0), ipv4_cidr_block: 10.\($0 / 100).\(2 * ($0 % 100)).0/24}" }
    let text = Self.model(
      subnets.joined(separator: ", "), "    routes: [{destination: 172.16.0.0/24}]",
      "\nnetworks: [{name: x, cidrs: [172.16.0.0/24], via: vpn_gateway}]")
    let report = Linter().lint(Run.file("net.yaml", text))
    #expect(report.findings.count { $0.finding.rule == "subnet-without-server-route" } == 600)
    #expect(report.findings.allSatisfy { $0.fix == nil })
    let fixed = Linter().fix(Run.file("net.yaml", text), .changesReachability)
    #expect((1..<50).contains(fixed.mended.count), "a server has 50 routes, and more would be a finding")
    let roomy = Linter().fix(Run.file("net.yaml", text + "\nquotas: {server_routes: 1000}"), .changesReachability)
    #expect(roomy.mended.count == 600)
  }
}
