import ClientVPN
import Importing
import Linting
import SourceText
import SourceTree
import Testing

/// What a plan does not tell of servers, tables and subnets until apply: the resource stays, and the model says what of it
/// is not known.
struct UnknownServerTests {
  private static func gaps(_ plan: Plan) -> [ImportGap] { Imported.models(plan.text).flatMap(\.gaps) }

  private static func yaml(_ plan: Plan) -> String { ModelWriter.model(of: Imported.file(plan.text))?.text ?? "" }

  /// The model that an import writes.
  private static func written(_ plan: Plan) -> Model? {
    let tree = SourceTree.read(SourceFile(name: "model.yaml", bytes: Array(yaml(plan).utf8)))
    return tree.documents.first.map { Decoder.model(of: $0, in: tree) }
  }

  // MARK: Pool

  private static func withoutPool(configured: Bool = true) -> Plan {
    let pool = configured ? ["client_ip_pool": "random_integer.a.result"] : [:]
    return Plan(
      server: Plan.server.replacing(
        #""client_ip_pool": "192.168.252.0/22", "#, with: #""enable_split_tunneling": true, "#),
      ["subnets": "ibm_is_subnet.vpn.id"].merging(pool) { $1 }, unknown: #""client_ip_pool": true"#)
  }

  @Test(arguments: [true, false])
  func `a server stays without its pool`(isConfigured: Bool) throws {
    let plan = Self.withoutPool(configured: isConfigured)
    let server = try #require(Imported.models(plan.text).first?.servers.first)
    #expect(server.name.value == "team-vpn")
    #expect(server.clientPool == nil)
    #expect(server.routes?.elements.count == 1)
    let gap = try #require(Self.gaps(plan).first)
    #expect(Self.gaps(plan).count == 1)
    #expect(gap.fact == "the client pool of VPN server `team-vpn` is not known until apply")
    #expect(gap.consequence.contains("random_integer.a.result") == isConfigured)
    #expect((gap.resource, gap.field) == ("vpn_servers/team-vpn", "client_ip_pool"))
    #expect(!Imported.rules(plan.text).contains("missing-key"))
  }

  @Test func `a model that is written says that the pool is not known`() throws {
    let plan = Self.withoutPool()
    #expect(Self.yaml(plan).contains("not_known:\n      - client_ip_pool\n"))
    let model = try #require(Self.written(plan))
    #expect(model.problems.isEmpty)
    #expect(model.servers.map(\.name.value) == ["team-vpn"])
    #expect(model.gaps.map(\.fact) == ["`client_ip_pool` of VPN server `team-vpn` is not known"])
  }

  /// What names the server does not name nothing.
  @Test func `a server without its pool can be named`() {
    var plan = Self.withoutPool()
    plan.add("ibm_is_security_group", "g", #""name": "g""#, ["vpc": "ibm_is_vpc.main.id"])
    plan.add(
      "ibm_is_security_group_target", "t", "",
      ["security_group": "ibm_is_security_group.g.id", "target": "ibm_is_vpn_server.vpn.id"])
    #expect(!Imported.rules(plan.text).contains("unresolved-reference"))
  }

  // MARK: Words

  @Test func `a protocol of tomorrow is not known`() throws {
    let plan = Plan(server: #"\#(Plan.server), "enable_split_tunneling": true, "protocol": "quic""#)
    #expect(Self.gaps(plan).map(\.fact) == ["`protocol` of VPN server `team-vpn` is `quic`, which is not known here"])
    #expect(Imported.models(plan.text)[0].servers[0].listenerIsUnknown)
    #expect(!Imported.rules(plan.text).contains("protocol-unknown"))
    #expect(Self.yaml(plan).contains("protocol: quic"))
  }

  @Test func `an identity provider of tomorrow is not known`() {
    let plan = Plan(
      server: #"\#(Plan.server.replacing(#""iam""#, with: #""okta""#)), "enable_split_tunneling": true"#)
    #expect(
      Self.gaps(plan).map(\.fact) == [
        "`identity_provider` of VPN server `team-vpn` is `okta`, which is not known here"
      ])
    #expect(Imported.models(plan.text)[0].servers[0].authentication?.elements[0].partnerIsUnknown == true)
  }

  // MARK: Names

  @Test(arguments: [
    ("ibm_is_vpn_server.vpn", "vpn_servers/vpn", "VPN server"), ("ibm_is_subnet.net", "vpc/subnets/net", "subnet"),
    ("ibm_is_network_acl.acl", "vpc/network_acls/acl", "network ACL"),
    ("ibm_is_security_group.group", "vpc/security_groups/group", "security group"),
    ("ibm_is_vpc_routing_table.table", "vpc/routing_tables/table", "routing table"),
  ])
  func `a name that is not known is said to stand in`(_ address: String, _ path: String, _ words: String) throws {
    var plan = Plan()
    let parts = address.split(separator: ".").map(String.init)
    if parts[1] == "vpn" {
      plan = Plan(["subnets": "ibm_is_subnet.vpn.id", "name": "random_pet.a.id"])
      for (list, text) in [(\Plan.resources, #""name": "team-vpn", "#), (\Plan.changes, #""name": "team-vpn", "#)] {
        plan[keyPath: list] = plan[keyPath: list].map { $0.replacing(text, with: "") }
      }
    } else {
      plan.add(
        parts[0], parts[1], #""zone": "jp-tok-1", "ipv4_cidr_block": "10.0.3.0/24""#,
        ["vpc": "ibm_is_vpc.main.id", "name": "random_pet.a.id"], unknown: #""name": true"#)
    }
    let gap = try #require(Self.gaps(plan).first { $0.field == "name" })
    #expect(gap.resource == path)
    #expect(gap.fact == "the name of \(words) `\(address)` is not known until apply")
    #expect(gap.consequence == "it comes from `random_pet.a.id`; here it is called `\(parts[1])`, after its address")
    #expect(Self.gaps(plan).count { $0.field == "name" } == 1)
    let model = try #require(Self.written(plan))
    #expect(model.problems.isEmpty)
    let name = path.split(separator: "/").last ?? ""
    #expect(
      model.gaps.map(\.fact).contains {
        $0.hasPrefix("`name` of ") && $0.hasSuffix("is not known; `\(name)` stands in for it")
      })
  }

  /// What the service calls it is nobody's doing: no one will look for it.
  @Test func `a name that nobody gives is no gap`() {
    var plan = Plan()
    plan.add("ibm_is_network_acl", "acl", "", ["vpc": "ibm_is_vpc.main.id"], unknown: #""name": true"#)
    #expect(!Self.gaps(plan).contains { $0.field == "name" })
  }

  /// A label of Terraform is no name that the service refuses.
  @Test func `what stands in for a name is not judged as one`() throws {
    let server = "{name: Team_VPN, client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, not_known: [name]}"
    for text in [server, server.replacing("name: Team_VPN, ", with: "")] {
      let report = Imported.report(
        SourceFile(name: "model.yaml", bytes: Array("vpc: {subnets: []}\nvpn_servers: [\(text)]".utf8)))
      #expect(!report.findings.map(\.finding.rule).contains("server-name-invalid"))
    }
  }

  // MARK: Tables and subnets

  @Test(arguments: [
    "advertise_routes_to", "route_direct_link_ingress", "route_internet_ingress", "route_transit_gateway_ingress",
    "route_vpc_zone_ingress",
  ])
  func `what a table does with traffic from elsewhere is not known`(_ key: String) throws {
    var plan = Plan()
    plan.add(
      "ibm_is_vpc_routing_table", "t", #""name": "t""#, ["vpc": "ibm_is_vpc.main.id", key: "local.flag"],
      unknown: #""\#(key)": true"#)
    let gap = try #require(Self.gaps(plan).first { $0.field == key })
    #expect(gap.fact == "`\(key)` of routing table `t` is not known until apply")
    #expect(Self.yaml(plan).contains("not_known:\n        - \(key)"))
  }

  @Test func `a public gateway that is not known has no name`() throws {
    var plan = Plan()
    plan.add(
      "ibm_is_subnet", "db", #""name": "db", "zone": "jp-tok-1", "ipv4_cidr_block": "10.0.1.0/24""#,
      ["vpc": "ibm_is_vpc.main.id", "public_gateway": "module.net.gateway"], unknown: #""public_gateway": true"#)
    let gap = try #require(Self.gaps(plan).first { $0.field == "public_gateway" })
    #expect(gap.fact == "the public gateway of subnet `db` is not known until apply")
    #expect(Imported.models(plan.text)[0].vpc.subnets.elements.allSatisfy { $0.publicGateway == nil })
    #expect(Self.yaml(plan).contains("not_known:\n        - public_gateway"))
    #expect(!Self.yaml(plan).contains("public_gateway: "))
  }

  @Test func `a gateway that is attached to a subnet that is not known may be any one's`() {
    var plan = Plan()
    plan.add("ibm_is_public_gateway", "g", #""name": "g", "zone": "jp-tok-1""#, ["vpc": "ibm_is_vpc.main.id"])
    plan.add(
      "ibm_is_subnet_public_gateway_attachment", "a", "",
      ["subnet": "local.subnet", "public_gateway": "ibm_is_public_gateway.g.id"])
    #expect(Self.yaml(plan).contains("not_known:\n        - public_gateway"))
  }

  /// Without a configuration nothing tells what gives the VPC; that is said, not a word that stands for it.
  @Test func `a VPC that is not known is told with the reason`() throws {
    var plan = Plan()
    plan.changes = plan.changes.map { change in
      change.contains("ibm_is_subnet.app")
        ? change.replacing(#""after_unknown": {"#, with: #""after_unknown": {"vpc": true"#) : change
    }
    plan.configuration = []
    let gap = try #require(Self.gaps(plan).first { $0.fact.hasPrefix("the VPC of") })
    #expect(gap.fact == "the VPC of `ibm_is_subnet.app` is not known until apply")
    #expect(
      gap.consequence
        == "the input does not tell what gives it; the resource is taken to be in the only VPC of the input")
  }

  // MARK: Once

  @Test func `a route without a name is told once`() {
    var plan = Plan(route: false)
    plan.add(
      "ibm_is_vpn_server_route", "a", #""action": "deliver""#,
      ["vpn_server": "ibm_is_vpn_server.vpn.id", "destination": "local.cidr"], unknown: #""destination": true"#)
    #expect(
      Self.gaps(plan).map(\.fact) == ["`destination` of `ibm_is_vpn_server_route.a` is not known until apply"])
  }
}
