import IPv4Space
import SourceText
import SourceTree

/// One object of `ip -j route`: a route, or one of its next hops.
struct IPRouteJSONItem {
  private let tree: SourceTree
  private let node: NodeIndex

  init(_ tree: SourceTree, _ node: NodeIndex) {
    self.tree = tree
    self.node = node
  }

  /// A row, a row of IPv6 (furniture), or unknown.
  func meaning(line: Int) -> LineMeaning {
    guard tree.kind(node) == .mapping, let destination = value("dst"), let way = way() else { return .unknown }
    let kind = value("type") ?? ""
    guard kind.isEmpty || IPRouteWord.kinds.contains(kind), let metric = metric(), let hops = nextHops() else {
      return .unknown
    }
    var row = SystemRow(
      destination: nil, destinationText: destination, gateway: way.gateway, interface: way.interface, metric: metric,
      kind: kind, attributes: way.attributes, line: line)
    switch AddressWord(Array(destination.utf8)[...]) {
    case _ where destination == "default": row.destination = IPv4Prefix(IPv4Address(bits: 0), length: 0)
    case .prefix(let prefix): row.destination = prefix
    case .masked: break
    case .ipv6: return .furniture
    case nil: return .unknown
    }
    // In a row of IPv4 such a gateway is an object, and there is no `pref`.
    if case .ipv6 = way.gateway, entry("via") == nil { return .furniture }
    if entry("pref") != nil { return .furniture }
    for hop in hops { row.addNextHop(hop) }
    let hasPath = row.gateway != .onLink || !row.interface.isEmpty
    return hasPath || IPRouteWord.kindsWithoutPath.contains(kind) ? .row(row) : .unknown
  }

  /// The first entry with a key: a route through a tunnel has the key `dst` twice.
  private func entry(_ name: String) -> NodeIndex? {
    guard tree.kind(node) == .mapping else { return nil }
    return tree.keys(node).first { tree.text($0) == name }.map { tree.value(ofKey: $0) }
  }

  private func value(_ name: String) -> String? {
    guard let entry = entry(name), tree.kind(entry) == .scalar else { return nil }
    return tree.text(entry)
  }

  private func metric() -> Int? {
    entry("metric") == nil ? 0 : value("metric").flatMap { Int($0) }
  }

  private func way() -> SystemRow.NextHop? {
    guard tree.kind(node) == .mapping, let gateway = gateway() else { return nil }
    return SystemRow.NextHop(gateway: gateway, interface: value("dev") ?? "", attributes: attributes())
  }

  private func gateway() -> SystemRow.Gateway? {
    if let via = entry("via") {
      return IPRouteJSONItem(tree, via).value("host").flatMap { AddressWord.gateway(Array($0.utf8)[...]) }
    }
    guard entry("gateway") != nil else { return .onLink }
    return value("gateway").flatMap { AddressWord.gateway(Array($0.utf8)[...]) }
  }

  private func nextHops() -> [SystemRow.NextHop]? {
    guard let list = entry("nexthops") else { return [] }
    var hops: [SystemRow.NextHop] = []
    for item in tree.items(list) {
      guard let hop = IPRouteJSONItem(tree, item).way() else { return nil }
      hops.append(hop)
    }
    return hops
  }

  /// Everything but what the row says elsewhere, in the spelling of the text.
  private func attributes() -> [SystemRow.Attribute] {
    let elsewhere: Set = ["dst", "type", "gateway", "via", "dev", "metric", "nexthops"]
    var attributes: [SystemRow.Attribute] = []
    for key in tree.keys(node) {
      let name = tree.text(key)
      let value = tree.value(ofKey: key)
      switch name {
      case "flags": attributes += tree.items(value).map { SystemRow.Attribute(tree.text($0)) }
      case "metrics": attributes += tree.items(value).flatMap { IPRouteJSONItem(tree, $0).metrics() }
      case "flow": attributes += IPRouteJSONItem(tree, value).realm()
      case _ where tree.kind(value) != .scalar || elsewhere.contains(name): continue
      default: attributes.append(SystemRow.Attribute(IPRouteWord.textName(name), tree.text(value)))
      }
    }
    return attributes
  }

  private func metrics() -> [SystemRow.Attribute] {
    guard tree.kind(node) == .mapping else { return [] }
    return tree.keys(node).map { key in
      let name = tree.text(key)
      let unit = IPRouteWord.milliseconds.contains(name) ? "ms" : ""
      return SystemRow.Attribute(name, tree.text(tree.value(ofKey: key)) + unit)
    }
  }

  private func realm() -> [SystemRow.Attribute] {
    guard tree.kind(node) == .mapping, let to = value("to") else { return [] }
    return [SystemRow.Attribute("realm", value("from").map { "\($0)/\(to)" } ?? to)]
  }
}
