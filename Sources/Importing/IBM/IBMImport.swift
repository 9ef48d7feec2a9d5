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
    result[0].1.gaps += cutLists() + homeless(networks)
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

  /// Lists that end before their last page.
  private func cutLists() -> [ImportGap] {
    inventory.cutLists.map { cut in
      ImportGap(
        "vpc", "pages", "the input has \(cut.count) of the \(cut.total) items of a list: not every page is there",
        "what is on the other pages takes no part in any verdict; add the pages that `next` leads to", at: cut.place)
    }
  }

  private func homeless(_ networks: IBMNetworks) -> [ImportGap] {
    networks.homeless.map { resource in
      let name = json.value("name", "id", of: resource.node)
      let words = name.map { "`\(json.tree.text($0))`" } ?? "without a name"
      return ImportGap(
        "vpc", "resources",
        "the input does not tell to which of \(networks.vpcs.count) VPCs a resource \(words) belongs",
        "it takes no part in any verdict; import the outputs of each VPC by themselves",
        at: json.span(name ?? resource.node))
    }
  }
}
