import ClientVPN
import Importing
import Linting
import SourceText
import SourceTree
import Testing

/// Answers of the API that hold a part of what there is: what belongs to another VPC, to nothing, or cannot be read.
struct PartialAnswerTests {
  private static let base = "https://jp-tok.iaas.cloud.ibm.com/v1"

  private static func facts(_ texts: String...) -> [String] { models(texts).flatMap(\.gaps).map(\.fact) }

  private static func models(_ texts: [String]) -> [Model] { Imported.models(file(texts)) }

  private static func file(_ texts: [String]) -> SourceFile {
    SourceFile(joining: texts.enumerated().map { Imported.file($1, name: "\($0).json") })
  }

  private static let vpcs = #"{"vpcs": [{"id": "v", "name": "main"}, {"id": "o", "name": "other"}], "limit": 50}"#
  private static let subnets =
    #"{"subnets": [{"id": "n", "name": "app", "ipv4_cidr_block": "10.0.0.0/24", "vpc": {"id": "v"}}, "#
    + #"{"id": "m", "name": "db", "ipv4_cidr_block": "10.1.0.0/24", "vpc": {"id": "o"}}], "limit": 50}"#
  private static let servers =
    #"{"vpn_servers": [{"id": "s", "name": "vpn", "client_ip_pool": "192.168.252.0/22", "enable_split_tunneling": true, "#
    + #""vpc": {"id": "o"}, "routes": [{"destination": "10.1.0.0/24", "action": "deliver"}]}], "limit": 50}"#

  /// The page of a list that is asked for VPC by VPC.
  private static func page(_ list: String, of vpc: String, _ items: String) -> String {
    #"{"first": {"href": "\#(base)/vpcs/\#(vpc)/\#(list)?limit=50"}, "limit": 50, "\#(list)": [\#(items)]}"#
  }

  @Test func `the prefixes of one VPC say nothing about another`() throws {
    let prefix = #"{"id": "p", "name": "p", "cidr": "10.0.0.0/18", "zone": {"name": "jp-tok-1"}, "has_subnets": true}"#
    let texts = [Self.vpcs, Self.subnets, Self.servers, Self.page("address_prefixes", of: "v", prefix)]
    let other = try #require(Self.models(texts).last)
    #expect(other.addressPrefixesAreIncomplete)
    #expect(other.gaps.map(\.fact) == ["the address prefixes of VPC `other` are not in the input"])
    #expect(!Imported.report(Self.file(texts)).findings.map(\.finding.rule).contains("subnet-outside-address-prefix"))
    let asked = Self.models(texts + [Self.page("address_prefixes", of: "o", "")])
    #expect(asked.last?.gaps.isEmpty == true)
    #expect(asked.last?.vpc.addressPrefixes?.elements.isEmpty == true)
  }

  @Test func `the tables of one VPC say nothing about another`() throws {
    let table = #"{"id": "t", "name": "t", "is_default": true, "accept_routes_from": [], "routes": []}"#
    let texts = [Self.vpcs, Self.subnets, Self.servers, Self.page("routing_tables", of: "v", table)]
    let other = try #require(Self.models(texts).last)
    #expect(other.gaps.map(\.fact) == ["the routing tables of VPC `other` are not in the input"])
    #expect(Imported.verdicts(Self.file(texts)).allSatisfy { !$0.contains("unreachable") })
    let yaml = ModelWriter.model(of: Self.file(texts))?.text ?? ""
    #expect(yaml.contains("not_known:\n    - routing_tables"))
  }

  @Test func `words of tomorrow are not known`() throws {
    let text = Self.servers.replacing(
      #""enable_split_tunneling""#,
      with:
        #""protocol": "quic", "client_authentication": [{"method": "username", "identity_provider": "okta"}], "enable_split_tunneling""#
    )
    #expect(
      Set(Self.facts(text)).isSuperset(of: [
        "`protocol` of VPN server `vpn` is `quic`, which is not known here",
        "`identity_provider` of VPN server `vpn` is `okta`, which is not known here",
      ]))
    #expect(!Imported.rules(text).contains("protocol-unknown"))
    #expect(try #require(Self.models([text]).first?.servers.first).listenerIsUnknown)
  }

  // MARK: Without an owner

  @Test(arguments: [
    (
      "routes", "vpn_servers/z/routes", #"{"destination": "10.0.0.0/24", "action": "deliver", "health_state": "ok"}"#,
      "routes of VPN server `z`, which it does not have"
    ),
    (
      "clients", "vpn_servers/z/clients", #"{"client_ip": {"address": "192.168.252.2"}, "status": "connected"}"#,
      "clients of VPN server `z`, which it does not have"
    ),
    (
      "routes", "vpcs/v/routing_tables/z/routes", #"{"destination": "10.0.0.0/24", "origin": "user"}"#,
      "routes of routing table `z`, which it does not have"
    ),
    (
      "connections", "vpn_gateways/z/connections",
      #"{"id": "c", "name": "c", "psk": "x", "peer_cidrs": ["10.9.0.0/24"]}"#,
      "connections of VPN gateway `z`, which it does not have"
    ),
  ])
  func `what belongs to nothing is told`(_ list: String, _ path: String, _ item: String, _ words: String) {
    let page =
      #"{"first": {"href": "\#(Self.base)/\#(path)?limit=50"}, "limit": 50, "\#(list)": [\#(item), \#(item)]}"#
    let texts = [Self.servers, Self.subnets, page]
    let facts = Self.models(texts).flatMap(\.gaps).map(\.fact)
    #expect(facts.filter { $0.contains(words) } == ["the input has \(words)"])
    #expect(
      ModelWriter.model(of: Self.file(texts))?.text.contains("# Not carried over: the input has \(words);") == true)
  }

  @Test func `what is of the only server or gateway is not lost`() {
    let route =
      #"[{"id": "r", "resource_type": "vpn_server_route", "destination": "10.0.0.0/24", "action": "deliver"}]"#
    let gateway = #"{"vpn_gateways": [{"id": "g", "name": "g", "connections": [{"id": "c"}]}], "limit": 50}"#
    let connection =
      #"[{"id": "c", "name": "c", "resource_type": "vpn_gateway_connection", "peer_cidrs": ["10.9.0.0/24"]}]"#
    #expect(
      !Self.facts(Self.servers, Self.subnets, route, gateway, connection).contains { $0.hasPrefix("the input has") })
    #expect(
      Self.facts(Self.subnets, connection).contains("the input has connections, and does not tell of which VPN gateway")
    )
  }

  // MARK: Without a meaning

  @Test func `a file that cannot be read is told in what is written`() throws {
    let written = try #require(ModelWriter.model(of: Self.file([Self.servers, Self.subnets, #"{"vpcs": [{"id": "v"#])))
    #expect(!written.isSound)
    #expect(written.text.contains("\n# Not carried over: what 2.json says; it cannot be read as JSON (2.json:1:18).\n"))
  }

  /// YAML has nothing against it.
  @Test func `a tab in a JSON text is told as one`() throws {
    let report = Imported.report(Imported.file("{\"vpcs\": [{\"id\": \"a\tb\"}]}"))
    let finding = try #require(report.findings.first?.finding)
    #expect(finding.message == "the file has a tab inside a JSON text")
    #expect(finding.primary.text == "a tab, which a JSON text may not have as it is")
    #expect(finding.help == ["write `\\t` for it"])
  }

  /// The file is refused; until it is mended nothing is told twice.
  @Test func `a server with two names has its routes missing once`() {
    let server =
      #"{"vpn_servers": [{"id": "s", "name": "vpn", "name": "other", "client_ip_pool": "192.168.252.0/22"}], "#
    #expect(Self.facts(server + #""limit": 50}"#).filter { $0.contains("routes") }.count == 1)
  }
}
