import ClientVPN
public import IPv4Space

extension Analysis {
  /// A private client pool of the given length for a server that meets nothing the model knows: the VPC, declared
  /// networks, other pools, the server's routes, the LANs of sites, and what is to be avoided. The highest there is, as
  /// home LANs are mostly low; nil if there is none.
  public func freePool(
    for server: ServerAnalysis, length: UInt8, avoiding others: [IPv4Prefix]
  ) -> IPv4Prefix? {
    let routes = server.table.routes.map(\.network).filter { $0.length > 1 }
    let pools = servers.filter { $0.index != server.index }.compactMap { $0.server.clientPool?.value }
    let lans = (model.sites?.elements ?? []).compactMap { $0.lan?.value }
    let taken = IPv4Set(routes + pools + lans + others + model.provider.reservedRanges)
    let free = AddressPlan.rfc1918.subtracting(plan.vpc).subtracting(plan.networks).subtracting(taken)
    return free.ranges.reversed().lazy.compactMap { $0.lastBlock(length: length) }.first
  }
}

extension IPv4Range {
  /// The highest block of a length (1…32) that lies in the range.
  fileprivate func lastBlock(length: UInt8) -> IPv4Prefix? {
    let size = IPv4Prefix(first, length: length).count
    let end = (UInt64(last.bits) + 1) / size * size
    guard end >= size, end - size >= UInt64(first.bits) else { return nil }
    return IPv4Prefix(IPv4Address(bits: UInt32(end - size)), length: length)
  }
}
