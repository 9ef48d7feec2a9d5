import IPv4Space
import TestSupport

extension LabConfiguration {
  /// Configuration number `index` of a seed: made small on purpose, so that everything overlaps with something.
  static func random(seed: UInt64, index: Int) throws -> LabConfiguration {
    var seeds = SplitMix64(seed: seed)
    for _ in 0..<index { _ = seeds.next() }
    var random = try RandomConfiguration(seed: seeds.next())
    return try random.configuration(name: "\(seed)-\(index)")
  }
}

/// The choices of one random configuration, which depend on one another.
private struct RandomConfiguration {
  private static let lans = [
    "192.168.1.0/24", "192.168.1.0/24", "192.168.0.0/24", "10.0.0.0/24", "10.1.0.0/24", "172.16.5.0/24",
    "192.168.252.0/24", "192.168.253.0/24", "192.168.254.0/24", "10.0.0.0/16", "192.168.0.0/16", "10.2.0.64/26",
  ]
  private static let pools = [
    "192.168.252.0/22", "192.168.252.0/22", "192.168.252.0/22", "172.30.0.0/20", "10.200.0.0/16", "10.0.0.0/22",
    "192.168.0.0/22", "192.168.252.0/24",
  ]
  private static let subnets = ["10.2.0.0/24", "10.240.64.0/24", "192.168.1.0/24", "172.16.0.0/18", "10.3.0.0/26"]
  private static let publicAddresses = ["203.0.113.10", "203.0.113.10", "203.0.113.200", "198.51.100.7"]

  private var generator: SplitMix64
  private let lan: IPv4Prefix
  private let pool: IPv4Prefix
  private let subnets: [IPv4Prefix]
  private let server: IPv4Prefix
  /// Whether destinations are other than whole subnets.
  private let isOdd: Bool

  init(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    lan = try IPv4Prefix(cidr: Self.lans.pick(&generator))
    pool = try IPv4Prefix(cidr: Self.pools.pick(&generator))
    let others = Self.subnets.shuffled(using: &generator).prefix(generator.below(4))
    subnets = try (["10.0.0.0/24", "10.1.0.0/24"] + others).map { try IPv4Prefix(cidr: $0) }
    server = try IPv4Prefix(cidr: Self.publicAddresses.pick(&generator))
    isOdd = !generator.oneIn(4)
    self.generator = generator
  }

  mutating func configuration(name: String) throws -> LabConfiguration {
    let half = pool.resized(to: Int(pool.length) + 1)
    let isSecondMember = generator.oneIn(4)
    let member = isSecondMember ? IPv4Prefix(IPv4Address(bits: half.last.bits + 1), length: half.length) : half
    var configuration = LabConfiguration(
      name: name, mode: generator.oneIn(3) ? .full : .split, pool: "\(pool)", memberPool: "\(member)",
      routes: routes(), dns: generator.oneIn(2) ? [] : ["161.26.0.10", "161.26.0.11"],
      serverPublicIP: "\(server.address)", vpcSubnets: subnets.map(\.description), clientLAN: clientLAN(),
      clientDirectives: generator.oneIn(2) ? [] : clientDirectives(), serverPush: [], noMatch: .blackhole,
      transport: generator.oneIn(8) ? .tcp : .udp, keepalive: [10, 60], probes: [])
    configuration.probes = try LabProbes(configuration).chosen(&generator)
    return configuration
  }

  private mutating func routes() -> [LabConfiguration.Route] {
    let count = [0, 1, 2, 2, 3, 4, 5, 6, 8].pick(&generator)
    var routes = (0..<count).map { _ in
      let action: LabConfiguration.Action = generator.oneIn(3) ? .allCases.pick(&generator) : .deliver
      return LabConfiguration.Route(destination: destination(), action: action)
    }
    if isOdd, generator.oneIn(8), let route = routes.randomElement(using: &generator) { routes.append(route) }
    if isOdd, generator.oneIn(12) {
      routes += ["0.0.0.0/1", "128.0.0.0/1"].map { .init(destination: $0, action: .translate) }
    }
    return routes
  }

  private mutating func destination() -> String {
    let subnet = subnets.pick(&generator)
    guard isOdd else { return "\(subnet)" }
    switch generator.below(100) {
    case 0..<36: return "\(subnet)"
    case 36..<50: return "\(subnet.resized(to: [8, 12, 16, 20, 22].filter { $0 < subnet.length }.pick(&generator)))"
    case 50..<60: return "\(subnet.host(1 + generator.below(200)))/\([32, 32, 32, 30, 28].pick(&generator))"
    case 60..<66: return "0.0.0.0/0"
    case 66..<76: return aroundLAN()
    case 76..<82: return "\(server.resized(to: [32, 24, 8].pick(&generator)))"
    case 82..<88: return ["161.26.0.0/16", "166.8.0.0/14", "198.51.100.0/24"].pick(&generator)
    case 88..<92: return "\(subnet.host(5))/\(subnet.length)"
    default: return aroundPool()
    }
  }

  private mutating func aroundLAN() -> String {
    let upper = IPv4Prefix(lan.last, length: lan.length + 1).canonical
    return [
      "\(lan)", "\(lan.resized(to: Int(lan.length) + 1))", "\(upper)", "\(lan.resized(to: Int(lan.length) - 1))",
      "\(lan.host(50))/32", "\(lan.host(1))/32",
    ].pick(&generator)
  }

  private mutating func aroundPool() -> String {
    let half = pool.resized(to: Int(pool.length) + 1)
    return ["\(pool)", "\(pool.resized(to: Int(pool.length) - 2))", "\(half)", "\(half.host(1))/32"].pick(&generator)
  }

  private mutating func clientLAN() -> LabConfiguration.LAN {
    let metric = [0, 0, 100, 600].pick(&generator)
    let routes = generator.oneIn(3) ? staticRoutes(metric: metric) : []
    return LabConfiguration.LAN(
      cidr: "\(lan)", address: "\(lan.host(4))", gateway: "\(lan.host([1, 1, 1, 254].pick(&generator)))",
      hosts: ["\(lan.host(50))"], metric: metric, routes: routes)
  }

  private mutating func staticRoutes(metric: Int) -> [LabConfiguration.StaticRoute] {
    let candidates = [
      "10.0.0.0/8", "10.1.0.0/24", "172.20.0.0/16", "10.2.0.128/25", "172.16.0.0/12", "0.0.0.0/1", "128.0.0.0/1",
      "192.168.252.0/24", "\(server.resized(to: 8))", "\(server)",
    ]
    let chosen = candidates.shuffled(using: &generator).prefix(1 + generator.below(2)).filter { $0 != "\(lan)" }
    return chosen.map {
      .init(destination: $0, gateway: "\(lan.host(253))", metric: [0, 0, metric, 50].pick(&generator))
    }
  }

  private mutating func clientDirectives() -> [String] {
    switch generator.below(12) {
    case 0: return ["route-nopull"]
    case 1: return ["route-nopull"] + ownRoutes()
    case 2: return ["pull-filter ignore \"redirect-gateway\""]
    case 3: return ["pull-filter ignore \"redirect-gateway\""] + ownRoutes()
    case 4: return ["pull-filter ignore \"route \""]
    case 5: return ["pull-filter ignore \"route\""]
    case 6: return ["route-metric \([1, 50, 100, 600, 1000].pick(&generator))"]
    case 7: return ["route-metric \([50, 100].pick(&generator))"] + ownRoutes()
    case 8: return ["redirect-private def1"]
    case 9: return ["redirect-gateway def1"]
    case 10: return ["redirect-private def1"] + ownRoutes()
    default: return ownRoutes()
    }
  }

  /// `route` lines of the client's profile.
  private mutating func ownRoutes() -> [String] {
    (0...generator.below(2)).map { _ in
      let text = generator.oneIn(3) ? ["10.0.0.0/8", "0.0.0.0/0", "172.20.0.0/16"].pick(&generator) : destination()
      guard let prefix = try? IPv4Prefix(cidr: text) else { return "route \(text)" }
      return "route \(prefix.address) \(prefix.dottedMask)"
    }
  }
}

extension Array {
  /// One element of an array that has some.
  fileprivate func pick(_ generator: inout SplitMix64) -> Element { self[generator.below(count)] }
}
