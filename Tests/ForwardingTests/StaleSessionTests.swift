import ClientVPN
import Forwarding
import IPv4Space
import TestSupport
import Testing

/// Which sessions are too old for which routes: times and states, and the engine against a naive reading of both.
struct StaleSessionTests {
  private static func server(
    _ routes: [String], _ clients: [String], keys: String = "enable_split_tunneling: true", more: String = ""
  ) throws -> ServerAnalysis {
    try analysis(
      """
      vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]}
      \(more)
      vpn_servers:
        - name: vpn
          client_ip_pool: 192.168.252.0/22
          \(keys)
          routes: [\(routes.map { "{\($0)}" }.joined(separator: ", "))]
          clients: [\(clients.map { "{\($0)}" }.joined(separator: ", "))]

      """
    ).servers[0]
  }

  private static let toApp = "destination: 10.0.0.0/24, created_at: '2026-08-01T00:00:00Z'"
  private static let toDB = "destination: 10.1.0.0/24, created_at: '2026-08-03T12:00:00Z'"

  private static func at(_ time: String, status: String? = "connected") -> String {
    "created_at: '\(time)'\(status.map { ", status: \($0)" } ?? "")"
  }

  // MARK: Which session

  @Test(
    arguments: [
      (at("2026-08-03T11:59:59Z"), true), (at("2026-08-03T12:00:00Z"), false), (at("2026-08-03T12:00:01Z"), false),
      (at("2026-08-03T20:59:59+09:00"), true), (at("2026-08-03T21:00:00+09:00"), false),
      (at("2026-08-03T11:00:00Z", status: "disconnected"), false), (at("2026-08-03T11:00:00Z", status: "odd"), false),
      (at("2026-08-03T11:00:00Z", status: nil), true), ("status: connected", false), ("common_name: x", false),
      (at("2026-08-03T11:00:00Z", status: nil) + ", disconnected_at: '2026-08-03T11:30:00Z'", false),
      (at("2026-08-03T11:00:00Z") + ", disconnected_at: '2026-08-03T11:30:00Z'", true),
    ] as [(String, Bool)])
  func sessionIsStale(_ client: String, _ expected: Bool) throws {
    let stale = try Self.server([Self.toApp, Self.toDB], [client]).staleSessions
    #expect((stale != nil) == expected)
    #expect(stale?.sessions.map(\.position) == (expected ? [0] : nil))
  }

  @Test func everySessionMissesWhatIsNewer() throws {
    let later = "destination: 172.16.0.0/16, created_at: '2026-08-04T00:00:00Z'"
    let clients = ["2026-08-03T13:00:00Z", "2026-08-02T00:00:00Z", "2026-08-05T00:00:00Z", "2026-07-01T00:00:00Z"]
    let server = try Self.server(
      [Self.toApp, Self.toDB, later], clients.map { Self.at($0) },
      more: "networks: [{name: far, cidrs: [172.16.0.0/16], via: vpn_gateway}]")
    let stale = try #require(server.staleSessions)
    #expect(stale.sessions.map(\.position) == [0, 1, 3])
    #expect(
      stale.sessions.map { session in stale.routes(missedBy: session).map(\.route) } == [[2], [2, 1], [2, 1, 0]])
    #expect(stale.sessions.map { session in stale.subnets(missedBy: session).map(\.place) } == [[], [1], [1, 0]])
    #expect(stale.sessions.map { session in stale.networks(missedBy: session).map(\.place) } == [[0], [0], [0]])
    #expect(stale.witness?.session.position == 3 && stale.witness?.address == IPv4Address(10, 0, 0, 4))
  }

  // MARK: Which server

  @Test(arguments: [
    "enable_split_tunneling: false", "client_idle_timeout: 0",
    // Who reconnects has a dead tunnel.
    "enable_split_tunneling: true, public_ips: [10.1.0.9]", "enable_split_tunneling: true, public_ips: [192.168.252.9]",
  ])
  func serverPushesNothingOrIsDead(_ keys: String) throws {
    let lines = keys.split(separator: ", ").joined(separator: "\n    ")
    #expect(try Self.server([Self.toDB], [Self.at("2026-08-01T00:00:00Z")], keys: lines).staleSessions == nil)
  }

  @Test func unreadableRouteMayBeAnOlderWiderOne() throws {
    let clients = [Self.at("2026-08-01T00:00:00Z")]
    #expect(try Self.server([Self.toDB, "destination: 10.0.0.0/99"], clients).staleSessions == nil)
  }

  // MARK: Which route

  /// The second route is newer than the session in each case.
  @Test(
    arguments: [
      ("", "", true), ("", "action: translate", true), ("", "action: drop", true),
      ("", "lifecycle_state: pending", false), ("", "lifecycle_state: deleting", false),
      ("", "lifecycle_state: updating", true), ("", "lifecycle_state: odd", true),
      // An older row leads into the tunnel already, whatever its action was.
      ("destination: 10.1.0.0/16, created_at: '2026-07-01'", "", false),
      ("destination: 10.1.0.0/16, created_at: '2026-07-01', action: drop", "", false),
      ("destination: 10.1.0.0/24, created_at: '2026-07-01'", "", false),
      ("destination: 10.1.0.7/24, created_at: '2026-07-01'", "", false),
      ("destination: 10.1.0.0/25, created_at: '2026-07-01'", "", true),
      ("destination: 10.1.0.0/16, created_at: '2026-08-02'", "", true),
      // Without a time a route counts as old.
      ("destination: 10.1.0.0/16", "", false),
    ] as [(String, String, Bool)])
  func routeIsMissed(_ other: String, _ keys: String, _ expected: Bool) throws {
    let routes = [other, Self.toDB + (keys.isEmpty ? "" : ", \(keys)")].filter { !$0.isEmpty }
    let stale = try Self.server(routes, [Self.at("2026-08-01T12:00:00Z")]).staleSessions
    #expect((stale != nil) == expected)
    let arrives = expected && !keys.contains("drop")
    #expect(stale?.subnets.map(\.place) == (arrives ? [1] : expected ? [] : nil))
    #expect((stale?.witness != nil) == arrives)
  }

  @Test func poolIsPushedToEveryClient() throws {
    let route = "destination: 192.168.252.0/22, created_at: '2026-08-03T12:00:00Z'"
    #expect(try Self.server([route], [Self.at("2026-08-01T00:00:00Z")]).staleSessions == nil)
  }

  @Test(
    arguments: [
      (["10.1.0.0/25", "10.1.0.128/25"], ["2026-08-03", "2026-08-03"], false),
      (["10.1.0.0/25", "10.1.0.128/25"], ["2026-08-03", "2026-08-04"], true),
      (["10.1.0.0/25", "10.1.0.128/25"], ["2026-07-01", "2026-08-04"], true),
      // What does not arrive at all is another matter.
      (["10.1.0.0/25"], ["2026-08-04"], false),
    ] as [([String], [String], Bool)])
  func subnetIsMissedWhollyOrInPart(_ destinations: [String], _ times: [String], _ isPartial: Bool) throws {
    let routes = zip(destinations, times).map { "destination: \($0), created_at: '\($1)'" }
    let stale = try #require(try Self.server(routes, [Self.at("2026-08-01T00:00:00Z")]).staleSessions)
    #expect(stale.subnets.map(\.place) == [1] && stale.subnets.map(\.isPartial) == [isPartial])
  }

  @Test func whatClientsAreNotToReachIsNotMissed() throws {
    let server = try analysis(
      """
      vpc: {subnets: [{name: secret, ipv4_cidr_block: 10.1.0.0/24, expect: unreachable}]}
      vpn_servers:
        - name: vpn
          client_ip_pool: 192.168.252.0/22
          enable_split_tunneling: true
          routes: [{\(Self.toDB)}]
          clients: [{\(Self.at("2026-08-01T00:00:00Z"))}]

      """
    ).servers[0]
    #expect(server.staleSessions?.subnets.isEmpty == true && server.staleSessions?.routes.count == 1)
  }

  // MARK: Random models

  private static let seeds = Effort.part(of: Array(1...6) + [UInt64.random(in: 1000...UInt64(UInt32.max))])

  @Test(arguments: seeds)
  func engineAgreesWithNaiveReading(seed: UInt64) throws {
    var stale = 0
    for number in 0..<UInt64(150) {
      var generator = SplitMix64(seed: seed << 20 | number)
      let scene = StaleScene.random(&generator)
      let server = try analysis(scene.text).servers[0]
      let difference = scene.firstDifference(server.staleSessions)
      try #require(difference == nil, "seed \(seed), model \(number): \(difference ?? "")\n\(scene.text)")
      if server.staleSessions != nil { stale += 1 }
    }
    #expect(stale > 20, "seed \(seed): only \(stale) models have stale sessions")
  }
}

/// A random model with times, read naively: each client has the rows of the routes that were there when it connected.
private struct StaleScene {
  let model: ReferenceSimulator.Model
  /// Hours at which the routes were created; nil is not modelled.
  let created: [Int?]
  let isStuck: [Bool]
  /// Hours at which clients connected, and whether they still are.
  let clients: [(hour: Int?, isConnected: Bool)]

  static func random(_ generator: inout SplitMix64) -> StaleScene {
    var model = ReferenceSimulator.Model.random(&generator)
    model.isSplit = !generator.oneIn(12)
    model.expectations = []
    return StaleScene(
      model: model, created: model.routes.map { _ in generator.oneIn(10) ? nil : generator.below(6) },
      isStuck: model.routes.map { _ in generator.oneIn(12) },
      clients: (0..<generator.below(5)).map { _ in
        (generator.oneIn(8) ? nil : generator.below(7), !generator.oneIn(4))
      })
  }

  private static func time(_ hour: Int?) -> String { hour.map { ", created_at: '2026-08-01T0\($0):00:00Z'" } ?? "" }

  var text: String {
    let routes = model.routes.indices.map { index in
      let route = model.routes[index]
      let state = isStuck[index] ? ", lifecycle_state: pending" : ""
      return "{destination: \(route.destination), action: \(route.action.rawValue)\(Self.time(created[index]))\(state)}"
    }
    let clients = clients.map { client in
      "{status: \(client.isConnected ? "connected" : "disconnected")\(Self.time(client.hour))}"
    }
    // The line of the server is the last one of the text without times.
    var bare = model
    bare.routes = []
    return bare.text.replacing(
      "routes: []}", with: "routes: [\(routes.joined(separator: ", "))], clients: [\(clients.joined(separator: ", "))]}"
    )
  }

  /// What one client misses.
  private struct Missed: Equatable {
    var routes: Set<Int> = []
    var subnets: Set<Int> = []
    var networks: Set<Int> = []
  }

  func firstDifference(_ stale: StaleSessions?) -> String? {
    let now = ReferenceSimulator(model: model)
    for (position, client) in clients.enumerated() {
      let session = stale?.sessions.first { $0.position == position }
      let expected = client.isConnected ? client.hour.map { missed(connectedAt: $0, now) } ?? Missed() : Missed()
      guard let stale, let session else {
        if expected != Missed() { return "client \(position) is stale, \(expected)" }
        continue
      }
      let found = Missed(
        routes: Set(stale.routes(missedBy: session).map(\.route)),
        subnets: Set(stale.subnets(missedBy: session).map(\.place)),
        networks: Set(stale.networks(missedBy: session).map(\.place)))
      if found != expected { return "client \(position) misses \(found), not \(expected)" }
    }
    return stale.flatMap { differenceInWitness($0, now) }
  }

  private func missed(connectedAt hour: Int, _ now: ReferenceSimulator) -> Missed {
    var missed = Missed()
    guard model.isSplit, !now.isLooped else { return missed }
    for address in now.boundaries {
      guard let route = now.serverRoute(address), isMissed(address, route, connectedAt: hour) else { continue }
      missed.routes.insert(route)
      guard ["reachable", "undetermined"].contains(now.outcome(address)) else { continue }
      for (index, subnet) in model.subnets.enumerated() where now.usable(subnet)?.contains(address) ?? false {
        missed.subnets.insert(index)
      }
      for index in model.networks.indices where isIn(network: index, address, now) { missed.networks.insert(index) }
    }
    return missed
  }

  /// A network has the addresses that nothing narrower claims; one that is claimed wholly is judged as it is.
  private func isIn(network index: Int, _ address: UInt32, _ now: ReferenceSimulator) -> Bool {
    if now.place(of: address) == .network(index) { return true }
    return model.networks[index].cidrs.contains { $0.has(address) }
      && !now.boundaries.contains { now.place(of: $0) == .network(index) }
  }

  /// Whether no row that the client got leads into the tunnel, and a route now would.
  private func isMissed(_ address: UInt32, _ route: Int, connectedAt hour: Int) -> Bool {
    if isStuck[route] || model.pool.has(address) { return false }
    return !model.routes.indices.contains { index in
      model.routes[index].destination.has(address) && created[index] ?? hour <= hour
    }
  }

  private func differenceInWitness(_ stale: StaleSessions, _ now: ReferenceSimulator) -> String? {
    guard let witness = stale.witness else {
      let drops = stale.routes.allSatisfy { model.routes[$0.route].action == .drop }
      return drops ? nil : "there is no witness"
    }
    let address = witness.address.bits
    guard let hour = clients[witness.session.position].hour, let route = now.serverRoute(address) else {
      return "the witness has no time or no route"
    }
    let isShown = isMissed(address, route, connectedAt: hour) && model.routes[route].action != .drop
    return isShown ? nil : "\(witness.address) is not missed"
  }
}
