import ClientVPN
import Forwarding
import Testing

/// A comparison with a model that does not tell names: what it calls something by instead is no new name.
struct UnknownNameTests {
  private static let old = """
    vpc:
      subnets:
        - {id: n-1, name: app, ipv4_cidr_block: 10.0.0.0/24, public_gateway: gate}
        - {name: db, ipv4_cidr_block: 10.0.1.0/24}
      network_acls: [{name: acl, rules: []}]
    vpn_servers:
      - {id: s-1, name: team, client_ip_pool: 192.168.252.0/22, routes: []}

    """

  /// Kind and name of each change, and whether the servers are said to be not compared.
  private static func changes(_ edits: (String, String)..., from old: String = old) throws -> [String] {
    let new = edits.reduce(old) { $0.replacing($1.0, with: $1.1) }
    let comparison = Comparison(try analysis(old), try analysis(new))
    return comparison.changes.map { "\($0.kind) \($0.name ?? "")" }
      + comparison.notCompared.filter { $0.thing == .server }.map { "? new: \($0.isUnknownInNew)" }
  }

  @Test func `what stands in for a name is no renaming`() throws {
    #expect(try Self.changes(("name: team", "name: vpn")) == ["server-renamed vpn"])
    #expect(try Self.changes(("name: team", "name: vpn, not_known: [name]")) == [])
    #expect(try Self.changes(("name: app", "name: x")) == ["subnet-renamed x"])
    #expect(try Self.changes(("name: app", "name: x, not_known: [name]")) == [])
    let unknown = Self.old.replacing("name: app", with: "name: x, not_known: [name]")
    #expect(try Self.changes(("name: x, not_known: [name]", "name: app"), from: unknown) == [])
  }

  @Test func `something without its name may be what was there`() throws {
    #expect(try Self.changes(("name: acl", "name: x")) == ["network-acl-added x", "network-acl-removed acl"])
    #expect(try Self.changes(("name: acl", "name: x, not_known: [name]")) == [])
    // What comes to nothing that goes is new, whatever its name.
    let none = Self.old.replacing("{name: acl, rules: []}", with: "")
    #expect(
      try Self.changes(("network_acls: []", "network_acls: [{name: x, rules: [], not_known: [name]}]"), from: none)
        == ["network-acl-added x"])
  }

  @Test func `a subnet of which nothing is known may be one that was there`() throws {
    let edit = ("name: db, ipv4_cidr_block: 10.0.1.0/24", "name: x, not_known: [name, ipv4_cidr_block]")
    #expect(try Self.changes(edit) == [])
    #expect(try Self.changes(("    - {name: db, ipv4_cidr_block: 10.0.1.0/24}\n", "")) == ["subnet-removed db"])
  }

  @Test func `a server without its name may be what was there, and that is told`() throws {
    let other = ("id: s-1, name: team, client_ip_pool: 192.168.252.0/22", "name: vpn, client_ip_pool: 172.16.0.0/20")
    #expect(try Self.changes(other) == ["server-added vpn", "server-removed team"])
    #expect(try Self.changes(other, ("name: vpn", "name: vpn, not_known: [name]")) == ["? new: true"])
  }

  @Test func `a public gateway that is not known is no other one`() throws {
    #expect(try Self.changes((", public_gateway: gate", "")) == ["public-gateway-changed "])
    #expect(try Self.changes(("public_gateway: gate", "not_known: [public_gateway]")) == [])
  }
}
