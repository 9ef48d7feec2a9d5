import Foundation
import TestSupport
import Testing

/// `vpnlint trace` by the program itself.
struct TraceTests {
  private static let article = "samples/networks/article-split/network.yaml"

  private func run(_ arguments: String...) throws -> (text: String, status: Int32) {
    try Program.run(["trace"] + arguments, in: Repository.root)
  }

  @Test(arguments: [
    ("::1", "`::1` is not a destination: IPv6 is not supported yet"),
    ("[2001:db8::1]:443", "IPv6 is not supported yet"),
    ("10.1.0.5:", "`10.1.0.5:` has no port after the colon; write one, such as 10.1.0.5:443"),
    ("udp/10.1.0.5", "`udp/10.1.0.5` needs a port for udp"),
    ("icmp/10.1.0.5:7", "ICMP has no ports; leave out the port of `icmp/10.1.0.5:7`"),
    ("10.1.0.5/24", "a packet goes to one address; leave out the prefix length"),
  ])
  func wrongDestinationIsOneSentence(_ destination: String, _ sentence: String) throws {
    let (text, status) = try run(Self.article, destination)
    #expect(status == 2 && text.contains(sentence), "\(text)")
  }

  /// A destination can have its own protocol.
  @Test func protocolsOfSeveralDestinations() throws {
    let (text, status) = try run(
      Self.article, "10.1.0.5:443", "udp/10.0.0.53:53", "icmp/10.1.0.5", "--protocol", "tcp", "--format", "json")
    #expect(status == 0)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let traces = try #require(json["traces"] as? [[String: Any]])
    #expect(traces.map { $0["protocol"] as? String } == ["tcp", "udp", "icmp"])
    #expect(traces.map { $0["port"] as? Int } == [443, 53, nil])
  }

  /// Loopback addresses never leave the client, even if they are pushed.
  @Test(arguments: ["true", "false"])
  func loopbackIsLocal(isSplit: String) throws {
    for site in ["", "client_sites: [{name: home, os: linux, lan: 192.168.1.0/24, gateway: 192.168.1.1}]"] {
      let model = try TemporaryFile(
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        networks: [{name: all, cidrs: [0.0.0.0/0], via: transit_gateway}]
        vpn_servers:
          - {name: v, client_ip_pool: 172.30.0.0/22, enable_split_tunneling: \(isSplit), routes: [{destination: 127.0.0.0/8}]}
        \(site)
        """)
      let text = try run(model.path, "127.0.0.1", "--format", "json").text
      #expect(text.contains(#""outcome": "local""#) && text.contains(#""answered_by": "lan""#), "\(text)")
      #expect(text.contains("127.0.0.1 is the client itself"), "\(text)")
    }
  }

  /// Why a row of the client goes before the pushed one of the same destination.
  @Test(arguments: [
    ("os: linux", "openvpn_directives: [route-metric 50]", "has metric 0 and goes before the VPN's row with metric 50"),
    ("os: macos", "metric: 0", "was there first, and the system refused the VPN's row for the same destination"),
  ])
  func precedenceOfEqualRows(system: String, more: String, words: String) throws {
    let model = try TemporaryFile(
      """
      vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
      vpn_servers:
        - name: v
          client_ip_pool: 192.168.252.0/22
          enable_split_tunneling: true
          public_ips: [203.0.113.10]
          routes: [{destination: 10.0.0.0/24}, {destination: 0.0.0.0/0, action: translate}]
      client_sites:
        - name: home
          \(system)
          lan: 192.168.1.0/24
          gateway: 192.168.1.1
          routes: [{destination: 10.0.0.0/24, gateway: 192.168.1.254}]
          \(more)
      """)
    let text = try run(model.path, "10.0.0.5", "--format", "json").text
    #expect(text.contains(words) && !text.contains("longest"), "\(text)")
    guard system == "os: macos" else { return }
    let outside = try run(model.path, "8.8.8.8", "--format", "json").text
    #expect(outside.contains("the client's default route by 192.168.1.1 was there first"), "\(outside)")
  }

  /// Servers of one name in several documents are told apart.
  @Test func serversOfSeveralDocuments() throws {
    let text = try run("samples/networks/several-documents/network.yaml", "10.0.0.5").text
    #expect(text.contains("VPN server `client-vpn#1`") && text.contains("VPN server `client-vpn#2`"), "\(text)")
  }
}
