public import ClientVPN
public import IPv4Space

/// An address prefix of public addresses that a subnet with its own way to the internet does not find in the VPC.
public struct PublicPrefix: Sendable {
  /// The prefix.
  public let prefix: AddressPrefix
  /// The first subnet that has a way to the internet and no route that keeps the prefix in the VPC, by its position.
  public let subnet: Int
  /// Its routing table.
  public let table: RoutingTable
  /// The addresses without such a route.
  public let missing: [IPv4Range]
}

extension Analysis {
  /// Address prefixes of public addresses without a `delegate_vpc` route in the table of a subnet that has a public
  /// gateway or a floating IP.
  public var publicPrefixesWithoutDelegation: [PublicPrefix] {
    let internet = ProviderSpace.of(model.provider).internet
    let prefixes = (model.vpc.addressPrefixes?.elements ?? []).filter { internet.overlaps($0.cidr.value.range) }
    if prefixes.isEmpty { return [] }
    let connected = subnetsOnInternet.compactMap { subnet -> (subnet: Int, table: RoutingTable, kept: IPv4Set)? in
      guard case .known(let index) = attachments.routingTable(ofSubnet: subnet),
        let routes = routingTables[index].routes
      else { return nil }
      let zone = model.vpc.subnets.elements[subnet].zone?.value
      let kept = routes.elements.filter { route in
        route.action?.value == "delegate_vpc" && (zone == nil || route.zone == nil || route.zone?.value == zone)
      }
      return (subnet, routingTables[index], IPv4Set(kept.map(\.network)))
    }
    return prefixes.compactMap { prefix in
      for (subnet, table, kept) in connected {
        let missing = IPv4Set(prefix.cidr.value).subtracting(kept).ranges
        if !missing.isEmpty { return PublicPrefix(prefix: prefix, subnet: subnet, table: table, missing: missing) }
      }
      return nil
    }
  }

  private var subnetsOnInternet: [Int] {
    let floating = Set(
      (model.vpc.workloads?.elements ?? []).compactMap { $0.floatingIP == nil ? nil : $0.subnet?.index })
    return model.vpc.subnets.elements.indices.filter {
      model.vpc.subnets.elements[$0].publicGateway != nil || floating.contains($0)
    }
  }
}
