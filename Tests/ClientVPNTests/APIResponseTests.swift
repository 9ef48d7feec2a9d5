import ClientVPN
import IPv4Space
import Testing

/// Output of the API can be pasted (SPEC §1): no shape of it is a mistake.
struct APIResponseTests {
  /// A model of pasted answers: pages where lists are expected, and objects where names are.
  private static func model(routingTableRoutes: String? = nil) -> String {
    var tables = APIResponse.routingTables
    if let routes = routingTableRoutes {
      let reference = #"[{"id": "r022-x", "href": "https://…", "name": "ibm-vpn-server-…"}]"#
      tables = tables.replacing(reference, with: routes)
    }
    let end = APIResponse.server.lastIndex(of: "}") ?? APIResponse.server.endIndex
    let server =
      APIResponse.server[..<end]
      + #", "routes": \#(APIResponse.serverRoutes), "clients": \#(APIResponse.serverClients)}"#
    return #"""
      {"vpc": {
        "id": "r022-vpc", "crn": "crn:…", "href": "https://…", "name": "main", "resource_type": "vpc", "status": "available",
        "created_at": "2026-08-01T00:00:00Z", "classic_access": false,
        "default_network_acl": {"id": "r022-acl", "crn": "crn:…", "href": "https://…", "name": "vpn-acl"},
        "default_routing_table": {"id": "r022-rt", "crn": "crn:…", "href": "https://…", "name": "default-rt"},
        "default_security_group": {"id": "r022-sg", "crn": "crn:…", "href": "https://…", "name": "vpn-sg"},
        "address_prefixes": \#(APIResponse.addressPrefixes),
        "subnets": \#(APIResponse.subnets),
        "routing_tables": \#(tables),
        "network_acls": \#(APIResponse.networkACLs),
        "security_groups": \#(APIResponse.securityGroups)},
       "vpn_servers": {"vpn_servers": [\#(server)], "first": {"href": "https://…"}, "limit": 50, "total_count": 1}}
      """#
  }

  @Test(arguments: [true, false])
  func pastedAnswersHaveNoProblems(_ isJSON: Bool) {
    let decoded = Decoded(Self.model(), json: isJSON)
    #expect(decoded.problems.isEmpty, "\(decoded.problems)")
    #expect(decoded.server.routes?.elements.count == 2 && decoded.server.clients?.elements.count == 1)
    #expect(decoded.server.dnsServers?.elements.count == 2 && decoded.server.mode == .split)
    #expect(
      decoded.model.vpc.subnets.elements.count == 1 && decoded.model.vpc.subnets.elements[0].networkACL?.index == 0)
    #expect(decoded.model.vpc.securityGroups?.elements.first?.rules?.elements.count == 2)
    #expect(
      decoded.model.vpc.routingTables?.elements.first?.routes == nil, "references to routes are not modelled routes")
  }

  @Test func pageOfRoutesIsAList() throws {
    let decoded = Decoded(Self.model(routingTableRoutes: APIResponse.routingTableRoutes), json: true)
    #expect(decoded.problems.isEmpty, "\(decoded.problems)")
    let route = try #require(decoded.model.vpc.routingTables?.elements.first?.routes?.elements.first)
    #expect(route.nextHop?.value.description == "10.0.9.4" && route.creator?.value == "team-vpn")
  }

  @Test(arguments: [
    #"{"code": "cannot_create_vpc_route", "message": "…", "more_info": "https://…"}"#, #""cannot_create_vpc_route""#,
  ])
  func reasonsAreCodesOrObjects(_ reason: String) {
    let decoded = Decoded.server("health_reasons: [\(reason)]")
    #expect(decoded.problems.isEmpty && decoded.server.healthReasons.map(\.value) == ["cannot_create_vpc_route"])
  }

  @Test func connectionIsANextHopWithoutAddress() {
    let decoded = Decoded.vpc(
      """
      subnets: []
      routing_tables:
        - name: t
          routes:
            - {destination: 10.0.0.0/8, action: deliver, next_hop: {id: a, href: b, name: c, resource_type: vpn_gateway_connection}}
            - {destination: 11.0.0.0/8, action: drop, next_hop: {address: 0.0.0.0}}
      """)
    #expect(decoded.problems.isEmpty, "\(decoded.problems)")
  }

  @Test func deletedReferencesAreReferences() {
    #expect(Decoded.server("subnets: [{id: x, name: y, deleted: {more_info: z}}]").problems.isEmpty)
  }
}
