public import ClientVPN
public import IPv4Space

/// DNS servers that are pushed to clients, and that they do not reach, for one reason.
public struct UnreachedDNS: Sendable {
  /// The DNS servers, in the order of the model.
  public internal(set) var servers: [Field<IPv4Address>]
  /// What becomes of queries.
  public let fate: Fate
  /// What they lie in: a subnet, a range of a declared network or of the provider's services; else the address alone.
  public let place: IPv4Prefix
  /// Routes with which clients reach them; nil if it is not known what lies there.
  public let missing: MissingRoutes?

  /// The addresses of the DNS servers.
  public var addresses: [IPv4Address] { servers.map(\.value) }
}

extension Analysis {
  /// The DNS servers of a server that its clients do not reach. Public ones outside the tunnel are reached there; what
  /// the model does not tell is left out, and so is a dead tunnel.
  public func unreachedDNS(of server: ServerAnalysis) -> [UnreachedDNS] {
    guard let pushed = server.server.dnsServers?.elements, !server.carrier.isLooped else { return [] }
    var result: [UnreachedDNS] = []
    for dns in pushed where isUnreached(dns.value, server) {
      let fate = server.fates[dns.value]
      let place = place(of: dns.value, fate.target)
      if let index = result.firstIndex(where: { $0.place == place && $0.fate == fate }) {
        if !result[index].addresses.contains(dns.value) { result[index].servers.append(dns) }
      } else {
        let missing = server.missingRoutes(to: fate.target, destinations(of: fate, place, server), in: model)
        result.append(UnreachedDNS(servers: [dns], fate: fate, place: place, missing: missing))
      }
    }
    return result
  }

  private func isUnreached(_ dns: IPv4Address, _ server: ServerAnalysis) -> Bool {
    // A resolver on the client itself is nobody's business.
    if AddressPlan.SpecialKind.loopback.prefix.contains(dns) { return false }
    let fate = server.fates[dns]
    switch fate.outcome {
    case .direct: return !isOutside(fate.target)
    case .noServerRoute: return !(internetGap(of: server)?.addresses.contains(dns) ?? false)
    case .serverDrop: return true
    // Only the way to the private zones is documented not to work without translate (SPEC, domain notes §6-C1).
    case .noReturnPath: return isService(fate.target) && model.provider.dns.names(answeredBy: dns) == .privateZones
    default: return false
    }
  }

  /// Whether the target can be reached without the tunnel.
  private func isOutside(_ target: Target) -> Bool {
    switch target {
    case .internet, .server: true
    case .network(let index): model.networks?.elements[index].via.value == .internet
    default: false
    }
  }

  /// Whether the target is one of the provider's services, declared or not.
  func isService(_ target: Target) -> Bool {
    switch target {
    case .service: true
    case .network(let index): model.networks?.elements[index].via.value == .service
    default: false
    }
  }

  private func place(of address: IPv4Address, _ target: Target) -> IPv4Prefix {
    let candidates: [IPv4Prefix] =
      switch target {
      case .subnet: plan.blocks
      case .network(let index): model.networks?.elements[index].cidrs.map(\.value) ?? []
      case .service: model.provider.serviceRanges
      default: []
      }
    let narrowest = candidates.filter { $0.contains(address) }.max { $0.length < $1.length }
    return narrowest?.canonical ?? IPv4Prefix(address, length: 32)
  }

  /// The place itself, and of a declared network everything that shares the fate.
  private func destinations(of fate: Fate, _ place: IPv4Prefix, _ server: ServerAnalysis) -> [IPv4Prefix] {
    guard case .network(let index) = fate.target, let cidrs = model.networks?.elements[index].cidrs else {
      return [place]
    }
    let prefixes = cidrs.map(\.value.canonical)
    return prefixes.filter { prefix in
      !server.fates.stretches(in: prefix.range, limit: 1) { $0 == fate }.isEmpty
    }
  }
}
