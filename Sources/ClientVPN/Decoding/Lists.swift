import SourceText
import SourceTree

// Lists, and the references in them.
extension Decoder {
  /// The items of a list, each read by `read`; nil if the key is absent or null. One item without the list around it
  /// is reported and read; a page of the API (`{"first": …, "routes": […]}`) counts as the list in it.
  func list<Key: ModelKey, Element>(
    _ object: ObjectReader<Key>, _ key: Key, each item: String? = nil, _ read: (NodeIndex) -> Element?
  ) -> ListField<Element>? {
    guard let keyNode = object.keyNode(key), let node = value(object, key) else {
      return object.isNotKnown(key) ? object.notKnownPlace.map { ListField([], key: $0, isIncomplete: true) } : nil
    }
    var isIncomplete = object.isNotKnown(key)
    let elements = elements(node, key: name(key), page: name(key), each: item) { node in
      let element = read(node)
      if element == nil { isIncomplete = true }
      return element
    }
    return ListField(elements, key: tree.span(keyNode), isIncomplete: isIncomplete)
  }

  /// A list of objects, each of which is a place for problems and called `item` by them.
  func objects<Key: ModelKey, Element>(
    _ object: ObjectReader<Key>, _ key: Key, _ item: String, _ read: (NodeIndex) -> Element?
  ) -> ListField<Element>? {
    if object.isNotKnown(key) { openKinds.insert(item) }
    return list(object, key, each: item, read)
  }

  func elements<Element>(
    _ node: NodeIndex, key: String, page: String, each item: String? = nil, _ read: (NodeIndex) -> Element?
  ) -> [Element] {
    var result: [Element] = []
    switch tree.kind(node) {
    case .sequence:
      result.reserveCapacity(tree.childCount(node))
      within(key, each: item, tree.items(node)) { node in
        if let element = read(node) { result.append(element) } else { noteUnreadable(node, item) }
      }
    case .mapping:
      for keyNode in tree.keys(node) where tree.text(keyNode) == page {
        let inner = tree.value(ofKey: keyNode)
        if tree.kind(inner) == .sequence { return elements(inner, key: key, page: page, each: item, read) }
      }
      fallthrough
    default:
      report(.wrongType(key: key, expected: "a list", found: describe(node), used: "a list of this one item"), at: node)
      within(key, each: item, CollectionOfOne(node)) { node in
        if let element = read(node) { result.append(element) } else { noteUnreadable(node, item) }
      }
    }
    return result
  }

  /// A list of texts, or of API objects that have the text below one of the `inner` keys.
  func texts<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key, or inner: InnerKeys = .none) -> ListField<
    Field<String>
  >? {
    list(object, key) { node in text(node, key: name(key), inner: inner) }
  }

  func references<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> ListField<Reference>? {
    list(object, key) { node in reference(node, key: name(key)) }
  }

  @inline(__always)
  func reference<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> Reference? {
    if object.isNotKnown(key), let place = object.notKnownPlace { return Reference(unknownAt: place) }
    return value(object, key).flatMap { reference($0, key: name(key)) }
  }

  /// The VPC that the API names for a resource. A model that says nothing here loses nothing, so another shape is passed
  /// over.
  func vpcReference<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> Reference? {
    guard let node = value(object, key) else { return nil }
    let names: Set = ["name", "id", "crn", "href"]
    let isNamed =
      tree.kind(node) == .mapping
      && tree.keys(node).contains { names.contains(tree.text($0)) && tree.kind(tree.value(ofKey: $0)) == .scalar }
    return isNamed || tree.kind(node) == .scalar ? reference(node, key: name(key)) : nil
  }

  func reference(_ node: NodeIndex, key: String) -> Reference? {
    if tree.kind(node) == .scalar {
      return Reference(
        text: tree.text(node), id: nil, span: tree.span(node), isAPIObject: false, resourceType: nil, index: nil)
    }
    guard tree.kind(node) == .mapping else {
      report(.wrongType(key: key, expected: "a name or an id", found: describe(node), used: nil), at: node)
      return nil
    }
    var fields: [String: NodeIndex] = [:]
    for keyNode in tree.keys(node) {
      let value = tree.value(ofKey: keyNode)
      if tree.kind(value) == .scalar { fields[tree.text(keyNode)] = value }
    }
    guard let named = fields["name"] ?? fields["id"] ?? fields["crn"] ?? fields["href"] else {
      report(.wrongType(key: key, expected: "a name or an id", found: "a mapping without either", used: nil), at: node)
      return nil
    }
    let isAPIObject = fields["id"] != nil || fields["crn"] != nil || fields["href"] != nil
    return Reference(
      text: tree.text(named), id: fields["id"].map(tree.text), span: tree.span(named), isAPIObject: isAPIObject,
      resourceType: fields["resource_type"].map(tree.text), index: nil)
  }
}
