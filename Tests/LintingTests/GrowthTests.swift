import SourceText
import SystemTables
import TestSupport
import Testing

@testable import Linting

/// What takes time in proportion to its input, and not to the square of it.
struct GrowthTests {
  private static let head = """
    vpc: {subnets: [{name: a, ipv4_cidr_block: 10.0.0.0/9}]}
    vpn_servers:
      - name: v
        client_ip_pool: 192.168.252.0/22
        enable_split_tunneling: true
        public_ips: [203.0.113.10]

    """

  private static func model(_ routes: [String], site: String = "") -> SourceFile {
    Run.file("net.yaml", head + "    routes:\n" + routes.map { "      - \($0)\n" }.joined() + site)
  }

  private static func networks(_ count: Int) -> [String] {
    (0..<count).map { "10.\($0 >> 8 & 127).\($0 & 255).\(($0 >> 15) << 4)/28" }
  }

  private static func routes(_ count: Int) -> [String] { networks(count).map { "{destination: \($0)}" } }

  private static func site(_ system: String, _ more: String = "") -> String {
    "client_sites:\n  - {name: h, os: \(system), lan: 192.168.1.0/24, gateway: 192.168.1.1\(more)}\n"
  }

  /// Lints without fixes.
  private static let linter: Linter = {
    var options = LintOptions()
    options.showsFixes = false
    return Linter(options)
  }()

  private func growth(_ small: Int, _ make: (Int) -> SourceFile) -> Double {
    Effort.growth({ make($0 ? small * 8 : small) }, { _ = Self.linter.lint($0) })
  }

  @Test(arguments: ["linux", "macos", "windows"]) func `routes of a server with a client site`(_ system: String) {
    #expect(growth(1000) { Self.model(Self.routes($0), site: Self.site(system)) } < Effort.mostGrowth)
  }

  @Test(arguments: ["linux", "windows"]) func `routes of a site, each equal to one of the server`(_ system: String) {
    let growth = growth(500) { count in
      let own = Self.networks(count).map { "{destination: \($0), gateway: 192.168.1.1}" }
      return Self.model(
        Self.routes(count), site: Self.site(system, ", routes: [\(own.joined(separator: ", "))]"))
    }
    #expect(growth < Effort.mostGrowth)
  }

  @Test(arguments: ["", " net_gateway", " vpn_gateway 7"]) func `routes of a client profile`(_ hop: String) {
    let growth = growth(1000) { count in
      let lines = (0..<count).map { "route 10.\($0 >> 8).\($0 & 255).0 255.255.255.0\(hop)" }
      return Self.model(
        ["{destination: 10.0.0.0/8}"],
        site: Self.site("linux", ", openvpn_directives: [\(lines.joined(separator: ", "))]"))
    }
    #expect(growth < Effort.mostGrowth)
  }

  @Test func `filters of a client profile`() {
    let growth = growth(500) { count in
      let lines = (0..<count).map { "\"pull-filter ignore 'route 11.\($0 >> 8).\($0 & 255)'\"" }
      return Self.model(
        Self.routes(count), site: Self.site("linux", ", openvpn_directives: [\(lines.joined(separator: ", "))]"))
    }
    #expect(growth < Effort.mostGrowth)
  }

  @Test func `public addresses of a server with many routes`() {
    let growth = growth(50) { count in
      let file = Self.model(Self.routes(1000), site: Self.site("linux"))
      let addresses = (0..<count).map { "203.0.113.\($0 & 255)" }
      let text = String(decoding: file.bytes, as: UTF8.self)
      return Run.file("net.yaml", text.replacing("203.0.113.10", with: addresses.joined(separator: ", ")))
    }
    #expect(growth < Effort.mostGrowth)
  }

  @Test func `services that a security group keeps away`() {
    let growth = growth(1000) { count in
      let services = (1...count).map { "tcp/\($0)" }
      return Run.file(
        "net.yaml",
        """
        vpc:
          subnets: [{name: a, ipv4_cidr_block: 10.0.0.0/24}]
          security_groups: [{name: g, rules: []}]
          workloads:
            - {name: w, subnet: a, address: 10.0.0.9, security_groups: [g], services: [\(services.joined(separator: ", "))]}
        vpn_servers:
          - name: v
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """)
    }
    #expect(growth < Effort.mostGrowth)
  }

  @Test func `subnets of a server, of which none has a route`() {
    let growth = growth(500) { count in
      let subnets = Self.networks(count).enumerated().map { "{name: s\($0.offset), ipv4_cidr_block: \($0.element)}" }
      return Run.file(
        "net.yaml",
        """
        vpc: {subnets: [\(subnets.joined(separator: ", "))]}
        vpn_servers:
          - name: v
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            subnets: [\((0..<count).map { "s\($0)" }.joined(separator: ", "))]
            routes: []
        """)
    }
    #expect(growth < Effort.mostGrowth)
  }

  @Test func `servers with a pool each`() {
    let growth = growth(100) { count in
      let servers = (0..<count).map {
        "  - {name: v\($0), client_ip_pool: 172.\(16 + ($0 >> 7)).\(($0 & 127) * 2).0/23, enable_split_tunneling: true, subnets: [a], routes: [{destination: 10.0.0.0/9}]}\n"
      }
      return Run.file(
        "net.yaml",
        "vpc: {subnets: [{name: a, ipv4_cidr_block: 10.0.0.0/9}]}\nvpn_servers:\n\(servers.joined())")
    }
    #expect(growth < Effort.mostGrowth)
  }

  @Test(arguments: ["{destination: 10.0.0.0/9}", "{destination: 10.0.0.1/9}"])
  func `suppression comments`(_ route: String) {
    #expect(
      growth(1000) { Self.model((0..<$0).map { _ in "\(route) # vpnlint: allow(route-host-bits): known" }) }
        < Effort.mostGrowth)
  }

  @Test func `sites that are compared`() {
    let growth = comparisonGrowth(50) { count in
      let sites = (0..<count).map { "  - {name: h\($0), os: macos, lan: 192.168.1.0/24, gateway: 192.168.1.1}\n" }
      return Self.model(Self.routes(1), site: "client_sites:\n\(sites.joined())")
    }
    #expect(growth < Effort.mostGrowth)
  }

  @Test func `security groups that are compared`() {
    let growth = comparisonGrowth(200) { count in
      let groups = (0..<count).map { "    - {name: g\($0), rules: [{direction: inbound, protocol: tcp, ports: 22}]}\n" }
      let workloads = (0..<count).map { number in
        "    - {name: w\(number), subnet: a, address: 10.0.\(number >> 7).\((number & 127) + 8), security_groups: [g\(number)]}\n"
      }
      return Run.file(
        "net.yaml",
        """
        vpc:
          subnets: [{name: a, ipv4_cidr_block: 10.0.0.0/9}]
          security_groups:
        \(groups.joined())  workloads:
        \(workloads.joined())vpn_servers:
          - {name: v, client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, routes: [{destination: 10.0.0.0/9}]}
        """)
    }
    #expect(growth < Effort.mostGrowth)
  }

  private func comparisonGrowth(_ small: Int, _ make: (Int) -> SourceFile) -> Double {
    Effort.growth(
      { isLarge in (0..<2).map { ModelFile(make(isLarge ? small * 8 : small), number: $0) } },
      { files in _ = DiffReport(files[0], files[1], Self.linter) })
  }

  @Test(arguments: ["split", "refused"]) func `rows of a real table`(_ kind: String) throws {
    let growth = try Effort.growth(
      { isLarge in
        let count = isLarge ? 8000 : 1000
        let model = ModelFile(Self.model(Self.routes(count)))
        // With the rows of the routes, or with rows of the same destinations that the client had.
        let hop = kind == "split" ? "192.168.252.1 dev tun0" : "192.168.1.1 dev eth0"
        let rows =
          [
            "default via 192.168.1.1 dev eth0", "192.168.252.0/23 dev tun0",
            "192.168.252.0/22 via 192.168.252.1 dev tun0",
          ]
          + Self.networks(count).map { "\($0) via \(hop)" }
        return (model, try SystemTable.read(Array((rows.joined(separator: "\n") + "\n").utf8)))
      },
      { model, table in _ = try ObservationReport(table, model, server: nil) })
    #expect(growth < Effort.mostGrowth)
  }

  @Test(arguments: [true, false]) func `one fix with many edits`(_ isFlow: Bool) {
    let linter = Linter()
    let growth = Effort.growth(
      { isLarge in
        let routes = (0..<(isLarge ? 8000 : 1000)).map { "{name: r\($0), destination: 10.0.0.0/24}" }
        return isFlow
          ? Run.file("net.yaml", Self.head + "    routes: [\(routes.joined(separator: ", "))]\n") : Self.model(routes)
      },
      { _ = linter.lint($0) })
    #expect(growth < Effort.mostGrowth)
  }

  // MARK: How often fixes are tried

  /// Servers whose misspelt key hides a route that is a finding of its own: each fix is tried and fails.
  private static func misspelt(servers: Int, subnets: Int) -> SourceFile {
    let subnets = (0..<subnets).map { "{name: s\($0), ipv4_cidr_block: 10.\($0).0.0/24}" }
    let servers = (0..<servers).map { number in
      "  - {name: v\(number), client_ip_pool: 172.16.\(number * 4).0/22, enable_split_tunneling: true, routs: [{destination: 8.8.8.0/24, action: translate}]}\n"
    }
    return Run.file(
      "net.yaml", "vpc: {subnets: [\(subnets.joined(separator: ", "))]}\nvpn_servers:\n\(servers.joined())")
  }

  @Test func `work is what is decided and found, not the length of the text`() {
    let light = Linter().examine(Run.file("net.yaml", Run.faulty), number: 0)
    #expect(light.work < 16 * light.report.file.bytes.count)
    let heavy = Linter().examine(Self.misspelt(servers: 30, subnets: 30), number: 0)
    #expect(heavy.work > 30 * heavy.report.file.bytes.count)
  }

  @Test func `fixes are tried as long as there is a budget`() {
    let linter = Linter()
    let examination = linter.examine(Self.misspelt(servers: 12, subnets: 4), number: 0)
    func tries(least: Int, most: Int) -> Int {
      var fixer = Fixer(linter, examination, FixBudget(examination, least: least, most: most))
      let all = fixer.attempts
      #expect(fixer.fixes().isEmpty)
      return all - fixer.attempts
    }
    #expect(tries(least: 2, most: .max) > 12)
    #expect((2...4).contains(tries(least: 2, most: 0)))
    #expect((2...4).contains(tries(least: 0, most: 2 * examination.work)))
  }
}
