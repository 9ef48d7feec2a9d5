/// The whole of SPEC §2 for one packet at a time, slowly: no sets, no maps, nothing taken from the engine. Addresses
/// are plain numbers, and every question is a walk over all rows.
///
/// Where the specification is silent, these are the decisions:
/// * What lies at an address: a public address of the server (the client has a host route to it) before a subnet, a
///   subnet before the VPN gateway and the pool, these before declared networks.
/// * A network declared `via: internet` is public addresses alone.
/// * This network, link-local and multicast are nobody's; loopback is the client itself.
struct ReferenceSimulator {
  /// A network as base and prefix length.
  struct Block: Hashable {
    var base: UInt32
    var length: Int

    var size: UInt64 { 1 << UInt64(32 - length) }
    var first: UInt32 { UInt32(UInt64(base) / size * size) }
    var last: UInt32 { UInt32(UInt64(first) + size - 1) }
    func has(_ address: UInt32) -> Bool { first <= address && address <= last }
  }

  enum Action: String, CaseIterable { case deliver, translate, drop }

  struct Route {
    var destination: Block
    var action: Action
  }

  enum Way: String, CaseIterable {
    case vpnGateway = "vpn_gateway"
    case transitGateway = "transit_gateway"
    case directLink = "direct_link"
    case classic, service, internet
  }

  struct Network {
    var cidrs: [Block]
    var way: Way
  }

  struct Model {
    var isSplit = true
    var pool = Block(base: 0, length: 22)
    var tunnelNetwork: Block?
    var routes: [Route] = []
    var subnets: [Block] = []
    var addressPrefixes: [Block]?
    var networks: [Network] = []
    /// nil is not modelled.
    var publicAddresses: [UInt32]?
    var expectations: [Expectation] = []

    /// What a server pushes in split tunnel: every route, of whatever action, and the whole pool.
    var pushed: [Block] { routes.map(\.destination) + [pool] }
  }

  enum Intent: String, CaseIterable { case reachable, unreachable, direct, any }

  struct Expectation {
    var destination: Block
    var intent: Intent
  }

  enum Place: Equatable {
    case subnet(Int), gateway, pool, server, network(Int), service, internet, nothing
  }

  let model: Model
  /// Whether the tunnel's own packets enter the tunnel.
  let isLooped: Bool
  /// What is not public, besides the special ranges.
  private let taken: [Block]

  init(model: Model) {
    self.model = model
    let declared = model.networks.filter { $0.way != .internet }.flatMap(\.cidrs)
    taken = Self.notPublic + model.subnets + (model.addressPrefixes ?? []) + declared
    isLooped = Self.isLooped(model)
  }

  // MARK: Who has which address

  var tunnel: Block { model.tunnelNetwork ?? Block(base: model.pool.first, length: min(32, model.pool.length + 1)) }
  /// The VPN gateway is the first host of the tunnel network, the client the second: 192.168.252.1 and .2 in
  /// 192.168.252.0/23 (the article's tables).
  var gateway: UInt32 { tunnel.first + 1 }
  var client: UInt32 { tunnel.first + 2 }

  static let serviceRanges = [Self.block(161, 26, 0, 0, 16), Self.block(166, 8, 0, 0, 14)]
  static let notPublic =
    serviceRanges + [
      Self.block(10, 0, 0, 0, 8), Self.block(172, 16, 0, 0, 12), Self.block(192, 168, 0, 0, 16),
      Self.block(100, 64, 0, 0, 10),
    ]
  /// Every client reaches itself here, whatever is pushed.
  static let loopback = block(127, 0, 0, 0, 8)
  static let special = [
    Self.block(0, 0, 0, 0, 8), Self.block(127, 0, 0, 0, 8), Self.block(169, 254, 0, 0, 16), Self.block(224, 0, 0, 0, 3),
  ]

  static func block(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ length: Int) -> Block {
    Block(base: a << 24 | b << 16 | c << 8 | d, length: length)
  }

  /// "Public" is outside RFC 1918, 100.64.0.0/10, the service ranges, the address prefixes, and declared networks
  /// other than `internet`; subnets lie in address prefixes even where these are not modelled.
  func isPublic(_ address: UInt32) -> Bool { !taken.contains { $0.has(address) } }

  func place(of address: UInt32) -> Place {
    if model.publicAddresses?.contains(address) ?? false { return .server }
    if let subnet = model.subnets.firstIndex(where: { $0.has(address) }) { return .subnet(subnet) }
    if address == gateway { return .gateway }
    if model.pool.has(address) { return .pool }
    if let network = longestNetwork(address, { $0 != .internet }) { return .network(network) }
    if (model.addressPrefixes ?? []).contains(where: { $0.has(address) }) { return .nothing }
    if Self.serviceRanges.contains(where: { $0.has(address) }) { return .service }
    guard isPublic(address), !Self.special.contains(where: { $0.has(address) }) else { return .nothing }
    return longestNetwork(address) { $0 == .internet }.map { .network($0) } ?? .internet
  }

  private func longestNetwork(_ address: UInt32, _ isMeant: (Way) -> Bool) -> Int? {
    var best: (length: Int, network: Int)?
    for (index, network) in model.networks.enumerated() where isMeant(network.way) {
      for cidr in network.cidrs where cidr.has(address) && cidr.length >= best?.length ?? 0 {
        best = (cidr.length, index)
      }
    }
    return best?.network
  }

  // MARK: The journey

  /// Whether the packet enters the tunnel: a row that leads there wins by longest prefix. In split tunnel every row but
  /// the client's own default does; in full tunnel host routes to the server lead outside.
  func entersTunnel(_ address: UInt32) -> Bool {
    model.isSplit ? model.pushed.contains { $0.has(address) } : !(model.publicAddresses ?? []).contains(address)
  }

  /// In split tunnel nothing keeps the carrier outside: it loops if one of the server's addresses is pushed; with
  /// unknown addresses, if every address is.
  private static func isLooped(_ model: Model) -> Bool {
    guard model.isSplit else { return false }
    if (model.publicAddresses ?? []).contains(where: { address in model.pushed.contains { $0.has(address) } }) {
      return true
    }
    var next: UInt64 = 0
    while next < 1 << 32 {
      guard let reach = model.pushed.filter({ $0.has(UInt32(next)) }).map(\.last).max() else { return false }
      next = UInt64(reach) + 1
    }
    return true
  }

  /// Longest prefix over the server routes, of equal destinations the last.
  func serverRoute(_ address: UInt32) -> Int? {
    var best: Int?
    for (index, route) in model.routes.enumerated() where route.destination.has(address) {
      if let current = best, model.routes[current].destination.length > route.destination.length { continue }
      best = index
    }
    return best
  }

  func outcome(_ address: UInt32) -> String {
    if Self.loopback.has(address) { return "local" }
    let place = place(of: address)
    guard entersTunnel(address) else { return "direct" }
    if isLooped { return "looped" }
    if place == .gateway { return "reachable" }
    guard let route = serverRoute(address) else { return "no-server-route" }
    switch model.routes[route].action {
    case .drop: return "server-drop"
    case .translate: return translated(place)
    case .deliver: return delivered(place)
    }
  }

  private func translated(_ place: Place) -> String {
    switch place {
    case .subnet, .network, .service, .internet, .server: "reachable"
    case .gateway, .pool, .nothing: "nowhere"
    }
  }

  private func delivered(_ place: Place) -> String {
    let clientIsInSubnet = model.subnets.contains { $0.has(client) }
    switch place {
    case .subnet: return clientIsInSubnet ? "no-return-path" : "reachable"
    case .network(let index):
      if clientIsInSubnet { return "no-return-path" }
      switch model.networks[index].way {
      case .vpnGateway: return "reachable"
      case .transitGateway, .directLink: return "undetermined"
      case .classic, .service, .internet: return "no-return-path"
      }
    case .service, .internet, .server: return "no-return-path"
    case .gateway, .pool, .nothing: return "nowhere"
    }
  }

  // MARK: Verdicts

  /// The first four addresses of a subnet and its last never count.
  func usable(_ subnet: Block) -> ClosedRange<UInt32>? {
    subnet.size > 5 ? subnet.first + 4...subnet.last - 1 : nil
  }

  /// Of outcomes, all of them together. A known failure weighs more than what is not known.
  static func verdict(_ outcomes: Set<String>) -> String {
    let isReached = outcomes.contains("reachable")
    let fails = !outcomes.subtracting(["reachable", "undetermined"]).isEmpty
    if fails { return isReached ? "partly" : "unreachable" }
    return outcomes == ["reachable"] ? "reachable" : "undetermined"
  }

  /// Whether an expectation holds for addresses with these outcomes; nil if the model does not tell.
  static func holds(_ intent: Intent, _ outcomes: Set<String>) -> Bool? {
    let known = outcomes.subtracting(["undetermined"])
    let isBroken =
      switch intent {
      case .reachable: known != known.intersection(["reachable"])
      case .unreachable: known.contains("reachable")
      case .direct: known != known.intersection(["direct"])
      case .any: false
      }
    return isBroken ? false : known == outcomes || intent == .any ? true : nil
  }

  // MARK: Cells

  /// First addresses of stretches within which nothing can change.
  var boundaries: [UInt32] {
    var blocks = model.routes.map(\.destination) + model.subnets + (model.addressPrefixes ?? [])
    blocks += model.expectations.map(\.destination)
    blocks += model.networks.flatMap(\.cidrs) + [model.pool, tunnel] + Self.notPublic + Self.special
    var points: Set<UInt64> = [0, UInt64(gateway), UInt64(gateway) + 1, UInt64(client), UInt64(client) + 1]
    for block in blocks { points.formUnion([UInt64(block.first), UInt64(block.last) + 1]) }
    for address in model.publicAddresses ?? [] { points.formUnion([UInt64(address), UInt64(address) + 1]) }
    for range in model.subnets.compactMap(usable) {
      points.formUnion([UInt64(range.lowerBound), UInt64(range.upperBound) + 1])
    }
    return points.filter { $0 < 1 << 32 }.sorted().map(UInt32.init)
  }
}
