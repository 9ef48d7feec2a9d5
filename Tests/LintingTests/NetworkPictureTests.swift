import Linting
import Testing

/// What a picture shows singly, what it folds, and that nothing gets lost on the way.
struct NetworkPictureTests {
  private func pictures(_ text: String) throws -> [NetworkPicture] {
    let model = ModelFile(Run.file("net.yaml", text))
    #expect(model.report.findings.isEmpty)
    return try model.pictures(server: nil)
  }

  private func picture(_ text: String) throws -> NetworkPicture { try #require(try pictures(text).first) }

  /// A split tunnel with one route, 10.0.0.0/16, and these subnets of one zone.
  private func split(_ subnets: [String], more: String = "") -> String {
    """
    vpc: {name: tokyo, subnets: [\(subnets.map { "{\($0)}" }.joined(separator: ", "))]}
    vpn_servers:
      - name: client-vpn
        client_ip_pool: 192.168.252.0/22
        enable_split_tunneling: true
        routes: [{name: wide, destination: 10.0.0.0/16}]
    \(more)
    """
  }

  private func subnet(_ number: Int, _ rest: String = "") -> String {
    "name: s\(number), ipv4_cidr_block: 10.\(number / 256).\(number % 256).0/24\(rest)"
  }

  @Test(arguments: [
    (1, "", NetworkPicture.State.reached), (1, ", expect: unreachable", .exposed),
    (1, ", expect: any", .open(isReached: true)),
    (256, "", .missed), (256, ", expect: unreachable", .keptOut), (256, ", expect: any", .open(isReached: false)),
  ])
  func `a state is measured by what is wanted`(_ number: Int, _ expect: String, _ state: NetworkPicture.State) throws {
    let picture = try picture(split([subnet(number, expect)]))
    #expect(picture.zones.flatMap(\.items).map(\.state) == [state])
    #expect(picture.subnetsAsWanted == (state.isAsWanted ? 1 : 0))
  }

  @Test func `a part of a subnet is partly reached`() throws {
    let picture = try picture(split(["name: wide, ipv4_cidr_block: 10.0.0.0/15"]))
    let item = try #require(picture.zones.first?.items.first)
    #expect(item.state == .partly && item.outcome == "direct" && item.routes == ["wide"])
  }

  @Test func `what is not as wanted comes first and singly`() throws {
    let picture = try picture(split((250..<260).map { subnet($0) }))
    let items = try #require(picture.zones.first).items
    #expect(items.map(\.names) == (256..<260).map { ["s\($0)"] } + (250..<256).map { ["s\($0)"] })
    #expect(picture.folded == 0)
  }

  @Test func `many of one state stand in one box`() throws {
    let picture = try picture(split((200..<300).map { subnet($0) }))
    let items = try #require(picture.zones.first).items
    #expect(items.map(\.count) == [1, 1, 1, 1, 1, 1, 38, 56])
    #expect(
      items[6].state == .missed && items[6].outcome == "direct" && items[6].names == ["s262", "s263", "s264", "s265"])
    #expect(items[7].state == .reached && items[7].cidrs.isEmpty)
    #expect(picture.folded == 94 && picture.subnetCount == 100 && picture.subnetsAsWanted == 56)
  }

  @Test(arguments: [1, 8, 9, 30]) func `no subnet is lost in zones`(_ zones: Int) throws {
    let subnets = (0..<120).map { subnet($0 + 200, ", zone: z-\($0 % zones)") }
    let picture = try picture(split(subnets))
    #expect(picture.zones.count == min(zones, 8))
    #expect(picture.zones.reduce(0) { $0 + $1.count } == zones)
    #expect(picture.zones.flatMap(\.items).reduce(0) { $0 + $1.count } == 120)
    #expect(picture.subnetCount == 120)
    #expect(picture.zones.flatMap(\.items).count < 90)
  }

  @Test func `a zone with a fault is not among those that stand together`() throws {
    let quiet = (0..<20).map { subnet($0, ", zone: z-\($0)") }
    let picture = try picture(split(quiet + [subnet(256, ", zone: last")]))
    #expect(picture.zones.contains { $0.name == "last" && $0.count == 1 })
    #expect(picture.zones.last?.count == 14)
  }

  @Test func `a route tells what it decides for`() throws {
    let picture = try picture(
      split([subnet(1), subnet(2)], more: "networks: [{name: branch, cidrs: [10.0.128.0/17], via: vpn_gateway}]"))
    #expect(picture.routes.map(\.targets) == [["s1", "s2", "branch"]])
    #expect(picture.routes.first?.targetCount == 3 && picture.moreRoutes == 0)
    #expect(picture.networks.map(\.via) == ["vpn_gateway"] && picture.networkCount == 1)
  }

  @Test func `routes beyond a dozen are counted`() throws {
    let routes = (0..<40).map { "{destination: 10.\($0).0.0/16}" }.joined(separator: ", ")
    let text = split([subnet(1)]).replacing("{name: wide, destination: 10.0.0.0/16}", with: routes)
    let picture = try picture(text)
    #expect(picture.routes.count == 12 && picture.moreRoutes == 28)
  }

  @Test func `a site tells what it takes away`() throws {
    let sites = """
      client_sites:
        - {name: home, lan: 10.0.1.0/24, address: 10.0.1.9, gateway: 10.0.1.1}
        - {name: office, os: linux, lan: 172.20.0.0/24, address: 172.20.0.9, gateway: 172.20.0.1}
      """
    let picture = try picture(split([subnet(1), subnet(2), subnet(256)], more: sites))
    #expect(picture.sites.map(\.lost) == [["s1"], []])
    #expect(picture.sites.map(\.isDead) == [false, false])
    #expect(picture.sites[1].system == "linux" && picture.sites[1].lan == "172.20.0.0/24")
  }

  @Test func `a tunnel that leads into itself is told`() throws {
    let text = split([subnet(1)])
      .replacing("10.0.0.0/16", with: "203.0.113.0/24")
      .replacing("    routes:", with: "    public_ips: [203.0.113.10]\n    routes:")
    #expect(try picture(text).tunnel == .looped)
    #expect(try picture(split([subnet(1)])).tunnel == .up)
  }

  @Test func `there is a picture for each server of each document`() throws {
    let text = split([subnet(1)]) + "\n---\n" + split([subnet(2)])
    #expect(try pictures(text).map(\.document) == [0, 1])
    let model = ModelFile(Run.file("net.yaml", text))
    #expect(throws: ModelFile.Problem.self) { try model.pictures(server: "other") }
    #expect(throws: ModelFile.Problem.self) {
      try ModelFile(Run.file("a.yaml", "vpc: {subnets: []}")).pictures(server: nil)
    }
  }
}
