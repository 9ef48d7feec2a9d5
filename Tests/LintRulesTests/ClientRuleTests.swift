import LintRules
import SourceText
import Testing

/// What the rules about client sites say where the systems differ, and which of two speaks.
struct ClientRuleTests {
  private static func findings(_ text: String) -> [Finding] {
    MarkedText(bytes: Array(text.utf8), places: [], isJSON: false).findings()
      .filter { !RuleCatalog.offByDefault.contains($0.rule) }
  }

  private static let same = "{destination: 10.0.0.0/24}"

  /// A site with a row of the subnet's range, or its LAN of that range.
  private static func model(
    _ route: String = same, site: String, server: String = "created_at: 2024-01-01T00:00:00Z"
  ) -> String {
    """
    vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
    vpn_servers:
      - name: v
        client_ip_pool: 192.168.252.0/22
        enable_split_tunneling: true
        public_ips: [203.0.113.10]
        \(server)
        routes: [\(same)\(route == same ? "" : ", \(route)")]
    client_sites:
      - {name: home, \(site)}

    """
  }

  private static let lan = "lan: 10.0.0.0/24, address: 10.0.0.4, gateway: 10.0.0.1"
  private static let ownRoute =
    "lan: 192.168.1.0/24, gateway: 192.168.1.1, routes: [{destination: 10.0.0.0/24, gateway: 192.168.1.254}]"

  /// Of two equal rows the pushed one wins on Linux, and is refused elsewhere: headline, note and packet agree.
  @Test(arguments: [
    ("os: linux, \(ownRoute)", "route 10.0.0.0/24 takes over own route 10.0.0.0/24", "Linux puts", false),
    ("os: linux, \(lan)", "route 10.0.0.0/24 takes over LAN 10.0.0.0/24", "Linux puts", false),
    (
      "os: macos, \(ownRoute)", "own route 10.0.0.0/24 of site `home` takes addresses", "macOS and Windows refuse", true
    ),
    ("os: windows, \(lan)", "LAN 10.0.0.0/24 of site `home` takes addresses", "macOS and Windows refuse", true),
    ("\(ownRoute)", "route 10.0.0.0/24 has the destination of own route", "it depends on the system", false),
    (
      "os: linux, \(ownRoute), openvpn_directives: [route-metric 50]", "own route 10.0.0.0/24 of site `home` takes",
      "the pushed row has metric 50 and the own route 0", true
    ),
  ])
  func equalRows(site: String, headline: String, note: String, staysOutside: Bool) throws {
    let finding = try #require(
      Self.findings(Self.model(site: site)).first { $0.rule == "route-shadowed-by-client-lan" }, "\(site)")
    #expect(finding.message.hasPrefix(headline), "\(finding.message)")
    #expect(finding.notes.first?.hasPrefix(note) == true, "\(finding.notes)")
    let evidence = try #require(finding.evidence)
    #expect((evidence.steps.first?.result == .stop) == staysOutside, "\(evidence.steps)")
    let isOwn = site.contains("address: \(evidence.packet.destination)")
    #expect(!isOwn, "the client's own address proves nothing")
  }

  @Test func equalRowsWithoutASubnet() throws {
    let site =
      "os: linux, lan: 192.168.1.0/24, gateway: 192.168.1.1, routes: [{destination: 10.9.0.0/24, gateway: 192.168.1.9}]"
    let model = Self.model("{destination: 10.9.0.0/24}", site: site + ", openvpn_directives: [route-metric 50]")
    let finding = try #require(Self.findings(model).first { $0.rule == "route-equals-existing-client-route" })
    #expect(
      finding.notes == [
        "the pushed row has metric 50 and the own route 0: the lower one wins, and these packets stay outside the tunnel"
      ])
    // What the profile keeps away equals nothing.
    let kept = Self.model("{destination: 10.9.0.0/24}", site: site + ", openvpn_directives: [route-nopull]")
    #expect(!Self.findings(kept).contains { $0.rule == "route-equals-existing-client-route" })
  }

  // MARK: Drop routes

  /// A drop route is a warning where clients lose public addresses or a part of a LAN; one that is a LAN is told once.
  @Test(arguments: [
    ("198.51.100.0/24", "split-drop-route-captures-traffic", Severity.warning),
    ("172.16.0.0/16", "split-drop-route-captures-traffic", .info),
    ("192.168.0.0/17", "split-drop-route-captures-traffic", .warning),
    ("192.168.1.0/24", "route-equals-existing-client-route", .error),
    ("192.168.1.128/25", "route-captures-client-lan", .warning),
  ])
  func dropRoutes(destination: String, rule: String, severity: Severity) {
    let model = Self.model(
      "{destination: \(destination), action: drop}",
      site: "os: linux, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1")
    let found = Self.findings(model).filter { $0.rule != "route-destination-unrelated" }
    #expect(
      found.map(\.rule) == [rule] && found.map(\.severity) == [severity], "\(found.map { ($0.rule, $0.severity) })")
  }

  // MARK: Profiles

  @Test(arguments: [
    ("route 10.6.0.0 255.255.0.0", ["routes 1 network of its own into the tunnel"]),
    ("route 10.0.0.128 255.255.255.128 net_gateway", ["leads 1 network around the tunnel"]),
    ("route 10.6.0.0 255.255.0.0 net_gateway", []),
    ("route 10.5.0.5 255.255.255.0", []),
    ("route remote_host 255.255.255.255 net_gateway", ["adds a host route to the server by the old gateway"]),
    ("route-nopul", ["`route-nopul` is no directive of OpenVPN; did you mean `route-nopull`?"]),
    ("remote vpn.example.com", []), ("route-method exe", []), ("route-ipv6-gateway fe80::1", []),
    ("bogus-directive", []),
    ("route-delay 5", []), ("route-up script", []), ("rport 5", []),
  ])
  func profileLines(line: String, labels: [String]) {
    let site =
      "os: linux, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1, openvpn_directives: ['\(line)']"
    let found = Self.findings(Self.model(site: site)).filter { $0.rule == "client-profile-changes-routes" }
    #expect(found.map(\.primary.text) == labels)
  }

  // MARK: What no client reaches

  /// Where a site reaches what others do not, nobody says that no client does.
  @Test func reachedFromSomeSites() throws {
    let site = "os: linux, lan: 192.168.1.0/24, gateway: 192.168.1.1, openvpn_directives: [redirect-private def1]"
    let covers = try #require(
      Self.findings(Self.model("{destination: 203.0.113.0/24, action: translate}", site: site)).first {
        $0.rule == "route-covers-server-public-ip"
      })
    #expect(covers.notes.contains("only clients at site `home` reach subnet `app`"), "\(covers.notes)")
    let plain = "os: linux, lan: 192.168.1.0/24, gateway: 192.168.1.1"
    let pushed = try #require(
      Self.findings(Self.model("{destination: 0.0.0.0/0, action: translate}", site: plain)).first {
        $0.rule == "split-tunnel-default-route"
      })
    #expect(pushed.notes.contains("no client that takes the route reaches subnet `app`"), "\(pushed.notes)")
  }

  // MARK: Server state

  /// A server that is not ready matters where its routes have to change.
  @Test(arguments: [
    ("{destination: 10.0.0.0/24}", false), ("{destination: 10.9.0.0/24, lifecycle_state: pending}", true),
  ])
  func serverNotReady(route: String, isTold: Bool) {
    let model = Self.model(
      route, site: "os: linux, lan: 192.168.1.0/24, gateway: 192.168.1.1", server: "lifecycle_state: updating")
    #expect(Self.findings(model).contains { $0.rule == "server-not-ready-for-routes" } == isTold)
  }
}
