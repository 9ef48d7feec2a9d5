import ClientVPN
public import IPv4Space

extension Analysis {
  /// Whether nothing lies in a destination as far as the model tells: no subnet or address prefix, no declared network,
  /// service or public address, and not the client pool.
  public func isUnrelated(_ destination: IPv4Prefix, for server: ServerAnalysis) -> Bool {
    let range = destination.range
    return !plan.vpc.overlaps(range) && !plan.publicAddresses.overlaps(range)
      && server.fates.allSatisfy(in: range) { $0.target == .nothing }
  }

  /// The destinations, by their positions, that take in the VPC and more than everything that is declared. Without
  /// address prefixes it is not known how far the VPC reaches: then only what is wider than any subnet counts.
  public func widerThanVPC(_ destinations: [(position: Int, network: IPv4Prefix)]) -> [Int] {
    let shortest = model.provider.subnetLengths.lowerBound
    let candidates = destinations.filter { _, network in
      let isWide = plan.addressPrefixes?.overlaps(network.range) ?? (network.length < shortest)
      return isWide && plan.vpc.overlaps(network.range) && !plan.vpc.contains(network.range)
    }
    guard !candidates.isEmpty else { return [] }
    // A destination that meets an address prefix and leaves the VPC contains that prefix whole, as prefixes nest.
    let declared = plan.vpc.union(plan.networks).union(plan.services)
    return candidates.filter { !declared.contains($0.network.range) }.map(\.position)
  }
}
