import ClientVPN
import SourceText
import Testing

/// Objects that say what they do not know.
struct NotKnownTests {
  @Test func `a flag that is not known is neither of its values`() {
    let decoded = Decoded.server("not_known: [enable_split_tunneling, port]\nroutes: []")
    #expect(decoded.problems.isEmpty)
    #expect(decoded.server.mode == .unknown)
    #expect(decoded.server.variants.map(\.mode) == [.full, .split])
    #expect(decoded.server.listenerIsUnknown)
    #expect(
      decoded.model.gaps.map(\.fact) == [
        "`enable_split_tunneling` of VPN server `client-vpn` is not known",
        "`port` of VPN server `client-vpn` is not known",
      ])
    #expect(decoded.text(decoded.model.gaps.last?.span) == "port")
  }

  @Test func `a list has the items that are known`() {
    let decoded = Decoded.server("not_known: [routes, subnets]\nroutes: [{destination: 10.0.0.0/24}]")
    #expect(decoded.problems.isEmpty)
    #expect(decoded.server.routes?.elements.count == 1)
    #expect(decoded.server.routesAreIncomplete)
    #expect(decoded.server.subnets?.isIncomplete == true)
    #expect(decoded.server.subnetsAreUnknown)
    #expect(decoded.model.gaps.first?.fact == "`routes` of VPN server `client-vpn` may have more than is written")
  }

  @Test func `a word beside it is kept and not understood`() throws {
    let decoded = Decoded.server(
      "routes: [{name: app, destination: 10.0.0.0/24, action: teleport, not_known: [action]}]")
    #expect(decoded.problems.isEmpty)
    #expect(try #require(decoded.server.routes?.elements.first).action == .unknown)
    #expect(!decoded.server.routesAreIncomplete)
    #expect(
      decoded.model.gaps.map(\.fact) == [
        "`action` of VPN server route `app` is not known; `teleport` is written there and does not count"
      ])
  }

  @Test func `a name beside it stands in for the one that is not known`() {
    let decoded = Decoded.vpc(
      """
      subnets: [{name: app, ipv4_cidr_block: 10.1.0.0/24, not_known: [name], network_acl: acl}]
      network_acls: [{name: acl, not_known: [name], rules: []}]
      """)
    #expect(decoded.problems.isEmpty)
    #expect(decoded.model.vpc.subnets.elements.map(\.name.value) == ["app"])
    #expect(decoded.model.vpc.subnets.elements.first?.networkACL?.index == 0)
    #expect(
      decoded.model.gaps.map(\.fact) == [
        "`name` of subnet `app` is not known; `app` stands in for it",
        "`name` of network ACL `acl` is not known; `acl` stands in for it",
      ])
  }

  @Test func `a server without its name is called by its id`() {
    let decoded = Decoded(
      """
      vpc: {subnets: []}
      vpn_servers: [{id: r006-1, client_ip_pool: 192.168.252.0/22, not_known: [name]}]
      """)
    #expect(decoded.problems.isEmpty)
    #expect(decoded.server.nameIsUnknown)
    #expect(decoded.server.name.value == "r006-1")
  }

  @Test func `a key that must be there need not be known`() {
    let decoded = Decoded.vpc(
      """
      subnets: [{name: app, not_known: [ipv4_cidr_block]}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]
      address_prefixes: [{name: zone1, not_known: [cidr]}]
      """)
    #expect(decoded.problems.isEmpty)
    #expect(decoded.model.vpc.subnets.elements.map(\.name.value) == ["db"])
    #expect(decoded.model.placesAreIncomplete)
    #expect(decoded.model.addressPrefixesAreIncomplete)
  }

  @Test func `rules that are not wholly known make the others uncertain`() {
    let decoded = Decoded.vpc(
      """
      subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, not_known: [network_acl]}]
      network_acls: [{name: open, rules: [{direction: inbound, action: allow, protocol: tcp, not_known: [source]}]}]
      """)
    #expect(decoded.problems.isEmpty)
    #expect(decoded.model.vpc.networkACLs?.elements.first?.rulesAreUnknown == true)
    #expect(decoded.model.vpc.subnets.elements.first?.networkACL?.isUnknown == true)
  }

  @Test func `a name of no key is a mistake`() {
    let decoded = Decoded.server("not_known: [prot]")
    #expect(decoded.places == ["prot"])
    guard case .invalidValue("not_known", "prot", _, let nearest) = decoded.problems.first?.kind else {
      Issue.record("\(decoded.problems)")
      return
    }
    #expect(nearest == "port")
  }

  @Test func `a new word of the API is named`() {
    let decoded = Decoded.server("health_state: shaky\nlifecycle_state: stable")
    #expect(decoded.problems.isEmpty)
    #expect(decoded.server.healthState?.value == "shaky")
    #expect(
      decoded.model.gaps.map(\.fact) == [
        "`health_state` of VPN server `client-vpn` is `shaky`, which is not known here"
      ])
  }
}
