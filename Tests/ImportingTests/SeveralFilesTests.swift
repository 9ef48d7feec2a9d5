import ClientVPN
import Importing
import Linting
import SourceText
import Testing

/// Outputs of the command line: many files, of which some are empty, cut off, or of another kind.
struct SeveralFilesTests {
  private static let vpc =
    #"{"id": "v", "name": "main", "resource_type": "vpc", "crn": "crn:v1:x:public:is:jp-tok:a/1::vpc:v"}"#
  private static let server = """
    [{"id": "s", "name": "vpn", "resource_type": "vpn_server", "client_ip_pool": "192.168.252.0/22",
      "enable_split_tunneling": true, "vpc": \(vpc), "href": "https://x/v1/vpn_servers/s"}]
    """
  private static let subnets = #"[{"id": "n", "name": "app", "ipv4_cidr_block": "10.0.0.0/24", "vpc": \#(vpc)}]"#
  private static let routes =
    #"[{"id": "r", "name": "wide", "destination": "10.0.0.0/8", "action": "deliver", "resource_type": "vpn_server_route"}]"#

  private static func joined(_ texts: String...) -> SourceFile {
    SourceFile(
      joining: (["[\(vpc)]", server, subnets, routes] + texts).enumerated().map {
        Imported.file($1, name: "\($0).json")
      })
  }

  private static func rules(_ file: SourceFile) -> [String] {
    Imported.report(file).findings.filter { $0.finding.severity == .error }.map(\.finding.rule)
  }

  @Test(arguments: [(#"[{"id": "x", "#, "yaml-syntax"), ("<html>", "yaml-syntax"), (#"[{"hello": 1}]"#, "missing-key")])
  func `one bad file among many is told alone`(_ text: String, _ rule: String) throws {
    let file = Self.joined(text)
    #expect(Self.rules(file) == [rule])
    #expect(Imported.verdicts(file) == ["vpn/app: reachable"])
    let written = try #require(ModelWriter.model(of: file))
    #expect(written.text.contains("name: app"))
    #expect(!written.isSound)
  }

  @Test func `an empty list tells nothing, and says so`() throws {
    let file = Self.joined("[]")
    #expect(Self.rules(file) == [])
    #expect(Imported.models(file).flatMap(\.gaps).map(\.fact) == ["4.json is an empty list, and does not tell of what"])
    #expect(ModelWriter.model(of: file)?.isSound == true)
  }

  @Test func `a list of another kind is no model`() throws {
    let report = Imported.report(Imported.file(#"[{"hello": 1}]"#))
    #expect(report.findings.map(\.finding.message) == ["the document has neither `vpc` nor `vpn_servers`"])
  }

  @Test func `the closing line counts every file`() {
    let report = Report([Imported.report(Self.joined("[]"))], toolVersion: "")
    #expect(report.models == 5)
  }

  /// `ibmcloud tg connections GW --output json` names the gateway nowhere.
  @Test func `transit connections without a gateway are of one`() throws {
    let connections = """
      [{"id": "a", "name": "own", "network_type": "vpc", "network_id": "crn:v1:x:public:is:jp-tok:a/1::vpc:v"},
       {"id": "b", "name": "classic", "network_type": "classic"},
       {"id": "c", "name": "dl", "network_type": "directlink", "network_id": "crn:v1:x:public:directlink:dal03:a/1::connect:y"}]
      """
    let model = try #require(Imported.models(Self.joined(connections)).first)
    #expect(model.gaps.map(\.resource) == ["networks/classic", "networks/dl"])
    #expect(model.networksAreUnknown)
    // Something may be where nothing is known.
    let rules = Imported.report(Self.joined(connections)).findings.map(\.finding.rule)
    #expect(!rules.contains("route-destination-unrelated"))
    let strangers = connections.replacing("::vpc:v", with: "::vpc:w")
    #expect(Imported.models(Self.joined(strangers)).flatMap(\.gaps).count { $0.fact.contains("joins no VPC") } == 3)
  }

  /// New words are named in the input, in the comment, and in the model that is written.
  @Test func `new words are named everywhere`() throws {
    let text = """
      {"vpn_servers": [{"id": "s", "name": "vpn", "resource_type": "vpn_server", "client_ip_pool": "192.168.252.0/22",
        "enable_split_tunneling": true, "health_state": "shaky", "routes": [
          {"name": "app", "destination": "10.0.0.0/24", "action": "mirror"}, {"name": "b", "destination": "10.1.0.0/24"}]}],
       "subnets": [{"id": "n", "name": "app", "ipv4_cidr_block": "10.0.0.0/24"}],
       "routing_tables": [{"id": "t", "name": "main", "is_default": true,
         "accept_routes_from": [{"resource_type": "vpn_server"}, {"resource_type": "edge_router"}], "routes": []}]}
      """
    let file = Imported.file(text)
    let written = try #require(ModelWriter.model(of: file))
    #expect(written.isSound)
    for word in ["mirror", "shaky", "edge_router"] {
      #expect(Imported.models(file).flatMap(\.gaps).contains { $0.fact.contains("`\(word)`") }, "\(word)")
      #expect(
        written.text.split(separator: "\n").contains { $0.hasPrefix("# ") && $0.contains("`\(word)`") }, "\(word)")
      #expect(written.text.split(separator: "\n").contains { !$0.hasPrefix("#") && $0.contains(word) }, "\(word)")
    }
    let yaml = SourceFile(name: "model.yaml", bytes: Array(written.text.utf8))
    #expect(Imported.findings(yaml) == Imported.findings(file))
    #expect(Imported.verdicts(yaml) == Imported.verdicts(file))
  }

  @Test func `a page that is missing is told with what it lists`() {
    let page = """
      {"first": {"href": "https://x/v1/vpn_servers/s/routes?limit=1"}, "limit": 1, "total_count": 2,
       "routes": [{"id": "r1", "name": "wide", "destination": "10.0.0.0/8", "action": "deliver"}]}
      """
    let file = SourceFile(
      joining: ["[\(Self.vpc)]", Self.server, Self.subnets, page].enumerated().map {
        Imported.file($1, name: "\($0).json")
      })
    let model = Imported.models(file)[0]
    #expect(model.gaps.contains { $0.fact == "the input has 1 of the 2 routes of `vpn`: not every page is there" })
    #expect(model.servers[0].routesAreIncomplete)
  }

  /// Linting what an import wrote is linting the input, also where something is missing.
  @Test func `a server without its routes is the same in the model`() throws {
    let file = SourceFile(
      joining: [Self.server, Self.subnets].enumerated().map { Imported.file($1, name: "\($0).json") })
    let written = try #require(ModelWriter.model(of: file))
    let yaml = SourceFile(name: "model.yaml", bytes: Array(written.text.utf8))
    #expect(Imported.findings(yaml) == Imported.findings(file))
    #expect(Imported.verdicts(yaml) == ["vpn/app: undetermined"])
  }

  @Test func `of a key that is there twice the last value holds`() {
    let text = """
      {"vpn_servers": [{"id": "s", "name": "vpn", "resource_type": "subnet", "resource_type": "vpn_server",
        "client_ip_pool": "192.168.252.0/22", "port": 443, "port": null, "routes": []}], "subnets": []}
      """
    #expect(Imported.models(text).first?.servers.count == 1)
    #expect(Imported.rules(text).contains("duplicate-key"))
  }

  @Test func `a long text is cut in messages`() {
    let text = "\"\(String(repeating: "x", count: 100_000))\""
    let report = Imported.report(Imported.file(text))
    #expect(report.findings.count == 1)
    #expect(report.findings.allSatisfy { $0.finding.primary.text.utf8.count < 500 })
  }
}
