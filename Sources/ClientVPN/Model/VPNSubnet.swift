public import SourceText

/// A subnet in which VPN servers have an address.
public struct VPNSubnet: Sendable {
  /// Position of the subnet.
  public let subnet: Int
  /// The servers by their positions, and where each one names the subnet.
  public internal(set) var servers: [(server: Int, place: Span)]
}

extension Model {
  /// The subnets in which servers have an address, each once, in the order in which servers name them.
  public var vpnSubnets: [VPNSubnet] {
    var result: [VPNSubnet] = []
    var positions: [Int: Int] = [:]
    for (server, entry) in servers.enumerated() {
      for reference in entry.subnets?.elements ?? [] {
        guard let subnet = reference.index else { continue }
        if let position = positions[subnet] {
          result[position].servers.append((server, reference.span))
        } else {
          positions[subnet] = result.count
          result.append(VPNSubnet(subnet: subnet, servers: [(server, reference.span)]))
        }
      }
    }
    return result
  }
}
