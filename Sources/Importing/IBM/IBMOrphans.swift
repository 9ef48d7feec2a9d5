import ClientVPN
import SourceText
import SourceTree

/// Routes, clients and connections of something that the input does not have.
struct IBMOrphans {
  let inventory: IBMInventory
  private var json: JSONText { inventory.json }

  /// What holds resources of a kind, in words, and the command that lists it.
  private struct Holder {
    let kind: IBMKind
    let words, command: String
  }

  private static let holders: [(kind: IBMKind, holder: Holder)] = [
    (.vpcRoute, Holder(kind: .routingTable, words: "routing table", command: "ibmcloud is vpc-routing-tables")),
    (.serverRoute, Holder(kind: .vpnServer, words: "VPN server", command: "ibmcloud is vpn-servers")),
    (.serverClient, Holder(kind: .vpnServer, words: "VPN server", command: "ibmcloud is vpn-servers")),
    (.vpnConnection, Holder(kind: .vpnGateway, words: "VPN gateway", command: "ibmcloud is vpn-gateways")),
  ]

  /// One for all that belongs to the same thing.
  func gaps() -> [ImportGap] {
    Self.holders.flatMap { kind, holder in
      let members = membersOfGateways(kind)
      var told: Set<String?> = []
      return inventory[kind].compactMap { resource -> ImportGap? in
        guard !isHeld(resource, by: holder, members), told.insert(resource.parent).inserted else { return nil }
        return gap(resource, holder)
      }
    }
  }

  /// What gateways say of themselves that it is theirs.
  private func membersOfGateways(_ kind: IBMKind) -> Set<String> {
    guard kind == .vpnConnection else { return [] }
    let connections = inventory[.vpnGateway].flatMap { json.items("connections", of: $0.node) }
    return Set(connections.compactMap { json.string("id", of: $0) })
  }

  private func isHeld(_ resource: IBMResource, by holder: Holder, _ members: Set<String>) -> Bool {
    if let id = json.string("id", of: resource.node), members.contains(id) { return true }
    guard let parent = resource.parent else {
      // Where nothing names a server, everything is of the only one.
      return holder.kind == .vpnServer && inventory[.vpnServer].count == 1
    }
    return inventory.resource(holder.kind, parent) != nil
  }

  private func gap(_ resource: IBMResource, _ holder: Holder) -> ImportGap {
    let things = resource.kind.words.plural
    return ImportGap(
      "vpc", "\(things)/\(resource.parent ?? "")",
      resource.parent.map { "the input has \(things) of \(holder.words) `\($0)`, which it does not have" }
        ?? "the input has \(things), and does not tell of which \(holder.words)",
      "they take no part in any verdict; add the output of `\(holder.command)`",
      at: json.span(json.value("name", "id", of: resource.node) ?? resource.node))
  }
}
