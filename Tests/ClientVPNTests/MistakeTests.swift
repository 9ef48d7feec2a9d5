import ClientVPN
import IPv4Space
import SourceText
import Testing

/// Mistakes are told where they are, one problem each, and what is evidently meant is used.
struct MistakeTests {
  // MARK: Keys

  @Test(arguments: [
    ("enable_split_tunneling: true", "split_tunnel: true"),
    ("client_dns_server_ips: [161.26.0.7]", "dns_servers: [161.26.0.8]"),
    ("client_idle_timeout: 600", "idle_timeout: 600"),
  ])
  func synonymsGoOneAtATime(_ long: String, _ short: String) {
    let (name, synonym) = (String(long.prefix { $0 != ":" }), String(short.prefix { $0 != ":" }))
    #expect(Decoded.server(long).problems.isEmpty && Decoded.server(short).problems.isEmpty)
    let both = Decoded.server("\(long)\n\(short)")
    #expect(both.problems.map(\.kind) == [.duplicateKey(synonym, synonym: name)])
    #expect(both.places == [synonym])
    #expect(both.text(both.problems.first?.other) == name)
  }

  @Test func cidrMeansBlock() {
    #expect(Decoded.vpc("subnets: [{name: app, cidr: 10.0.0.0/24}]").problems.isEmpty)
    let both = Decoded.vpc("subnets: [{name: app, cidr: 10.0.0.0/24, ipv4_cidr_block: 10.0.0.0/24}]")
    #expect(both.problems.map(\.kind) == [.duplicateKey("ipv4_cidr_block", synonym: "cidr")])
  }

  @Test func doubledKeyIsToldOnceAndTheFirstHolds() {
    let decoded = Decoded.server("port: 443\nport: 444")
    #expect(decoded.problems.map(\.kind) == [.duplicateKey("port", synonym: nil)])
    #expect(decoded.server.port?.value == 443)
  }

  @Test func misspeltRequiredKeyIsReadAsMeant() {
    let decoded = Decoded(
      "vpc: {subnet: [{nam: app, ipv4_cidr_blok: 10.0.0.0/24}]}\nvpn_server: [{name: v, client_ip_pol: 192.168.252.0/22}]\n"
    )
    #expect(decoded.places == ["subnet", "nam", "ipv4_cidr_blok", "vpn_server", "client_ip_pol"])
    for problem in decoded.problems {
      guard case .unknownKey(_, let nearest, nil) = problem.kind else {
        Issue.record("\(problem.kind)")
        continue
      }
      #expect(nearest != nil)
    }
    #expect(decoded.model.vpc.subnets.elements.first?.name.value == "app")
    #expect(decoded.server.clientPool?.value.description == "192.168.252.0/22")
  }

  @Test func misspeltSplitFlagLeavesFullTunnel() throws {
    let decoded = Decoded.server("enable_split_tuneling: true")
    let problem = try #require(decoded.problems.first)
    guard case .unknownKey("enable_split_tuneling", "enable_split_tunneling", let effect?) = problem.kind else {
      Issue.record("\(problem.kind)")
      return
    }
    #expect(effect.contains("all client traffic enters the tunnel"))
    #expect(decoded.problems.count == 1 && decoded.server.mode == .full && decoded.server.splitTunnelingMisspelt)
  }

  /// Renamed to its nearest key, an unknown one would be there twice: the key that stands for it is shown instead.
  @Test(arguments: [
    ("routes: [{destination: 10.0.0.0/24, destinatoin: 10.1.0.0/24}]", ["destination"]),
    ("enable_split_tunneling: true\nsplit_tunel: true", ["enable_split_tunneling"]),
    ("split_tunel: true\nenable_split_tuneling: true", [nil, "split_tunel"]),
    ("portt: 443\nport: 443", ["port"]),
  ])
  func takenKeyIsNotProposedAgain(_ keys: String, _ holders: [String?]) {
    let decoded = Decoded.server(keys)
    #expect(decoded.problems.map { decoded.text($0.other) } == holders, "\(decoded.problems.map(\.kind))")
  }

  @Test func mergedKeyMayBeReplacedByAMisspeltOne() {
    let decoded = Decoded(
      """
      vpc: {subnets: []}
      vpn_servers:
        - &base {name: one, client_ip_pool: 192.168.252.0/22, port: 1194}
        - {<<: *base, nam: two, client_ip_pool: 192.168.248.0/22}

      """)
    #expect(decoded.problems.map(\.kind) == [.unknownKey("nam", nearest: "name", effect: nil)])
    #expect(decoded.problems.map(\.other) == [nil])
  }

  @Test func keysOfTheAPIAreAccepted() {
    #expect(
      Decoded.server("crn: x\nhref: y\nresource_group: {id: a, name: b}\nresource_type: vpn_server").problems.isEmpty)
  }

  @Test func missingKeysAreTold() {
    let decoded = Decoded("vpc: {name: x}\n")
    #expect(
      decoded.problems.map(\.kind) == [.missingKey("vpn_servers"), .missingKey("subnets")]
        || decoded.problems.map(\.kind) == [.missingKey("subnets"), .missingKey("vpn_servers")])
  }

  @Test(arguments: [
    ("foo: bar\n", "foo"), ("{}", "{}"), ("name: app\nkind: Deployment\n", "app"), ("b: 1\na: 2\n", "b"),
  ])
  func anythingElseIsNoModel(_ text: String, _ place: String) {
    #expect(Decoded(text).problems.map(\.kind) == [.noModel])
    #expect(Decoded(text).places == [place])
  }

  @Test func modelWithoutItsKeysIsNoneButItsOtherKeysAreRead() {
    let decoded = Decoded("version: 2\nfoo: bar\n")
    #expect(
      decoded.problems.map(\.kind) == [
        .noModel, .unsupportedVersion("2"), .unknownKey("foo", nearest: nil, effect: nil),
      ])
    #expect(Decoded("vpn_server: []\n").problems.map(\.kind).contains(.missingKey("vpc")))
  }

  @Test(arguments: ["", "# nothing\n", "---\n...\n", "just text", "[]", "{}", "vpc:\nvpn_servers:\n", "42", "null"])
  func whateverItIsCanBeRead(_ text: String) {
    for problem in Decoded(text).problems { #expect(Int(problem.span.end) <= text.utf8.count) }
  }

  // MARK: Absent, null and empty

  @Test func absentIsNotModelledAndEmptyIsNone() {
    let absent = Decoded.vpc("subnets: []")
    #expect(
      absent.model.vpc.networkACLs == nil && absent.model.vpc.routingTables == nil && absent.model.networks == nil)
    #expect(absent.server.routes == nil && absent.server.splitTunneling == nil && absent.server.mode == .full)
    let empty = Decoded.vpc("subnets: []\nnetwork_acls: []\nrouting_tables: []\nsecurity_groups: []")
    #expect(
      empty.model.vpc.networkACLs?.elements.isEmpty == true && empty.model.vpc.routingTables?.elements.isEmpty == true)
    #expect(empty.problems.isEmpty)
  }

  @Test(arguments: ["", "null", "~", "Null", "NULL"])
  func nullIsAsIfAbsent(_ null: String) {
    let decoded = Decoded.server("enable_split_tunneling: \(null)\nroutes: \(null)\nport: \(null)\nname2: x")
    #expect(decoded.places == ["name2"])
    #expect(decoded.server.routes == nil && decoded.server.port == nil && decoded.server.mode == .full)
    #expect(Decoded("vpc: \(null)\nvpn_servers: []\n").problems.map(\.kind) == [.missingKey("vpc")])
  }

  // MARK: Flags and numbers

  @Test(arguments: [
    ("true", true), ("True", true), ("TRUE", true), ("yes", true), ("on", true), ("On", true), ("false", false),
    ("no", false),
    ("off", false), ("OFF", false),
  ])
  func plainFlags(_ written: String, _ value: Bool) {
    let decoded = Decoded.server("enable_split_tunneling: \(written)")
    #expect(decoded.problems.isEmpty && decoded.server.splitTunneling?.value == value)
  }

  @Test(arguments: ["\"true\"", "'true'", "!!str true", "'yes'"])
  func quotedFlagIsAWrongTypeAndUsed(_ written: String) throws {
    let decoded = Decoded.server("enable_split_tunneling: \(written)")
    guard case .wrongType("enable_split_tunneling", "true or false", _, "true")? = decoded.problems.first?.kind else {
      Issue.record("\(decoded.problems)")
      return
    }
    #expect(decoded.problems.count == 1 && decoded.server.mode == .split)
  }

  @Test(arguments: ["y", "1", "truee", "[true]", "{a: true}"])
  func otherFlagsAreWrongTypesAndNotUsed(_ written: String) {
    let decoded = Decoded.server("enable_split_tunneling: \(written)")
    guard case .wrongType(_, _, _, nil)? = decoded.problems.first?.kind else {
      Issue.record("\(decoded.problems)")
      return
    }
    #expect(decoded.problems.count == 1 && decoded.server.splitTunneling == nil)
  }

  @Test(arguments: ["0x1F", "010", "1_000", "1:30", "1.5", "1e3", "443tcp", "+443", ".inf", "٤٤٣"])
  func onlyDecimalsAreNumbers(_ written: String) {
    let decoded = Decoded.server("port: \(written)")
    guard case .wrongType("port", "a whole number", _, nil)? = decoded.problems.first?.kind else {
      Issue.record("\(written): \(decoded.problems)")
      return
    }
    #expect(decoded.problems.count == 1 && decoded.server.port == nil)
  }

  @Test(arguments: [
    ("443", 443), ("0", 0), ("-1", -1), ("99999999999999999999", Int.max), ("-99999999999999999999", Int.min),
  ])
  func decimalNumbers(_ written: String, _ value: Int) {
    let decoded = Decoded.server("port: \(written)")
    #expect(decoded.problems.isEmpty && decoded.server.port?.value == value)
  }

  @Test func quotedNumberIsAWrongTypeAndUsed() {
    let decoded = Decoded.server("port: \"1194\"")
    #expect(decoded.problems.count == 1 && decoded.server.port?.value == 1194 && decoded.places == ["\"1194\""])
  }

  // MARK: Addresses

  @Test(arguments: [
    ("10.0.0.0", IPv4Notation.Problem.lengthMissing), ("10.0.0.0/33", .lengthOutOfRange("33")),
    ("10.0.0/24", .notFourOctets), ("10.0.0.256/24", .octetTooLarge("256")), ("10.0.0.01/24", .leadingZero("01")),
    ("10.0.0.0/", .lengthOutOfRange("")), ("10.0.0.0/-1", .lengthOutOfRange("-1")), ("ten", .notFourOctets),
  ])
  func notACIDR(_ written: String, _ problem: IPv4Notation.Problem) {
    let decoded = Decoded.server("routes: [{destination: \"\(written)\"}]")
    #expect(decoded.problems.map(\.kind) == [.invalidCIDR(key: "destination", text: written, problem)])
    #expect(decoded.server.routesAreIncomplete)
  }

  @Test(arguments: ["2001:db8::/32", "::/0", "fe80::1/64"])
  func ipv6IsNotSupported(_ written: String) {
    #expect(Decoded.server("routes: [{destination: \"\(written)\"}]").problems.map(\.kind) == [.ipv6(written)])
    #expect(Decoded.server("client_dns_server_ips: [\"\(written.prefix { $0 != "/" })\"]").problems.count == 1)
  }

  // MARK: References

  @Test(arguments: [
    "app", "s-1", "{id: s-1, name: app}", "{id: s-1}", "{name: app}", "{id: s-1, name: other, crn: x, href: y}",
  ])
  func referencesByNameIdAndObject(_ written: String) {
    let decoded = Decoded.server("subnets: [\(written)]")
    #expect(decoded.problems.isEmpty && decoded.server.subnets?.elements.first?.index == 0, "\(decoded.problems)")
  }

  @Test func referenceToNothingNamesTheNearest() {
    let decoded = Decoded.server("subnets: [ap]")
    guard case .unresolvedReference("subnet", "ap", "app", ["app", "db"], _)? = decoded.problems.first?.kind else {
      Issue.record("\(decoded.problems)")
      return
    }
    #expect(decoded.places == ["ap"])
  }

  /// A subnet whose CIDR cannot be read is there all the same: it is found by its name and id, and near names name it.
  @Test func unreadableResourceCanBeReferredTo() {
    let subnets =
      "subnets: [{name: app, id: s-1, ipv4_cidr_block: 10.0.0.0/240}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]"
    func model(_ keys: String, _ expectation: String) -> Decoded {
      Decoded(
        """
        vpc: {\(subnets), workloads: [{name: to-app, subnet: app}]}
        vpn_servers: [{name: v, client_ip_pool: 192.168.252.0/22, \(keys)}]
        expectations: [{to: \(expectation), expect: any}]

        """)
    }
    #expect(model("subnets: [s-1], serves: [app]", "app").places == ["10.0.0.0/240"])
    let misspelt = model("subnets: [ap], serves: [ap]", "ap")
    #expect(misspelt.places == ["10.0.0.0/240", "ap", "ap", "ap"])
    for problem in misspelt.problems.dropFirst() {
      guard case .unresolvedReference(_, "ap", "app", let known, _) = problem.kind else {
        Issue.record("\(problem.kind)")
        continue
      }
      #expect(known.prefix(2) == ["db", "app"])
    }
  }

  /// What is unreadable is so for its own kind alone.
  @Test func nameOfAnUnreadableRouteIsNoSubnet() {
    let decoded = Decoded.server("subnets: [to-app]\nroutes: [{name: to-app, destination: 10.0.0.0/240}]")
    #expect(decoded.places == ["to-app", "10.0.0.0/240"])
  }

  @Test func objectOfTheAPIMayBeUnmodelled() {
    let decoded = Decoded.server("subnets: [{id: s-9, name: elsewhere}]\nsecurity_groups: [{id: g, name: g, crn: x}]")
    #expect(decoded.problems.isEmpty && decoded.server.subnets?.elements.first?.index == nil)
  }

  @Test func attachmentsMayBeStatedTwiceButNotDifferently() {
    let start = "subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, network_acl: one}]\n"
    #expect(Decoded.vpc(start + "network_acls: [{name: one, subnets: [app]}, {name: two}]").problems.isEmpty)
    let decoded = Decoded.vpc(start + "network_acls: [{name: one}, {name: two, subnets: [app]}]")
    #expect(
      decoded.problems.map(\.kind) == [
        .contradictingAttachment(kind: "network ACL", subnet: "app", here: "two", there: "one")
      ])
    let tables = Decoded.vpc(
      "subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]\n"
        + "routing_tables: [{name: one, subnets: [app]}, {name: two, subnets: [app]}]")
    #expect(tables.problems.count == 1)
  }

  @Test func namesAreUniqueWithinTheirKind() {
    let decoded = Decoded.vpc(
      "subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: app, ipv4_cidr_block: 10.1.0.0/24}]")
    #expect(decoded.problems.map(\.kind) == [.duplicateName(kind: "subnet", name: "app")])
  }

  // MARK: Anchors

  @Test func mergesGiveWayToWhatStandsThere() {
    let decoded = Decoded(
      """
      vpc: {subnets: []}
      vpn_servers:
        - &base {name: one, client_ip_pool: 192.168.252.0/22, port: 1194, enable_split_tunneling: true}
        - {<<: *base, name: two, client_ip_pool: 192.168.248.0/22}
        - {<<: [{port: 1195}, *base], name: three, client_ip_pool: 192.168.244.0/22}

      """)
    #expect(decoded.problems.isEmpty, "\(decoded.problems)")
    #expect(decoded.model.servers.map(\.name.value) == ["one", "two", "three"])
    #expect(decoded.model.servers.map { $0.port?.value } == [1194, 1194, 1195])
    #expect(decoded.model.servers.allSatisfy { $0.mode == .split })
  }

  @Test func aliasStandsForItsAnchor() {
    let decoded = Decoded.vpc(
      "subnets: [{name: app, ipv4_cidr_block: &block 10.0.0.0/24}]\naddress_prefixes: [{cidr: *block}]")
    #expect(decoded.problems.isEmpty)
    #expect(decoded.model.vpc.addressPrefixes?.elements.first?.cidr.value.description == "10.0.0.0/24")
  }

  @Test func mistakeBelowAnAnchorIsToldOnce() {
    let decoded = Decoded(
      """
      vpc: {subnets: []}
      vpn_servers:
        - &base {name: one, client_ip_pool: 192.168.252.0/22, port: "1194", colour: blue}
        - {<<: *base, name: two}

      """)
    #expect(decoded.places == ["\"1194\"", "colour"], "\(decoded.problems.map(\.kind))")
  }

  @Test(arguments: ["<<: text", "<<: 3", "<<: [1, 2]"])
  func mergeOfAnythingElseIsTold(_ merge: String) {
    #expect(Decoded.server(merge).problems.count >= 1)
  }

  // MARK: Many at once

  @Test func everyMistakeIsTold() {
    let decoded = Decoded(
      """
      version: 2
      vpc:
        classic_acess: true
        subnets:
          - {name: app, ipv4_cidr_block: 10.0.0.0/40}
          - {ipv4_cidr_block: 10.1.0.0/24}
          - {name: db, ipv4_cidr_block: 10.2.0.0/24, zone: [1], expect: maybe}
      vpn_servers:
        - name: client-vpn
          client_ip_pool: 192.168.252.0
          enable_split_tunneling: "true"
          port: 0x1F
          routes: [{destination: 10.0.0.0/24, action: delivr}, {action: deliver}]
          created_at: yesterday
      networks: [{name: onprem, cidrs: [2001:db8::/32], via: carrier_pigeon}]
      expectations: [{to: nowhere, expect: reachable}]

      """)
    #expect(
      decoded.places == [
        "2", "classic_acess", "10.0.0.0/40", "ipv4_cidr_block", "[1]", "maybe", "192.168.252.0", "\"true\"", "0x1F",
        "delivr",
        "action", "yesterday", "2001:db8::/32", "carrier_pigeon", "nowhere",
      ])
  }
}
