import IPv4Space

extension Analysis {
  /// Whether clients reach the same by the same servers, from everywhere, as in another model: every address of the
  /// whole IPv4 space and every service ends alike.
  public func reachesTheSame(as other: Analysis) -> Bool {
    servers.count == other.servers.count
      && zip(servers, other.servers).allSatisfy { server, theirs in
        server.mode == theirs.mode && server.carrier.isLooped == theirs.carrier.isLooped
          && server.sites.count == theirs.sites.count && ends(server.fates, theirs.fates)
          && ends(server.services, theirs.services)
          && zip(server.sites, theirs.sites).allSatisfy { site, their in
            ends(site.fates, their.fates) && ends(site.services, their.services)
          }
      }
  }

  private func ends(_ fates: AddressMap<Fate>, _ theirs: AddressMap<Fate>) -> Bool {
    let same = fates.zipped(with: theirs) { $0.outcome == $1.outcome && $0.isPartial == $1.isPartial }
    return same.values == [true]
  }

  private func ends(_ services: [ServiceVerdict], _ theirs: [ServiceVerdict]) -> Bool {
    services.count == theirs.count
      && zip(services, theirs).allSatisfy { $0.verdict == $1.verdict && $0.outcome == $1.outcome }
  }
}
