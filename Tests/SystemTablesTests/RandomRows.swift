import IPv4Space
import SystemTables
import TestSupport

/// Rows that a command can print, with everything that it can say of them.
enum RandomRows {
  static func rows(_ format: TableFormat, _ generator: inout SplitMix64) -> [SystemRow] {
    (0..<1 + generator.below(12)).map { _ in
      switch format {
      case .netstat: netstat(&generator)
      case .ipRoute, .ipRouteJSON: linux(&generator)
      case .routePrint: windows(&generator)
      }
    }
  }

  static func prefix(_ generator: inout SplitMix64) -> IPv4Prefix {
    let length = UInt8(generator.below(33))
    let bits = UInt32.random(in: 0...(.max), using: &generator)
    let sparse = generator.oneIn(2) ? bits & 0xFFFF_0000 : bits
    // A length of 0 leaves one network alone.
    return IPv4Prefix(IPv4Address(bits: sparse), length: length).canonical
  }

  private static func address(_ generator: inout SplitMix64) -> IPv4Address {
    IPv4Address(bits: UInt32.random(in: 0...(.max), using: &generator))
  }

  private static func gateway(_ generator: inout SplitMix64) -> SystemRow.Gateway {
    switch generator.below(6) {
    case 0: .masked("203.0.xxx.\(generator.below(256))")
    case 1, 2: .onLink
    default: .address(address(&generator))
    }
  }

  private static func netstat(_ generator: inout SplitMix64) -> SystemRow {
    let isHost = generator.oneIn(3)
    let network = isHost ? IPv4Prefix(address(&generator), length: 32) : prefix(&generator)
    let isMasked = generator.oneIn(10)
    let gateway = gateway(&generator)
    let links = ["link#\(generator.below(30))", "0:25:36:d3:c9:\(generator.below(10))", "utun3"]
    return SystemRow(
      destination: isMasked ? nil : network, destinationText: isMasked ? "162.133.xxx.xx/32" : "", gateway: gateway,
      gatewayText: gateway == .onLink ? links[generator.below(3)] : "", interface: "en\(generator.below(9))",
      flags: (isHost ? "UH" : "U") + ["", "GSc", "LWIir", "CS", "GScIg"][generator.below(5)],
      expire: ["", "!", "1200"][generator.below(3)])
  }

  private static func windows(_ generator: inout SplitMix64) -> SystemRow {
    let isMasked = generator.oneIn(10)
    let gateway = gateway(&generator)
    return SystemRow(
      destination: isMasked ? nil : prefix(&generator), destinationText: isMasked ? "162.133.xxx.xx/32" : "",
      gateway: gateway, gatewayText: gateway == .onLink ? "On-link" : "",
      interface: generator.oneIn(9) ? "10.0.0.x" : address(&generator).description, metric: generator.below(10000))
  }

  private static func linux(_ generator: inout SplitMix64) -> SystemRow {
    let kinds = ["", "", "", "local", "blackhole", "unreachable"]
    let kind = kinds[generator.below(kinds.count)]
    let isMasked = generator.oneIn(10)
    var row = SystemRow(
      destination: isMasked ? nil : prefix(&generator), destinationText: isMasked ? "162.133.xxx.xx" : "",
      gateway: .onLink, interface: "", metric: generator.oneIn(2) ? 0 : generator.below(1000), kind: kind,
      attributes: attributes(&generator))
    if kind == "blackhole" || kind == "unreachable" { return row }
    let hops = (0..<(generator.oneIn(4) ? 3 : 1)).map { _ in
      SystemRow.NextHop(
        gateway: generator.oneIn(8) ? .ipv6("fe80::\(generator.below(9))") : gateway(&generator),
        interface: "eth\(generator.below(9))")
    }
    (row.gateway, row.gatewayText, row.interface) = (
      hops[0].gateway, Tables.address(hops[0].gateway), hops[0].interface
    )
    guard hops.count > 1 else { return row }
    row.nextHops = hops.map { hop in
      var hop = hop
      hop.attributes = [.init("weight", "\(1 + generator.below(9))")] + (generator.oneIn(2) ? [.init("linkdown")] : [])
      return hop
    }
    return row
  }

  /// In the order of the command, so that they come back in it.
  private static func attributes(_ generator: inout SplitMix64) -> [SystemRow.Attribute] {
    let all: [SystemRow.Attribute] = [
      .init("nhid", "5"), .init("table", "vpn"), .init("proto", "dhcp"), .init("scope", "link"),
      .init("src", "192.168.1.4"), .init("onlink"), .init("linkdown"), .init("realm", "1/4"), .init("mtu", "1400"),
      .init("rtt", "100ms"), .init("quickack", "1"),
    ]
    return all.filter { _ in generator.oneIn(3) }
  }
}
