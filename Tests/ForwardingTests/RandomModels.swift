import TestSupport

extension ReferenceSimulator.Model {
  /// A model made small on purpose: few octets and short distances, so that everything overlaps with something.
  static func random(_ generator: inout SplitMix64) -> ReferenceSimulator.Model {
    var model = ReferenceSimulator.Model()
    model.isSplit = generator.oneIn(2)
    model.pool = block(&generator, lengths: generator.oneIn(8) ? 26...29 : 18...24, isPool: !generator.oneIn(4))
    if generator.oneIn(4) {
      let length = model.pool.length + 1
      model.tunnelNetwork = ReferenceSimulator.Block(
        base: generator.oneIn(2) ? model.pool.first : model.pool.last, length: length)
    }
    for _ in 0..<generator.below(9) {
      var destination = block(&generator, lengths: 20...32)
      if generator.oneIn(12) { destination = wide(&generator) }
      if generator.oneIn(6), let route = model.routes.randomElement(using: &generator) {
        destination = route.destination
      }
      let action = generator.oneIn(3) ? ReferenceSimulator.Action.allCases[generator.below(3)] : .deliver
      model.routes.append(.init(destination: destination, action: action))
    }
    for _ in 0..<generator.below(4) { model.subnets.append(block(&generator, lengths: 24...31)) }
    // Subnets of one VPC do not overlap: the service refuses them.
    model.subnets = model.subnets.reduce(into: []) { kept, subnet in
      if !kept.contains(where: { $0.has(subnet.first) || subnet.has($0.first) }) { kept.append(subnet) }
    }
    for index in model.subnets.indices where generator.oneIn(3) { cover(model.subnets[index], &model, &generator) }
    if generator.oneIn(3) {
      model.addressPrefixes = (0..<generator.below(3)).map { _ in block(&generator, lengths: 20...26) }
    }
    for _ in 0..<generator.below(4) {
      let way = ReferenceSimulator.Way.allCases[generator.below(6)]
      var cidrs = (0...generator.below(2)).map { _ in block(&generator, lengths: 20...30) }
      if way == .internet, generator.oneIn(2) { cidrs = [ReferenceSimulator.Block(base: 0, length: 0)] }
      if way == .service { cidrs = [ReferenceSimulator.block(161, 26, 0, 0, 24 - generator.below(8))] }
      model.networks.append(.init(cidrs: cidrs, way: way))
    }
    if !generator.oneIn(3) {
      model.publicAddresses = (0..<generator.below(3)).map { _ in
        block(&generator, lengths: 32...32, isPublic: !generator.oneIn(8)).first
      }
    }
    for _ in 0..<generator.below(3) {
      let intent = ReferenceSimulator.Intent.allCases[generator.below(4)]
      var destination = block(&generator, lengths: 22...32)
      if generator.oneIn(2), let subnet = model.subnets.randomElement(using: &generator) { destination = subnet }
      model.expectations.append(.init(destination: destination, intent: intent))
    }
    return model
  }

  private static func block(
    _ generator: inout SplitMix64, lengths: ClosedRange<Int>, isPool: Bool = false, isPublic: Bool = false
  ) -> ReferenceSimulator.Block {
    let bases: [(UInt32, UInt32)] = [(10, 0), (10, 0), (10, 1), (192, 168), (203, 0), (161, 26), (100, 64)]
    let (a, b) = isPublic ? (203, 0) : isPool ? (192, 168) : bases[generator.below(bases.count)]
    let (c, d) = (UInt32(generator.below(4)), UInt32(generator.below(16)) * UInt32(generator.oneIn(2) ? 16 : 1))
    let length = Int.random(in: lengths, using: &generator)
    let block = ReferenceSimulator.block(a, b, c, d, length)
    // Host bits now and then: 10.0.0.7/24 is the network 10.0.0.0/24.
    return generator.oneIn(10) ? block : ReferenceSimulator.Block(base: block.first, length: length)
  }

  private static func wide(_ generator: inout SplitMix64) -> ReferenceSimulator.Block {
    [
      ReferenceSimulator.block(0, 0, 0, 0, 0), ReferenceSimulator.block(0, 0, 0, 0, 1),
      ReferenceSimulator.block(128, 0, 0, 0, 1), ReferenceSimulator.block(10, 0, 0, 0, 8),
      ReferenceSimulator.block(192, 168, 0, 0, 16), ReferenceSimulator.block(161, 26, 0, 0, 16),
    ][generator.below(6)]
  }

  /// Routes that cover a subnet in pieces.
  private static func cover(
    _ subnet: ReferenceSimulator.Block, _ model: inout ReferenceSimulator.Model, _ generator: inout SplitMix64
  ) {
    let parts = 1 << generator.below(3)
    let length = min(32, subnet.length + parts.trailingZeroBitCount)
    for part in 0..<UInt64(1 << (length - subnet.length)) {
      let size = UInt64(1) << UInt64(32 - length)
      model.routes.append(
        .init(
          destination: .init(base: UInt32(UInt64(subnet.first) + part * size), length: length),
          action: generator.oneIn(5) ? .translate : .deliver))
    }
  }

  /// The model as a file.
  var text: String {
    func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }
    let subnets = subnets.enumerated().map { "{name: s\($0), ipv4_cidr_block: \($1)}" }
    let prefixes = addressPrefixes.map { ", address_prefixes: \(list($0.map { "{cidr: \($0)}" }))" } ?? ""
    let networks = networks.enumerated().map {
      "{name: n\($0), cidrs: \(list($1.cidrs.map(\.description))), via: \($1.way.rawValue)}"
    }
    let addresses = publicAddresses.map { ", public_ips: \(list($0.map(dotted)))" } ?? ""
    let routes = routes.map { "{destination: \($0.destination), action: \($0.action.rawValue)}" }
    let expectations = expectations.map { "{to: \($0.destination), expect: \($0.intent.rawValue)}" }
    let tunnel = tunnelNetwork.map { ", tunnel_network: \($0)" } ?? ""
    return """
      vpc: {subnets: \(list(subnets))\(prefixes)}
      networks: \(list(networks))
      expectations: \(list(expectations))
      vpn_servers:
        - {name: vpn, client_ip_pool: \(pool)\(tunnel), enable_split_tunneling: \(isSplit)\(addresses), routes: \(list(routes))}

      """
  }
}

extension ReferenceSimulator.Block: CustomStringConvertible {
  var description: String { "\(dotted(base))/\(length)" }
}

/// Dotted quad.
func dotted(_ address: UInt32) -> String {
  "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
}
