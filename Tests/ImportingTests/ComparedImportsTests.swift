import ClientVPN
import Forwarding
import Importing
import Linting
import SourceText
import TestSupport
import Testing

/// Comparisons in which one input, or both, are imported.
struct ComparedImportsTests {
  private static func report(_ old: SourceFile, _ new: SourceFile) throws -> DiffReport {
    let importing: ModelImport = { Importer.model(from: $0) }
    let before = ModelFile(old, importing: importing)
    let after = ModelFile(new, number: ModelFile.newNumber, importing: importing)
    try #require(!before.report.isFailing && !after.report.isFailing)
    return DiffReport(before, after)
  }

  private static func report(_ old: String, _ new: String) throws -> DiffReport {
    try report(Imported.file(old, name: "old.json"), Imported.file(new, name: "new.json"))
  }

  private static func written(_ file: SourceFile) throws -> SourceFile {
    let text = try #require(ModelWriter.model(of: file)?.text)
    return SourceFile(name: "model.yaml", bytes: Array(text.utf8))
  }

  /// `kind sessions` of each edit.
  private static func edits(_ report: DiffReport) -> [String] {
    report.changes.map { "\($0.kind) \($0.sessions.rawValue)" }
  }

  // MARK: Whatever the inputs are

  private static let inputs = SampleTests.samples

  @Test(arguments: inputs) func `an input is not different from itself`(_ sample: SampleTests.Sample) throws {
    let report = try Self.report(sample.file, sample.file)
    #expect(report.changes.isEmpty && report.reachability == .unchanged && !report.isUndetermined)
    #expect(report.notCompared.isEmpty)
  }

  @Test(arguments: inputs) func `an input is not different from the model that is written of it`(
    _ sample: SampleTests.Sample
  ) throws {
    let model = try Self.written(sample.file)
    try #require(!ModelFile(model).report.isFailing)
    for report in [try Self.report(sample.file, model), try Self.report(model, sample.file)] {
      // What a plan makes anew is in no model.
      #expect(
        report.changes.filter { !$0.kind.hasSuffix("-replaced") }.map(\.title) == []
          && report.reachability == .unchanged, "\(report.verdict)")
      #expect(report.notCompared.isEmpty && !report.isUndetermined)
    }
  }

  @Test(arguments: inputs, inputs) func `what is gained one way is lost the other way`(
    _ old: SampleTests.Sample, _ new: SampleTests.Sample
  ) throws {
    for other in [try new.file, try Self.written(new.file)] {
      let there = try Self.report(old.file, other)
      let back = try Self.report(other, old.file)
      #expect(there.widened == back.narrowed && there.narrowed == back.widened)
      #expect(there.reachability.widens == back.reachability.narrows)
      #expect(there.isUndetermined == back.isUndetermined)
      #expect(there.notCompared.count == back.notCompared.count)
    }
  }

  // MARK: What a plan makes anew

  private static let server =
    #""name": "team-vpn", "client_ip_pool": "172.16.0.0/20", "enable_split_tunneling": true, "port": 443, "protocol": "udp""#
  private static let known =
    #""id": "r006-1", "hostname": "a.us-south.vpn-server.appdomain.cloud", "subnets": ["r006-s"], "security_groups": ["r006-g"]"#

  private static func resource(_ type: String, _ name: String, _ values: String) -> String {
    """
    {"address": "\(type).\(name)", "mode": "managed", "type": "\(type)", "name": "\(name)",
     "provider_name": "registry.terraform.io/ibm-cloud/ibm", "values": {\(values)}}
    """
  }

  private static let vpc = resource("ibm_is_vpc", "v", #""id": "r006-v", "name": "prod""#)

  private static func subnet(_ more: String) -> String {
    resource("ibm_is_subnet", "s", #""name": "app", "ipv4_cidr_block": "10.0.0.0/24", "vpc": "r006-v"\#(more)"#)
  }

  private static func route(_ values: String) -> String {
    resource("ibm_is_vpn_server_route", "r", #""vpn_server": "r006-1", "destination": "10.0.0.0/24", \#(values)"#)
  }

  private static let state = """
    {"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {"resources": [
      \(vpc), \(subnet(#", "id": "r006-s""#)), \(resource("ibm_is_vpn_server", "vpn", "\(server), \(known)")),
      \(route(#""name": "app", "action": "deliver", "vpn_route": "r006-r""#))]}}}
    """

  private static func change(_ type: String, _ name: String, _ actions: String, _ reason: String = "") -> String {
    """
    {"address": "\(type).\(name)", "mode": "managed", "type": "\(type)", "name": "\(name)",
     "change": {"actions": [\(actions)], "before": {}, "after": {}, "after_unknown": {"id": true}}\(reason)}
    """
  }

  private static func plan(_ resources: [String], _ changes: [String]) -> String {
    let references =
      #""expressions": {"vpn_server": {"references": ["ibm_is_vpn_server.vpn.vpn_server", "ibm_is_vpn_server.vpn"]}}"#
    return """
      {"format_version": "1.2", "planned_values": {"root_module": {"resources": [\(resources.joined(separator: ",\n"))]}},
       "configuration": {"root_module": {"resources": [
        {"address": "ibm_is_vpn_server_route.r", "mode": "managed", "type": "ibm_is_vpn_server_route", "name": "r", \(references)}]}},
       "resource_changes": [\(changes.joined(separator: ",\n"))]}
      """
  }

  private static let replacing = #""delete", "create""#
  private static let subnets = #", "subnets": ["r006-s"], "security_groups": ["r006-g"]"#
  private static let unchangedRoute = route(#""name": "app", "action": "deliver", "vpn_route": "r006-r""#)

  @Test(arguments: ["", #", "action_reason": "replace_because_tainted""#, #", "action_reason": "replace_by_request""#])
  func `a server that a plan makes anew throws off everybody`(_ reason: String) throws {
    let text = Self.plan(
      [
        Self.vpc, Self.subnet(#", "id": "r006-s""#),
        Self.resource("ibm_is_vpn_server", "vpn", Self.server + Self.subnets),
        Self.resource(
          "ibm_is_vpn_server_route", "r", #""destination": "10.0.0.0/24", "name": "app", "action": "deliver""#),
      ],
      [
        Self.change("ibm_is_vpn_server", "vpn", Self.replacing, reason),
        Self.change("ibm_is_vpn_server_route", "r", Self.replacing),
      ])
    let report = try Self.report(Self.state, text)
    #expect(Self.edits(report) == ["server-replaced new-profile"])
    #expect(report.sessions == .newProfile)
    #expect(report.findings.findings.map(\.finding.rule) == ["update-disconnects-clients"])
    #expect(try Self.report(text, text).changes.isEmpty)
    #expect(try Self.report(text, Self.state).sessions == SessionEffect.none)
  }

  @Test func `a server that a plan creates is none that stands`() throws {
    let text = Self.plan(
      [
        Self.vpc, Self.subnet(#", "id": "r006-s""#),
        Self.resource("ibm_is_vpn_server", "vpn", Self.server + Self.subnets),
      ],
      [Self.change("ibm_is_vpn_server", "vpn", #""create""#)])
    #expect(try Self.report(Self.state, text).changes.first?.kind == "server-replaced")
    let model = try Self.written(Imported.file(text))
    #expect(try Self.report(model, Imported.file(text)).changes.isEmpty)
  }

  @Test func `a group that is not in the input is told when it comes`() throws {
    let text = Self.state.replacing(#"["r006-g"]"#, with: #"["r006-g", "r006-h"]"#)
    let report = try Self.report(Self.state, text)
    #expect(Self.edits(report) == ["security-groups-changed none"])
    #expect(report.changes.first?.after?.text == "r006-g, r006-h")
  }

  @Test func `a route that is made anew is told`() throws {
    let server = Self.resource("ibm_is_vpn_server", "vpn", "\(Self.server), \(Self.known)")
    let text = Self.plan(
      [
        Self.vpc, Self.subnet(#", "id": "r006-s""#), server,
        Self.route(#""name": "app", "action": "deliver""#),
      ], [Self.change("ibm_is_vpn_server_route", "r", Self.replacing)])
    #expect(Self.edits(try Self.report(Self.state, text)) == ["route-replaced none"])
    #expect(
      Self.edits(try Self.report(Self.state, text.replacing("deliver", with: "drop"))) == ["route-action-changed none"])
  }

  @Test func `a subnet that is made anew takes the server with it`() throws {
    let server = Self.resource("ibm_is_vpn_server", "vpn", "\(Self.server), \(Self.known)").replacing(
      #""subnets": ["r006-s"], "#, with: "")
    let references = #""subnets": {"references": ["ibm_is_subnet.s.id", "ibm_is_subnet.s"]}"#
    let text = Self.plan(
      [Self.vpc, Self.subnet(""), server, Self.unchangedRoute], [Self.change("ibm_is_subnet", "s", Self.replacing)]
    ).replacing(
      #""configuration": {"root_module": {"resources": ["#,
      with: """
        "configuration": {"root_module": {"resources": [
          {"address": "ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server", "name": "vpn",
           "expressions": {\(references)}},
        """)
    #expect(
      Self.edits(try Self.report(Self.state, text)) == ["server-subnets-changed disconnect", "subnet-replaced none"])
  }

  // MARK: What is not known

  private static let api = """
    {"vpn_servers": [{"id": "r006-1", "name": "team-vpn", "client_ip_pool": "172.16.0.0/20", "port": 443,
      "enable_split_tunneling": true, "protocol": "udp", "vpc": {"id": "r006-v", "name": "prod"}, "resource_type": "vpn_server"}]}
    """
  private static let model = """
    vpc: {id: r006-v, name: prod, subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
    vpn_servers:
      - name: team-vpn
        id: r006-1
        client_ip_pool: 172.16.0.0/20
        enable_split_tunneling: true
        routes: [{name: app, destination: 10.0.0.0/24}]
    """

  private static func mixed(_ old: String, _ new: String) throws -> DiffReport {
    func file(_ text: String) -> SourceFile {
      Imported.file(text, name: text.hasPrefix("vpc") ? "model.yaml" : "input.json")
    }
    return try report(file(old), file(new))
  }

  @Test func `routes that one input does not have are not compared`() throws {
    for (report, isNew) in [
      (try Self.mixed(Self.api, Self.model), false), (try Self.mixed(Self.model, Self.api), true),
    ] {
      #expect(!report.changes.contains { $0.kind.hasPrefix("route") })
      #expect(report.sessions == .none && !report.reachability.widens && !report.reachability.narrows)
      #expect(report.isUndetermined)
      #expect(
        report.notCompared == [
          "the routes of VPN server `team-vpn` are not all known in input.json: those of model.yaml alone are not compared",
          "the subnets of the VPC are not all known in input.json: those of model.yaml alone are not compared",
        ])
      let words = isNew ? "is not known after the change" : "is not known before the change"
      #expect(report.verdict.contains { $0.contains(words) }, "\(report.verdict)")
    }
  }

  @Test func `settings that one input does not tell are not compared`() throws {
    let unknown = """
      vpc: {id: r006-v, name: prod, subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
      vpn_servers:
        - name: team-vpn
          id: r006-1
          client_ip_pool: 172.16.0.0/20
          not_known: [enable_split_tunneling, port, client_dns_server_ips]
          routes: [{name: app, destination: 10.0.0.0/24, not_known: [action]}]
      """
    for report in [try Self.mixed(Self.model, unknown), try Self.mixed(unknown, Self.model)] {
      #expect(report.changes.map(\.kind) == [] && report.sessions == .none)
      #expect(!report.reachability.widens && !report.reachability.narrows && report.isUndetermined)
      let words = ["tunnel mode", "DNS servers", "port", "action"]
      #expect(report.notCompared.count == words.count)
      for (word, sentence) in zip(words, report.notCompared) { #expect(sentence.hasPrefix("the \(word) of ")) }
    }
  }

  @Test func `servers that one input does not have are not compared`() throws {
    let subnets = """
      {"subnets": [{"id": "r006-s", "name": "app", "ipv4_cidr_block": "10.0.0.0/24", "vpc": {"id": "r006-v", "name": "prod"},
        "resource_type": "subnet"}]}
      """
    for report in [try Self.mixed(subnets, Self.model), try Self.mixed(Self.model, subnets)] {
      #expect(report.changes.isEmpty && report.servers.isEmpty && report.sessions == .none)
      #expect(
        report.notCompared == [
          "what VPN servers there are is not known in input.json: those of model.yaml alone are not compared"
        ])
    }
    let none = String(subnets.dropLast()) + #", "vpn_servers": []}"#
    #expect(try Self.mixed(none, Self.model).changes.map(\.kind) == ["server-added"])
  }

  @Test func `what an input lacks is in the model that is written of it`() throws {
    let subnets = Self.api.replacing("vpn_servers", with: "subnets").replacing(
      "client_ip_pool\": \"172.16.0.0/20", with: "ipv4_cidr_block\": \"10.0.0.0/24"
    ).replacing("vpn_server\"", with: "subnet\"")
    for text in [Self.api, subnets] {
      let file = Imported.file(text)
      for report in [try Self.report(file, Self.written(file)), try Self.report(Self.written(file), file)] {
        #expect(report.verdict == ["nothing changes"] && report.notCompared.isEmpty && !report.isUndetermined)
      }
    }
    let written = try Self.written(Imported.file(subnets))
    #expect(String(decoding: written.bytes, as: UTF8.self).contains("  - vpn_servers"))
  }

  @Test func `groups of a server that one model leaves out are told`() throws {
    let groups = Self.model.replacing("subnets:", with: "security_groups: [{name: g, rules: []}], subnets:")
    let attached = groups.replacing("    routes:", with: "    security_groups: [g]\n    routes:")
    let report = try Self.report(Imported.file(attached, name: "old.yaml"), Imported.file(groups, name: "new.yaml"))
    #expect(
      report.notCompared == [
        "the security groups of VPN server `team-vpn` are not known in new.yaml, and not compared"
      ])
  }

  @Test func `rules that one model leaves out say nothing of who is in the group`() throws {
    let group =
      "security_groups: [{name: g, targets: [team-vpn], rules: [{direction: inbound, protocol: any}]}], subnets:"
    let known = Self.model.replacing("subnets:", with: group)
    let unknown = known.replacing("protocol: any", with: "protocol: tcp, not_known: [ports]")
    let report = try Self.report(Imported.file(known, name: "old.yaml"), Imported.file(unknown, name: "new.yaml"))
    #expect(
      report.notCompared == [
        "the rules of security group `g` are not all known in new.yaml: those of old.yaml alone are not compared"
      ])
  }

  /// What a subnet, table, workload or list lacks in one model, and the sentence about it.
  private static let gaps: [(known: String, unknown: String, sentence: String)] = [
    (
      "{name: db, ipv4_cidr_block: 10.1.0.0/24}", "{name: db, not_known: [ipv4_cidr_block]}",
      "the addresses of subnet `db` are not known in new.yaml, and not compared"
    ),
    (
      "public_gateway: pg", "not_known: [public_gateway]",
      "the public gateway of subnet `app` is not known in new.yaml, and not compared"
    ),
    (
      "accept_routes_from: [vpn_server]", "not_known: [accept_routes_from]",
      "the accepted routes of routing table `t` are not known in new.yaml, and not compared"
    ),
    (
      "route_transit_gateway_ingress: true", "not_known: [route_transit_gateway_ingress]",
      "the ingress of routing table `t` is not known in new.yaml, and not compared"
    ),
    (
      "address: 10.0.0.8", "not_known: [address]", "workload `web` is not all known in new.yaml, and not compared"
    ),
    (
      "subnets: [", "not_known: [subnets], subnets: [",
      "the subnets of the VPC are not all known in new.yaml: those of old.yaml alone are not compared"
    ),
  ]

  @Test(arguments: gaps.indices) func `what one model does not know of the VPC is told`(_ position: Int) throws {
    let gap = Self.gaps[position]
    let known = """
      vpc:
        {name: prod, subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, routing_table: t, public_gateway: pg},
          {name: db, ipv4_cidr_block: 10.1.0.0/24}],
         routing_tables: [{name: t, is_default: true, accept_routes_from: [vpn_server], route_transit_gateway_ingress: true}],
         workloads: [{name: web, subnet: app, address: 10.0.0.8}]}
      vpn_servers:
        - {name: team-vpn, client_ip_pool: 172.16.0.0/20, enable_split_tunneling: true, routes: [{destination: 10.0.0.0/24}]}
      """
    let unknown = known.replacing(gap.known, with: gap.unknown)
    try #require(known != unknown)
    let report = try Self.report(Imported.file(known, name: "old.yaml"), Imported.file(unknown, name: "new.yaml"))
    #expect(report.changes.map(\.title) == [] && report.notCompared == [gap.sentence])
    let back = try Self.report(Imported.file(unknown, name: "new.yaml"), Imported.file(known, name: "old.yaml"))
    #expect(back.changes.map(\.title) == [] && back.notCompared == [gap.sentence])
    #expect(report.verdict.allSatisfy { $0.contains("as far as it is known") }, "\(report.verdict)")
  }

  @Test func `a subnet that is made anew somewhere is told`() throws {
    let subnet = #""name": "app", "vpc": "r006-v", "total_ipv4_address_count": 256"#
    let change = Self.change("ibm_is_subnet", "s", Self.replacing).replacing(
      #""before": {}, "after": {}"#,
      with: #""before": {"total_ipv4_address_count": null}, "after": {"total_ipv4_address_count": 256}"#)
    let server = Self.resource("ibm_is_vpn_server", "vpn", "\(Self.server), \(Self.known)").replacing(
      #""subnets": ["r006-s"], "#, with: "")
    let text = Self.plan(
      [Self.vpc, Self.resource("ibm_is_subnet", "s", subnet), server, Self.unchangedRoute], [change])
    let report = try Self.report(Self.state, text)
    #expect(Self.edits(report) == ["subnet-replaced none"])
    #expect(report.notCompared.contains("the addresses of subnet `app` are not known in new.json, and not compared"))
  }

  @Test func `networks that one model alone has are told as such`() throws {
    let more = Self.model + "\nnetworks: [{name: office, cidrs: [192.168.100.0/24], via: vpn_gateway}]\n"
    for (old, new) in [(Self.model, more), (more, Self.model)] {
      let report = try Self.report(Imported.file(old, name: "old.yaml"), Imported.file(new, name: "new.yaml"))
      #expect(report.changes.isEmpty)
      #expect(report.modelledOnce.map { "\($0)" } == [#"(part: "networks beyond the VPC", isInNew: \#(new == more))"#])
    }
    let none = Self.model + "\nnetworks: []\n"
    let (old, new) = (Imported.file(none, name: "old.yaml"), Imported.file(more, name: "new.yaml"))
    #expect(try Self.report(old, new).changes.map(\.kind) == ["network-added"])
  }

  // MARK: What Terraform does with it

  @Test func `the order of DNS servers counts where there is one`() throws {
    let lists = [#"["10.0.0.5", "10.0.0.6"]"#, #"["10.0.0.6", "10.0.0.5"]"#]
    let states = lists.map {
      Self.state.replacing(
        #""enable_split_tunneling""#, with: #""client_dns_server_ips": \#($0), "enable_split_tunneling""#)
    }
    let models = try states.map { try Self.written(Imported.file($0)) }
    #expect(try Self.report(models[0], models[1]).changes.map(\.kind) == ["dns-servers-changed"])
    #expect(try Self.report(models[0], Imported.file(states[1])).changes.isEmpty)
    #expect(try Self.report(Imported.file(states[0]), models[1]).changes.isEmpty)
    #expect(try Self.report(states[0], states[1]).changes.isEmpty)
    let other = states[1].replacing("10.0.0.6", with: "10.0.0.7")
    #expect(try Self.report(models[0], Imported.file(other)).changes.map(\.kind) == ["dns-servers-changed"])
  }

  @Test func `what comes with another server says so`() throws {
    let server = Self.server + #", "subnets": ["r006-s"], "security_groups": ["r006-g", "r006-h"]"#
    let text = Self.plan(
      [
        Self.vpc, Self.subnet(#", "id": "r006-s""#), Self.resource("ibm_is_vpn_server", "vpn", server),
        Self.resource(
          "ibm_is_vpn_server_route", "r", #""destination": "10.0.4.0/24", "name": "app", "action": "deliver""#),
      ], [Self.change("ibm_is_vpn_server", "vpn", Self.replacing)])
    let report = try Self.report(Self.state, text)
    #expect(report.changes.map(\.kind).contains("security-groups-changed"))
    for change in report.changes {
      #expect(change.sessions == .newProfile && change.because.contains("gone"), "\(change.title)")
    }
  }

  @Test func `what goes with the server does not say that clients stay`() throws {
    let none = #"{"format_version": "1.0", "values": {"root_module": {"resources": [\#(Self.vpc)]}}}"#
    let report = try Self.report(Self.state, none)
    #expect(Self.edits(report).contains("server-removed disconnect"))
    for change in report.changes { #expect(!change.because.contains("stay connected"), "\(change.title)") }
    let finding = try #require(report.findings.findings.first)
    #expect(finding.finding.rule == "update-disconnects-clients" && finding.jsonPath != nil)
    #expect(finding.finding.notes.first == "clients lose 10.0.0.0/24 (subnet `app`)", "\(finding.finding.notes)")
  }

  @Test func `what the service makes with a VPC is no edit`() throws {
    let group = Self.resource(
      "ibm_is_security_group", "g", #""id": "r006-g", "name": "vpn", "vpc": "r006-v", "rules": []"#)
    let state = Self.state.replacing("\(Self.vpc),", with: "\(Self.vpc), \(group),")
    let text = Self.plan(
      [
        Self.resource("ibm_is_vpc", "v", #""name": "prod""#), group, Self.subnet(#", "id": "r006-s""#),
        Self.resource("ibm_is_vpn_server", "vpn", "\(Self.server), \(Self.known)"), Self.unchangedRoute,
      ], [Self.change("ibm_is_vpc", "v", #""create""#)])
    #expect(!Self.edits(try Self.report(state, text)).contains { $0.hasPrefix("security-group-added") })
  }
}
