import SourceText
import SourceTree

/// A mapping of the file, opened with the key table of its kind: which node holds which key.
struct ObjectReader<Key: ModelKey> {
  /// The key node in each slot. First, as the vector in it is aligned to its own size: behind anything else it would make
  /// the reader three times as large.
  fileprivate var keyNodes = KeyNodes()
  let node: NodeIndex
  /// One bit for each slot whose key is absent but was probably meant by an unknown one.
  private var misspelt: UInt32 = 0
  /// One bit for each slot whose value the object says is not known.
  private var notKnown: UInt32 = 0
  /// Where the object says so.
  fileprivate(set) var notKnownPlace: Span?

  fileprivate init(node: NodeIndex) { self.node = node }

  /// Where the key is written.
  func keyNode(_ key: Key) -> NodeIndex? { keyNodes[key.rawValue] }

  func isMisspelt(_ key: Key) -> Bool { isMisspelt(slot: key.rawValue) }

  fileprivate func isMisspelt(slot: Int) -> Bool { misspelt & 1 << UInt32(slot) != 0 }

  /// Whether the object says that it does not know something.
  var hasNotKnown: Bool { notKnown != 0 }

  /// Whether the object says that the value of the key is not known, or of a list that it may be longer.
  @inline(__always)
  func isNotKnown(_ key: Key) -> Bool { isNotKnown(slot: key.rawValue) }

  @inline(__always)
  fileprivate func isNotKnown(slot: Int) -> Bool { notKnown & 1 << UInt32(slot) != 0 }

  fileprivate mutating func markNotKnown(slot: Int) { notKnown |= 1 << UInt32(slot) }

  fileprivate mutating func markMisspelt(_ key: Key) { misspelt |= 1 << UInt32(key.rawValue) }
}

/// One node for each of 32 slots. Kept in the value itself: an array would cost more than the rest of the reading.
private struct KeyNodes {
  private var nodes = SIMD32<NodeIndex>(repeating: 0)
  /// One bit for each slot that is taken.
  private var taken: UInt32 = 0

  subscript(slot: Int) -> NodeIndex? {
    get { taken & 1 << UInt32(slot) == 0 ? nil : nodes[slot] }
    set {
      precondition(nodes.indices.contains(slot))
      taken = newValue == nil ? taken & ~(1 << UInt32(slot)) : taken | 1 << UInt32(slot)
      // The subscript of the vector would copy all of it there and back.
      unsafe withUnsafeMutableBytes(of: &nodes) {
        unsafe $0.storeBytes(of: newValue ?? 0, toByteOffset: slot * MemoryLayout<NodeIndex>.stride, as: NodeIndex.self)
      }
    }
  }
}

extension Decoder {
  /// Opens a mapping: finds its keys, merges included, and reports what is unknown, doubled or missing.
  /// nil if the node is not a mapping, which is reported too.
  func open<Key: ModelKey>(
    _ node: NodeIndex, _ table: KeyTable<Key>, key: String, reportsMissing: Bool = true
  ) -> ObjectReader<Key>? {
    guard tree.kind(node) == .mapping else {
      report(.wrongType(key: key, expected: "a mapping", found: describe(node), used: nil), at: node)
      return nil
    }
    var reader = ObjectReader<Key>(node: node)
    fill(&reader, from: node, table, isMerged: false)
    for slot in table.required where reportsMissing && reader.keyNodes[slot] == nil {
      if reader.isMisspelt(slot: slot) || reader.isNotKnown(slot: slot) { continue }
      report(.missingKey(table.name(ofSlot: slot)), at: openingPlace(node))
    }
    return reader
  }

  private func fill<Key: ModelKey>(
    _ reader: inout ObjectReader<Key>, from node: NodeIndex, _ table: KeyTable<Key>, isMerged: Bool
  ) {
    var merges: [NodeIndex] = []
    var unknown: [NodeIndex] = []
    var place = 0
    for keyNode in tree.keys(node) {
      guard tree.kind(keyNode) == .scalar else {
        report(.wrongType(key: "a key", expected: "a name", found: describe(keyNode), used: nil), at: keyNode)
        continue
      }
      if let slot = table.slot(named: keyNode, in: tree, from: &place) {
        set(slot, keyNode, in: &reader, isMerged: isMerged)
      } else if isMerge(keyNode) {
        merges.append(tree.value(ofKey: keyNode))
      } else {
        unknown.append(keyNode)
      }
    }
    if !unknown.isEmpty { reportUnknown(unknown, of: node, in: &reader, table) }
    for value in merges { merge(value, into: &reader, table) }
  }

  private func isMerge(_ keyNode: NodeIndex) -> Bool { tree.style(keyNode) == .plain && tree.text(keyNode) == "<<" }

  private func set<Key: ModelKey>(
    _ slot: Int, _ keyNode: NodeIndex, in reader: inout ObjectReader<Key>, isMerged: Bool
  ) {
    guard let first = reader.keyNodes[slot] else {
      reader.keyNodes[slot] = keyNode
      return
    }
    // What is merged in gives way to what stands in the mapping itself.
    if isMerged { return }
    let (name, earlier) = (tree.text(keyNode), tree.text(first))
    report(.duplicateKey(name, synonym: name == earlier ? nil : earlier), at: keyNode, other: tree.span(first))
  }

  private func merge<Key: ModelKey>(_ value: NodeIndex, into reader: inout ObjectReader<Key>, _ table: KeyTable<Key>) {
    let merged = tree.kind(value) == .sequence ? Array(tree.items(value)) : [value]
    for item in merged {
      if tree.kind(item) == .mapping {
        fill(&reader, from: item, table, isMerged: true)
      } else {
        report(.wrongType(key: "<<", expected: "a mapping to merge", found: describe(item), used: nil), at: item)
      }
    }
  }

  @inline(never)
  private func reportUnknown<Key: ModelKey>(
    _ unknown: [NodeIndex], of node: NodeIndex, in reader: inout ObjectReader<Key>, _ table: KeyTable<Key>
  ) {
    // What stands in the mapping already, perhaps by another name: a key cannot be meant a second time.
    var holders: [Int: NodeIndex] = [:]
    for keyNode in tree.keys(node) where tree.kind(keyNode) == .scalar {
      if let slot = table.slot(named: keyNode, in: tree) { holders[slot] = holders[slot] ?? keyNode }
    }
    for keyNode in unknown {
      if tree.text(keyNode) == NotKnown.key {
        readNotKnown(keyNode, into: &reader, table)
      } else {
        reportUnknown(keyNode, in: &reader, table, &holders)
      }
    }
  }

  /// Takes the names of the keys of which an object says that their values are not known. Each one is told as a gap.
  private func readNotKnown<Key: ModelKey>(
    _ keyNode: NodeIndex, into reader: inout ObjectReader<Key>, _ table: KeyTable<Key>
  ) {
    guard !isNull(tree.value(ofKey: keyNode)) else { return }
    reader.notKnownPlace = tree.span(keyNode)
    for node in elements(tree.value(ofKey: keyNode), key: NotKnown.key, page: NotKnown.key, { $0 }) {
      guard let name = text(node, key: NotKnown.key) else { continue }
      guard let entry = table.entry(named: name.value) else {
        let nearest = NearestName.of(name.value, among: table.accepted)
        let expected = "the name of a key of \(table.object)"
        report(.invalidValue(key: NotKnown.key, text: name.value, expected: expected, nearest: nearest), at: node)
        continue
      }
      reader.markNotKnown(slot: entry.slot)
      noteGap(entry.name, reader.keyNode(entry.key).map { tree.value(ofKey: $0) }, at: name.span)
    }
  }

  private func reportUnknown<Key: ModelKey>(
    _ keyNode: NodeIndex, in reader: inout ObjectReader<Key>, _ table: KeyTable<Key>, _ holders: inout [Int: NodeIndex]
  ) {
    let name = tree.text(keyNode)
    if PassiveKeys.names.contains(name) {
      reportDuplicates(below: tree.value(ofKey: keyNode))
      return
    }
    let nearest = NearestName.of(name, among: table.accepted)
    let entry = nearest.flatMap(table.entry)
    if let entry {
      if let holder = holders[entry.slot] {
        return report(.unknownKey(name, nearest: nearest, effect: nil), at: keyNode, other: tree.span(holder))
      }
      holders[entry.slot] = keyNode
    }
    var effect: String?
    if let entry, reader.keyNode(entry.key) == nil {
      if entry.isRequired {
        // Nothing can follow from its absence but more findings: read it as what it evidently means.
        reader.keyNodes[entry.slot] = keyNode
      } else {
        effect = entry.effect
      }
      reader.markMisspelt(entry.key)
    }
    report(.unknownKey(name, nearest: nearest, effect: effect), at: keyNode)
  }

  /// Looks for doubled keys in what is otherwise not read.
  private func reportDuplicates(below node: NodeIndex) {
    guard tree.kind(node) == .mapping else { return }
    var seen: [String: NodeIndex] = [:]
    for keyNode in tree.keys(node) {
      let name = tree.text(keyNode)
      if let first = seen.updateValue(keyNode, forKey: name) {
        report(.duplicateKey(name, synonym: nil), at: keyNode, other: tree.span(first))
      }
    }
  }

  /// A short place at the beginning of a mapping: its name if it has one, else its first key.
  func openingPlace(_ node: NodeIndex) -> Span {
    var first: NodeIndex?
    for keyNode in tree.keys(node) {
      if tree.text(keyNode) == "name", tree.kind(tree.value(ofKey: keyNode)) == .scalar {
        return tree.span(tree.value(ofKey: keyNode))
      }
      if first == nil { first = keyNode }
    }
    return tree.span(first ?? node)
  }

  /// What a node is, in words for a message.
  func describe(_ node: NodeIndex) -> String { tree.inWords(node) }
}
