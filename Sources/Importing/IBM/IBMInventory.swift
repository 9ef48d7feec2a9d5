import SourceText
import SourceTree

/// A resource as the API or a collector describes it.
struct IBMResource {
  let kind: IBMKind
  let node: NodeIndex
  /// The id of what holds it: the VPC of an address prefix or of a routing table, the table, server or gateway of a
  /// route, a client or a connection.
  let parent: String?
}

/// The resources of all files, by kind, each once.
struct IBMInventory {
  let json: JSONText
  private var resources: [IBMKind: [IBMResource]] = [:]
  private var known: [IBMKind: [String: Int]] = [:]
  /// Kinds of which there is a list, perhaps without an item.
  private(set) var listed: Set<IBMKind> = []
  /// Lists that are empty, by kind and by what holds them.
  private var emptyLists: Set<List> = []
  private var pages: [List: Pages] = [:]

  /// A list of the API.
  struct List: Hashable {
    let kind: IBMKind
    let parent: String?
  }

  /// Pages of one list.
  private struct Pages {
    var total: Int
    var count = 0
    let place: Span
  }

  init(_ json: JSONText) { self.json = json }

  /// The resources of a kind, in the order of the text.
  subscript(_ kind: IBMKind) -> [IBMResource] { resources[kind] ?? [] }

  /// The resource of a kind with an id.
  func resource(_ kind: IBMKind, _ id: String) -> NodeIndex? {
    known[kind]?[id].flatMap { resources[kind]?[$0].node }
  }

  /// Whether there is nothing.
  var isEmpty: Bool { resources.isEmpty && listed.isEmpty }

  /// Whether the text has a list of a kind that what has this id holds.
  func hasList(_ kind: IBMKind, of parent: String?) -> Bool {
    emptyLists.contains(List(kind: kind, parent: parent)) || self[kind].contains { $0.parent == parent }
  }

  /// Lists of which not every page is there: how many items there should be, and how many are.
  var cutLists: [(list: List, total: Int, count: Int, place: Span)] {
    pages.filter { $0.value.count < $0.value.total }
      .map { ($0.key, $0.value.total, $0.value.count, $0.value.place) }
      .sorted { $0.place < $1.place }
  }

  // MARK: Collecting

  /// Takes what a value of the text holds: a resource, a bare array, a page or a dump. False if that is nothing.
  mutating func take(_ root: NodeIndex) -> Bool {
    switch json.tree.kind(root) {
    case .sequence: return take(Array(json.tree.items(root)), of: nil, parent: nil) > 0
    case .mapping:
      let isResource = json.value("id", of: root) != nil || json.value("resource_type", of: root) != nil
      if isResource { return take([root], of: nil, parent: nil) > 0 }
      return takeLists(root)
    case .scalar, .alias: return false
    }
  }

  private mutating func takeLists(_ object: NodeIndex) -> Bool {
    let tree = json.tree
    let isPage = ["first", "limit", "total_count"].contains { json.hasKey($0, in: object) }
    let url = json.string("href", of: json.value("first", of: object)).map { IBMPath($0) }
    let lists = tree.keys(object).filter { key in
      let name = tree.text(key)
      return tree.kind(tree.value(ofKey: key)) == .sequence
        && (IBMKind.byCollection[name] != nil || IBMKind.otherCollections.contains(name))
    }
    var isTaken = isPage || lists.count > 1
    for key in lists {
      guard let known = IBMKind.byCollection[tree.text(key)] else { continue }
      let (kind, parent) = (known ?? url?.kind, url?.parent)
      let items = Array(tree.items(tree.value(ofKey: key)))
      let count = take(items, of: kind, parent: parent)
      if count > 0 { isTaken = true }
      guard let kind, isTaken else { continue }
      listed.insert(kind)
      let list = List(kind: kind, parent: parent)
      if items.isEmpty { emptyLists.insert(list) }
      if isPage { note(items.count, of: json.number("total_count", of: object), list, at: tree.span(key)) }
    }
    return isTaken && !lists.isEmpty
  }

  private mutating func note(_ count: Int, of total: Int?, _ list: List, at place: Span) {
    guard let total else { return }
    var pages = self.pages[list] ?? Pages(total: total, place: place)
    pages.count += count
    pages.total = max(total, pages.total)
    self.pages[list] = pages
  }

  /// Takes the items of a list; how many there were.
  private mutating func take(_ items: [NodeIndex], of collection: IBMKind?, parent: String?) -> Int {
    var count = 0
    // What a command prints of one gateway does not name it.
    let gateway = items.first.map { "list \($0)" }
    // In a bare array the first item that tells its kind tells that of the others.
    var collection = collection
    for item in items {
      guard let kind = IBMKind.of(item, in: collection, json) else { continue }
      if collection == nil { collection = kind }
      let named = json.string("href", of: item).flatMap { IBMPath($0).parent } ?? parent
      add(item, kind, parent: named ?? (kind == .transitConnection ? gateway : nil))
      count += 1
    }
    return count
  }

  private mutating func add(_ node: NodeIndex, _ kind: IBMKind, parent: String?) {
    listed.insert(kind)
    let resource = IBMResource(kind: kind, node: node, parent: parent)
    if let id = json.string("id", of: node) {
      if let position = known[kind]?[id] {
        // The same thing again, from another command: the one that tells more counts.
        let earlier = resources[kind]?[position].node ?? node
        if json.tree.childCount(node) > json.tree.childCount(earlier) { resources[kind]?[position] = resource }
        return
      }
      known[kind, default: [:]][id] = resources[kind]?.count ?? 0
    }
    resources[kind, default: []].append(resource)
    takeNested(node, kind)
  }

  /// What collectors put inside of what holds it.
  private mutating func takeNested(_ node: NodeIndex, _ kind: IBMKind) {
    switch kind {
    case .vpc:
      takeNested("address_prefixes", .addressPrefix, describedBy: "cidr", of: node)
      takeNested("routing_tables", .routingTable, describedBy: "accept_routes_from", of: node)
    case .routingTable: takeNested("routes", .vpcRoute, describedBy: "destination", of: node)
    case .vpnServer:
      takeNested("routes", .serverRoute, describedBy: "destination", of: node)
      takeNested("clients", .serverClient, describedBy: "client_ip", of: node)
    case .vpnGateway: takeNested("connections", .vpnConnection, describedBy: "status", of: node)
    default: break
    }
  }

  private mutating func takeNested(_ name: String, _ kind: IBMKind, describedBy key: String, of node: NodeIndex) {
    guard json.isList(name, of: node) else { return }
    let items = json.items(name, of: node)
    // References to things that are described elsewhere are no descriptions.
    guard items.allSatisfy({ json.value(key, of: $0) != nil }) else { return }
    listed.insert(kind)
    let id = json.string("id", of: node)
    if items.isEmpty { emptyLists.insert(List(kind: kind, parent: id)) }
    for item in items { add(item, kind, parent: id) }
  }
}
