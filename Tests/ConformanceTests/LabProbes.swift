import IPv4Space
import TestSupport

/// The addresses that are worth a look: one for everything that a configuration speaks of.
struct LabProbes {
  private let configuration: LabConfiguration
  private let lan: IPv4Prefix
  private let pool: IPv4Prefix
  private let member: IPv4Prefix

  init(_ configuration: LabConfiguration) throws {
    self.configuration = configuration
    lan = try IPv4Prefix(cidr: configuration.clientLAN.cidr)
    pool = try IPv4Prefix(cidr: configuration.pool)
    member = try IPv4Prefix(cidr: configuration.memberPool)
  }

  func chosen(_ generator: inout SplitMix64) throws -> [String] {
    let named = configuration.vpcSubnets + configuration.routes.map(\.destination)
    let networks = try (named + configuration.clientLAN.routes.map(\.destination)).map { try IPv4Prefix(cidr: $0) }
    var addresses = networks.map { $0.length > 1 ? $0.host(5) : Self.publicHost(of: $0) }
    // Somewhere in one of them: the smallest address is not always like the others.
    let wide = networks.filter { 8..<31 ~= $0.length }
    if let network = wide.randomElement(using: &generator) {
      addresses.append(network.host(1 + generator.below(Int(network.count) - 2)))
    }
    let texts = [configuration.clientLAN.gateway, configuration.serverPublicIP, "198.51.100.20", "161.26.0.10"]
    addresses += try (texts + configuration.clientLAN.hosts).map { try IPv4Prefix(cidr: $0).first }
    addresses += [member.host(1), pool.host(9), pool.host(Int(pool.count) / 2 + 9)]
    var seen: Set<IPv4Address> = []
    return addresses.filter { isHost($0) && seen.insert($0).inserted }.map(\.description)
  }

  /// An internet host in 0.0.0.0/0 or a half of it.
  private static func publicHost(of network: IPv4Prefix) -> IPv4Address {
    network.length == 1 && network.first.bits == 0 ? IPv4Address(8, 8, 8, 8) : IPv4Address(198, 51, 100, 20)
  }

  /// Neither the client itself nor an address for all hosts of a network.
  private func isHost(_ address: IPv4Address) -> Bool {
    let network = lan.contains(address) ? [lan] : []
    let ends = (network + [member]).flatMap { [$0.first, $0.last] }
    return !ends.contains(address) && address.description != configuration.clientLAN.address
      && address != member.host(2)
  }
}
