import ClientVPN
import Importing
import IPv4Space
import Linting
import SourceText
import SourceTree
import Testing
import TestSupport

/// Answers of the API in every form and order.
struct IBMTests {
  private static let api = Repository.files(below: "samples/import/api", withSuffix: ".json")
  private static let base = "https://jp-tok.iaas.cloud.ibm.com/v1"

  @Test(arguments: [1, 2, 3, UInt64.random(in: 4...UInt64(UInt32.max))])
  func `files in any order are one network`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let expected = try Imported.findings(Imported.joined(Self.api))
    let shuffled = Self.api.shuffled(using: &random)
    #expect(try Imported.findings(Imported.joined(shuffled)) == expected, "seed \(seed)")
    #expect(try Imported.verdicts(Imported.joined(shuffled)) == Imported.verdicts(Imported.joined(Self.api)))
  }

  @Test func `a finding names the file in which it lies`() throws {
    let report = try Imported.report(Imported.joined(Self.api))
    let lines = LineIndex(report.file)
    let found = try #require(report.findings.first { $0.finding.rule == "stale-client-session" })
    let labels = found.finding.labels.map { lines.position($0.span.start) }
    #expect(labels.contains { $0.file == "samples/import/api/vpn_server_clients.json" && $0.line == 20 })
    #expect(found.jsonPath == "name")
  }

  @Test func `bare arrays, pages and objects are told apart`() throws {
    let vpc = #"{"id": "v", "name": "main", "resource_type": "vpc"}"#
    let server = """
      {"id": "s", "name": "vpn", "client_ip_pool": "192.168.252.0/22", "enable_split_tunneling": true,
       "vpc": \(vpc), "subnets": [], "href": "\(Self.base)/vpn_servers/s"}
      """
    let subnet = """
      {"id": "n", "name": "app", "ipv4_cidr_block": "10.0.0.0/24", "vpc": \(vpc), "zone": {"name": "jp-tok-1"}}
      """
    let route = #"{"id": "r", "name": "app", "destination": "10.0.0.0/24", "action": "deliver""#
    let routes = #"{"first": {"href": "\#(Self.base)/vpn_servers/s/routes?limit=50"}, "limit": 50, "routes": ["#
    for servers in [server, "[\(server)]", #"{"limit": 50, "vpn_servers": [\#(server)]}"#] {
      for list in [
        "\(routes)\(route)}]}", "\(route), \"href\": \"\(Self.base)/vpn_servers/s/routes/r\"}",
        "[\(route), \"resource_type\": \"vpn_server_route\"}]",
      ] {
        let file = SourceFile(
          joining: [servers, "[\(subnet)]", list].enumerated().map { Imported.file($1, name: "\($0).json") })
        #expect(Imported.verdicts(file) == ["vpn/app: reachable"])
      }
    }
  }

  @Test func `a server without its routes is undetermined, one with none reaches nothing`() {
    let server =
      #"{"id": "s", "name": "vpn", "resource_type": "vpn_server", "client_ip_pool": "192.168.252.0/22", "#
      + #""enable_split_tunneling": true}"#
    let subnet = #"{"id": "n", "name": "app", "resource_type": "subnet", "ipv4_cidr_block": "10.0.0.0/24"}"#
    let unknown = #"{"vpn_servers": [\#(server)], "subnets": [\#(subnet)]}"#
    #expect(Imported.verdicts(unknown) == ["vpn/app: undetermined"])
    #expect(Imported.rules(unknown).contains("input-incomplete"))
    let page =
      #"{"first": {"href": "\#(Self.base)/vpn_servers/s/routes"}, "limit": 50, "total_count": 0, "routes": []}"#
    let empty = SourceFile(joining: [Imported.file(unknown), Imported.file(page, name: "routes.json")])
    #expect(Imported.verdicts(empty) == ["vpn/app: unreachable"])
    #expect(Imported.findings(empty).contains { $0.hasPrefix("split-tunnel-without-server-routes") })
  }

  @Test func `a list that ends before its last page is told`() {
    let text = """
      {"first": {"href": "\(Self.base)/subnets?limit=1"}, "next": {"href": "\(Self.base)/subnets?start=x"}, "limit": 1,
       "total_count": 2, "subnets": [{"id": "n", "name": "app", "ipv4_cidr_block": "10.0.0.0/24"}],
       "vpn_servers": [{"id": "s", "name": "vpn", "client_ip_pool": "192.168.252.0/22", "routes": []}]}
      """
    let gaps = Imported.models(text).flatMap(\.gaps).map(\.fact)
    #expect(gaps.contains { $0.contains("1 of the 2 subnets") })
  }

  @Test func `rules of an ACL stand in the order of the API`() throws {
    let acl = try #require(Imported.models(Imported.joined(Self.api)).first?.vpc.networkACLs?.elements.first)
    #expect(acl.rules?.elements.compactMap { $0.name?.value } == ["in", "out"])
  }

  @Test func `workloads have address, groups and floating address`() throws {
    let models = try Imported.models(Imported.joined(Self.api))
    let web = try #require(models.first?.vpc.workloads?.elements.first { $0.name.value == "web" })
    #expect(web.address?.value.description == "10.0.0.5")
    #expect(web.floatingIP?.value.description == "203.0.113.20")
    #expect(web.securityGroups?.elements.map(\.text) == ["apps"])
    let storage = try #require(models.first?.vpc.workloads?.elements.first { $0.name.value == "storage" })
    #expect(storage.kind?.value == "endpoint_gateway")
    #expect(storage.subnet?.text == "app")
  }

  @Test func `networks behind a VPN gateway are those that routes send to it`() throws {
    let networks = try #require(Imported.models(Imported.joined(Self.api)).first?.networks?.elements)
    #expect(networks.map(\.name.value) == ["office"])
    #expect(networks.first?.cidrs.map(\.value.description) == ["10.20.0.0/16"])
    #expect(networks.first?.via.value == .vpnGateway)
  }

  @Test func `a transit gateway makes networks of other VPCs`() throws {
    let models = Imported.models(try Repository.file("samples/import/dump-two-vpcs.json"))
    #expect(models.map { $0.vpc.name?.value } == ["hub", "spoke"])
    #expect(models.map { $0.networks?.elements.map(\.name.value) } == [["spoke"], ["hub"]])
    #expect(models[0].networks?.elements[0].cidrs.map(\.value.description) == ["10.1.0.0/16"])
  }

  /// A word that the API may have tomorrow is no mistake where nothing depends on it, and is named where something does.
  @Test func `unknown words are kept and named`() throws {
    let server = """
      {"vpn_servers": [{"id": "s", "name": "vpn", "resource_type": "vpn_server", "client_ip_pool": "192.168.252.0/22",
        "lifecycle_state": "dreaming", "health_state": "elated", "enable_split_tunneling": true,
        "client_authentication": [{"method": "username", "identity_provider": {"provider_type": "oidc"}}],
        "routes": [{"destination": "10.0.0.0/24", "action": "teleport", "name": "app", "lifecycle_state": "new"}]}],
       "subnets": [{"id": "n", "name": "app", "ipv4_cidr_block": "10.0.0.0/24", "status": "shining"}]}
      """
    let model = try #require(Imported.models(server).first)
    #expect(model.servers[0].lifecycleState?.value == "dreaming")
    #expect(model.servers[0].authentication?.elements[0].partnerIsUnknown == true)
    #expect(Imported.verdicts(server) == ["vpn/app: undetermined"])
    let messages = Imported.report(Imported.file(server)).findings.map(\.finding.message)
    #expect(["teleport", "oidc"].allSatisfy { word in messages.contains { $0.contains(word) } })
    #expect(ModelWriter.model(of: Imported.file(server))?.text.contains("action: teleport") == true)
  }

  /// With a rule that cannot be understood nothing is known of the filter.
  @Test func `unknown words in filters leave the filter undetermined`() throws {
    let text = """
      {"network_acls": [{"id": "a", "name": "acl", "rules": [{"name": "x", "action": "ponder", "direction": "inbound",
        "protocol": "tcp", "source": "0.0.0.0/0", "destination": "0.0.0.0/0"}], "subnets": [{"id": "n", "name": "app"}]}],
       "subnets": [{"id": "n", "name": "app", "ipv4_cidr_block": "10.0.0.0/24"}],
       "vpn_servers": [{"id": "s", "name": "vpn", "resource_type": "vpn_server", "client_ip_pool": "192.168.252.0/22",
         "enable_split_tunneling": true, "routes": [{"destination": "10.0.0.0/24"}]}]}
      """
    #expect(Imported.verdicts(text) == ["vpn/app: undetermined"])
    #expect(
      Imported.models(text).flatMap(\.gaps).map(\.fact) == ["`action` of rule `x` is `ponder`, which is not known here"]
    )
    let yaml = try #require(ModelWriter.model(of: Imported.file(text))?.text)
    #expect(Imported.verdicts(SourceFile(name: "model.yaml", bytes: Array(yaml.utf8))) == ["vpn/app: undetermined"])
  }

  @Test func `what the input lacks beside others is undetermined and told`() throws {
    let dump = """
      {"vpcs": [{"id": "v", "name": "main", "resource_type": "vpc"}],
       "subnets": [{"id": "n", "name": "app", "ipv4_cidr_block": "10.0.0.0/24", "network_acl": {"id": "z", "name": "zacl"}}],
       "network_acls": [{"id": "a", "name": "acl", "rules": [], "subnets": []}],
       "vpn_servers": [{"id": "s", "name": "vpn", "resource_type": "vpn_server", "client_ip_pool": "192.168.252.0/22",
         "enable_split_tunneling": true, "routes": [{"destination": "10.0.0.0/24"}]}]}
      """
    #expect(Imported.verdicts(dump) == ["vpn/app: undetermined"])
    #expect(Imported.models(dump).flatMap(\.gaps).map(\.fact).contains { $0.contains("`zacl`") })
  }

  /// Of standard input the name does not tell that it is JSON.
  @Test func `JSON is known by its beginning`() throws {
    let bytes = try Repository.file("samples/import/dump-two-vpcs.json").bytes
    let report = Imported.report(SourceFile(name: "<stdin>", bytes: bytes))
    #expect(report.servers.map(\.name) == ["team-vpn"])
    let flow = Imported.report(Imported.file("{vpc: {subnets: []}, vpn_servers: []}", name: "<stdin>"))
    #expect(flow.findings.map(\.finding.rule) == [])
  }

  @Test func `a key that is there twice is told with both places`() throws {
    let text = """
      {"vpn_servers": [{"id": "s", "name": "vpn", "resource_type": "vpn_server", "client_ip_pool": "192.168.252.0/22",
        "enable_split_tunneling": true, "enable_split_tunneling": false, "routes": []}], "subnets": []}
      """
    let finding = try #require(
      Imported.report(Imported.file(text)).findings.first { $0.finding.rule == "duplicate-key" })
    #expect(finding.finding.labels.count == 1)
    #expect(finding.jsonPath == "vpn_servers[0].enable_split_tunneling")
  }

  @Test func `a model stays a model`() {
    let model = """
      {"vpc": {"subnets": [{"name": "app", "ipv4_cidr_block": "10.0.0.0/24"}]},
       "vpn_servers": [{"name": "vpn", "client_ip_pool": "192.168.252.0/22", "enable_split_tunneling": true,
         "routes": [{"destination": "10.0.0.0/24"}]}]}
      """
    #expect(Imported.models(model).isEmpty)
    #expect(Imported.verdicts(model) == ["vpn/app: reachable"])
    #expect(ModelWriter.model(of: Imported.file(model))?.text.hasPrefix("vpc:\n  subnets:\n    - name: app\n") == true)
  }
}
