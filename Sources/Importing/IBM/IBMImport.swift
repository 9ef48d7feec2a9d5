import ClientVPN
import SourceText
import SourceTree

/// Turns answers of the API, outputs of the command line and dumps of collectors into models.
struct IBMImport {
  private var inventory: IBMInventory
  private var json: JSONText { inventory.json }
  private var roots: [NodeIndex] = []

  init(_ json: JSONText) { inventory = IBMInventory(json) }

  /// Takes a value of the text; false if it is of another kind.
  mutating func take(_ root: NodeIndex) -> Bool {
    guard inventory.take(root) else { return false }
    roots.append(root)
    return true
  }

  /// One document for each VPC.
  func documents() -> [(Draft, ImportedDocument)] {
    guard let first = roots.first, !inventory.isEmpty else { return [] }
    let networks = IBMNetworks(inventory)
    var result: [(Draft, ImportedDocument)] = networks.vpcs.indices.map { number in
      var builder = IBMModelBuilder(networks, number)
      return builder.document(at: json.span(first))
    }
    result[0].1.gaps +=
      cutLists() + homeless(networks) + strayConnections(networks) + IBMOrphans(inventory: inventory).gaps()
    // The list of servers is that of all VPCs.
    if !inventory.listed.contains(.vpnServer) {
      for number in result.indices { result[number].1.gaps.append(withoutServers(at: json.span(first))) }
    }
    return result
  }

  private func withoutServers(at place: Span) -> ImportGap {
    ImportGap(
      "", "vpn_servers", "the VPN servers are not in the input",
      "nothing is judged of what clients reach; add the output of `ibmcloud is vpn-servers`", at: place)
  }

  private func strayConnections(_ networks: IBMNetworks) -> [ImportGap] {
    networks.strayConnections.map { connection in
      let named = json.value("name", "id", of: connection) ?? connection
      let name = json.string(named) ?? "transit connection"
      return ImportGap(
        "vpc", "transit_connections/\(name)",
        "the transit gateway of connection `\(name)` joins no VPC of the input",
        "what it leads to takes no part in any verdict", at: json.span(named))
    }
  }

  /// Lists that end before their last page.
  private func cutLists() -> [ImportGap] {
    inventory.cutLists.map { cut in
      ImportGap(
        "vpc", "pages/\(cut.list.kind.words.list)/\(cut.list.parent ?? "")",
        "the input has \(cut.count) of the \(cut.total) \(words(of: cut.list)): not every page is there",
        "what is on the other pages is undetermined; add the pages that `next` leads to", at: cut.place)
    }
  }

  /// What a list is of, and whose it is: "routes of `team-vpn`".
  private func words(of list: IBMInventory.List) -> String {
    let holders: [IBMKind] = [.vpnServer, .routingTable, .vpc, .vpnGateway]
    let holder = list.parent.flatMap { id in holders.lazy.compactMap { inventory.resource($0, id) }.first }
    let name = holder.flatMap { json.string("name", of: $0) } ?? list.parent
    return list.kind.words.plural + (name.map { " of `\($0)`" } ?? "")
  }

  private func homeless(_ networks: IBMNetworks) -> [ImportGap] {
    networks.homeless.map { resource in
      let name = json.value("name", "id", of: resource.node)
      let words = name.map { "`\(json.tree.text($0))`" } ?? "without a name"
      return ImportGap(
        "vpc", "resources",
        networks.vpcs.count == 1
          ? "a resource \(words) belongs to a VPC that the input does not have"
          : "the input does not tell to which of \(networks.vpcs.count) VPCs a resource \(words) belongs",
        "it takes no part in any verdict; import the outputs of each VPC by themselves",
        at: json.span(name ?? resource.node))
    }
  }
}
