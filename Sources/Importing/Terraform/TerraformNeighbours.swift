import ClientVPN
import SourceText
import SourceTree

// Networks beyond the VPC.
extension TerraformModelBuilder {
  mutating func neighbours() -> [Draft] {
    let routed = RoutedDestinations(
      json,
      input.instances.filter { $0.type == TerraformType.serverRoute }.compactMap {
        json.value("destination", of: $0.values)
      })
    let behind = routesToConnections()
    return vpc[TerraformType.vpnGateway].flatMap { gateway in
      (parts.members[gateway] ?? []).map { connection($0, behind[$0] ?? [], routed) }
    } + joinedNetworks(routed)
  }

  /// Destinations of routes of the VPC by the connection that they lead to.
  private func routesToConnections() -> [Int: [NodeIndex]] {
    var destinations: [Int: [NodeIndex]] = [:]
    guard !vpc[TerraformType.vpnGateway].isEmpty else { return [:] }
    for route in vpc[TerraformType.routingTable].flatMap({ parts.members[$0] ?? [] }) {
      let connection = resolver.link("next_hop", of: route, to: [TerraformType.vpnConnection])?.position
      guard let connection, let destination = json.value("destination", of: input.instances[route].values) else {
        continue
      }
      destinations[connection, default: []].append(destination)
    }
    return destinations
  }

  private mutating func connection(_ position: Int, _ routes: [NodeIndex], _ routed: RoutedDestinations) -> Draft {
    let instance = input.instances[position]
    let peer = json.items("peer", of: instance.values).first
    // Older arguments and newer ones say the same.
    let ranges = json.distinct(
      json.items("peer_cidrs", of: instance.values) + json.items("peer_cidrs", of: peer) + json.items("cidrs", of: peer)
        + routes)
    let name = networks.names[position]
    var draft = Draft(at: json.tree.span(instance.values))
    draft.set("name", nameValue(position, at: nil))
    draft.set("via", .text("vpn_gateway", at: json.span(instance.node)))
    guard !ranges.isEmpty else {
      let place = json.span(networks.names.node(position) ?? instance.node)
      draft.setNotKnown("cidrs", at: place)
      gaps.add(
        "networks/\(name)", "cidrs", "the networks behind VPN gateway connection `\(name)` are not in the input",
        "add them below `networks`, with `via: vpn_gateway`, to have them judged", at: place)
      return draft
    }
    draft.set("cidrs", ranges.map { .node($0, at: nil) })
    routed.setIntent(of: &draft, json, ranges, at: json.span(instance.node))
    return draft
  }

  /// What transit gateways join with the VPC.
  private mutating func joinedNetworks(_ routed: RoutedDestinations) -> [Draft] {
    guard let own = vpcInstance else { return [] }
    let joined = Set(parts.transitEnds.filter { $0.vpc == own }.map(\.gateway))
    var (seen, drafts): (Set<Int>, [Draft]) = ([own], [])
    for end in parts.transitEnds where joined.contains(end.gateway) {
      guard let other = end.vpc else {
        drafts.append(strange(end))
        continue
      }
      guard seen.insert(other).inserted, let number = networks.number(of: .instance(other)) else { continue }
      guard drafts.count < GapList.mostNetworks else {
        gaps.addManyNetworks(at: end.place)
        break
      }
      drafts.append(network(networks.vpcs[number], other, routed, at: end.place))
    }
    return drafts
  }

  /// A network that the input does not have.
  private mutating func strange(_ end: TerraformParts.TransitEnd) -> Draft {
    let (instance, name) = (input.instances[end.connection], networks.names[end.connection])
    let type = json.string("network_type", of: instance.values) ?? "unknown"
    var draft = Draft(at: end.place)
    draft.set("name", nameValue(end.connection, at: nil))
    draft.set("via", .text(TransitWay.name(ofType: type), at: end.place))
    draft.setNotKnown("cidrs", at: end.place)
    gaps.add(TransitWay.gap(name, type, at: end.place))
    return draft
  }

  private mutating func network(
    _ other: TerraformNetworks.VPCEntry, _ position: Int, _ routed: RoutedDestinations, at place: Span
  ) -> Draft {
    let prefixes = ranges("cidr", of: other[TerraformType.addressPrefix])
    let ranges = prefixes.isEmpty ? ranges("ipv4_cidr_block", of: other[TerraformType.subnet]) : prefixes
    var draft = Draft(at: place)
    draft.set("name", nameValue(position, at: place))
    draft.set("via", .text("transit_gateway", at: place))
    guard !ranges.isEmpty else {
      let name = networks.names[position]
      draft.setNotKnown("cidrs", at: place)
      gaps.add(
        "networks/\(name)", "cidrs", "the input has no address prefix and no subnet of VPC `\(name)`",
        "a transit gateway joins it: what lies at addresses where nothing is known is undetermined", at: place)
      return draft
    }
    draft.set("cidrs", ranges.map { .node($0, at: nil) })
    routed.setIntent(of: &draft, json, ranges, at: place)
    return draft
  }

  private func ranges(_ field: String, of positions: [Int]) -> [NodeIndex] {
    positions.compactMap { json.value(field, of: input.instances[$0].values) }
  }
}
