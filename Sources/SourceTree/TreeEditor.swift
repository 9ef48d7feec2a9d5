public import SourceText

/// Turns repairs into edits of the text: in the style of what stands around them, leaving comments and layout alone.
///
/// Answers nil where that cannot be done with certainty: a comment inside what is taken away, brackets with something
/// unforeseen between them.
public struct TreeEditor {
  let tree: SourceTree
  /// The container of each node; itself for a root.
  private let parents: [NodeIndex]
  /// The node before each among the children of its container; the node itself if it is the first.
  private let previous: [NodeIndex]
  private let comments: [Span]
  let lines: TextLines

  /// Reads a tree for editing.
  public init(_ tree: SourceTree) {
    self.tree = tree
    comments = tree.comments
    lines = TextLines(tree.file.bytes)
    var parents = [NodeIndex](0..<NodeIndex(tree.nodes.count))
    var previous = parents
    var open: [(container: NodeIndex, child: NodeIndex?)] = []
    for node in parents.indices {
      while let last = open.last, tree.nodes[Int(last.container)].next <= node { open.removeLast() }
      if let (container, child) = open.last {
        parents[node] = container
        previous[node] = child ?? previous[node]
        open[open.count - 1].child = NodeIndex(node)
      }
      if tree.nodes[node].next > node + 1 { open.append((NodeIndex(node), nil)) }
    }
    self.parents = parents
    self.previous = previous
  }

  /// The edits of a repair.
  public func fix(_ repair: Repair) -> Fix? {
    guard let edits = edits(repair.changes), !edits.isEmpty else { return nil }
    return Fix(title: repair.title, safety: repair.safety, edits: edits)
  }

  /// The edits of changes that are made together; nil if one of them cannot be made. What is added to one sequence is
  /// added at once.
  public func edits(_ changes: [Repair.Change]) -> [Fix.Edit]? {
    var edits: [Fix.Edit] = []
    var additions = Additions()
    for change in changes {
      let made: [Fix.Edit]?
      switch change {
      case .rewrite(let place, let text): made = scalar(at: place).flatMap { rewriting($0, text) }.map { [$0] }
      case .set(let field, let place): made = mapping(around: place).flatMap { setting(field, in: $0) }
      case .removeItem(let place): made = item(around: place).flatMap(removing).map { [$0] }
      case .append(let items, let key, let place):
        guard let mapping = mapping(at: place) else { return nil }
        additions.add(items, Additions.Place(mapping: mapping, key: key))
        made = []
      }
      guard let made else { return nil }
      edits += made
    }
    for (place, items) in additions.inOrder {
      guard let made = appending(items, place.key, in: place.mapping) else { return nil }
      edits += made
    }
    return edits
  }
}

/// Items to be added, by the sequence that gets them.
private struct Additions {
  struct Place: Hashable {
    let mapping: NodeIndex
    let key: String
  }

  private(set) var inOrder: [(place: Place, items: [[Repair.Field]])] = []
  private var positions: [Place: Int] = [:]
  /// What each sequence gets, for asking.
  private var known: [Place: Set<[Repair.Field]>] = [:]

  mutating func add(_ items: [[Repair.Field]], _ place: Place) {
    if let position = positions[place] {
      inOrder[position].items += items.filter { !(known[place]?.contains($0) ?? false) }
    } else {
      positions[place] = inOrder.count
      inOrder.append((place, items))
    }
    known[place, default: []].formUnion(items)
  }
}

// MARK: - Finding the place

extension TreeEditor {
  /// The scalar with a span; an alias has one too.
  private func scalar(at place: Span) -> NodeIndex? {
    guard place.file == tree.fileNumber else { return nil }
    return nodes(startingAt: place.start).first { index in
      let node = tree.nodes[Int(index)]
      return node.end == place.end && (node.kind == .scalar || node.kind == .alias)
    }
  }

  /// The nodes that begin at an offset: a container begins where its first scalar does.
  private func nodes(startingAt offset: UInt32) -> Range<NodeIndex> {
    let low = tree.nodes.partitioned { $0.start >= offset }
    var high = low
    while high < tree.nodes.count, tree.nodes[high].start == offset { high += 1 }
    return NodeIndex(low)..<NodeIndex(high)
  }

  /// The mapping with a span, or the one that an alias with the span stands for.
  private func mapping(at place: Span) -> NodeIndex? {
    guard place.file == tree.fileNumber else { return nil }
    return nodes(startingAt: place.start).first { node in
      tree.nodes[Int(node)].end == place.end && tree.kind(node) == .mapping
    }.map(tree.target)
  }

  private func mapping(around place: Span) -> NodeIndex? {
    var node = scalar(at: place)
    while let current = node {
      if tree.nodes[Int(current)].kind == .mapping { return current }
      node = parent(of: current)
    }
    return nil
  }

  /// The item of a sequence that holds the scalar.
  private func item(around place: Span) -> NodeIndex? {
    var node = scalar(at: place)
    while let current = node, let container = parent(of: current) {
      if tree.nodes[Int(container)].kind == .sequence { return current }
      node = container
    }
    return nil
  }

  private func parent(of node: NodeIndex) -> NodeIndex? {
    let container = parents[Int(node)]
    return container == node ? nil : container
  }
}

// MARK: - Changing

extension TreeEditor {
  func rewriting(_ node: NodeIndex, _ text: String) -> Fix.Edit? {
    let span = tree.span(node)
    guard let first = bytes(in: span).first, first != UInt8(ascii: "|"), first != UInt8(ascii: ">") else { return nil }
    let quote = FieldStyle.quote(first)
    return FieldStyle.scalar(text, in: quote).map { Fix.Edit(span, $0) }
  }

  private func removing(_ item: NodeIndex) -> Fix.Edit? {
    guard let container = parent(of: item), tree.childCount(container) > 1 else { return nil }
    let span = isFlow(container) ? removedFromFlow(item) : removedLines(item)
    return span.flatMap { meetsComment($0) ? nil : Fix.Edit($0, "") }
  }

  /// Comments stand in the order of the text.
  private func meetsComment(_ span: Span) -> Bool {
    let first = comments.partitioned { $0.end > span.start }
    return first < comments.count && comments[first].start < span.end
  }

  /// The item with the comma before it; of the first, the one behind it.
  private func removedFromFlow(_ item: NodeIndex) -> Span {
    let (before, behind) = (previous[Int(item)], tree.nodes[Int(item)].next)
    return before == item
      ? between(start(of: item), start(of: behind)) : between(end(of: before), end(of: item))
  }

  /// The lines of the item; nil if something else stands on them.
  private func removedLines(_ item: NodeIndex) -> Span? {
    guard let prefix = itemPrefix(item) else { return nil }
    let last = lineEnd(after: item)
    let isAlone = tree.file.bytes[end(of: item)..<last].allSatisfy(FieldStyle.isBlank)
    guard isAlone else { return nil }
    let (bytes, start) = (tree.file.bytes, prefix.lowerBound)
    if last < bytes.count { return between(start, last + lineBreak.utf8.count) }
    return between(max(0, start - lineBreak.utf8.count), last)
  }
}

// MARK: - Places in the text

extension TreeEditor {
  func start(of node: NodeIndex) -> Int { Int(tree.nodes[Int(node)].start) }
  func end(of node: NodeIndex) -> Int { Int(tree.nodes[Int(node)].end) }
  func between(_ start: Int, _ end: Int) -> Span {
    Span(file: tree.fileNumber, start: UInt32(start), end: UInt32(end))
  }
  func bytes(in span: Span) -> ArraySlice<UInt8> { tree.file.bytes[Int(span.start)..<Int(span.end)] }
  func text(_ range: Range<Int>) -> String { String(decoding: tree.file.bytes[range], as: UTF8.self) }

  /// Whether a container has brackets or braces.
  func isFlow(_ container: NodeIndex) -> Bool {
    let first = tree.file.bytes[start(of: container)]
    return end(of: container) > start(of: container) && (first == UInt8(ascii: "[") || first == UInt8(ascii: "{"))
  }

  /// The end of the line, without its break, on which a node ends.
  func lineEnd(after node: NodeIndex) -> Int {
    var end = end(of: node)
    // The text of a block scalar ends with a line break.
    while end > start(of: node), LineBreak.length(in: tree.file.bytes, before: end) > 0 { end -= 1 }
    return lines.end(from: end)
  }

  /// How lines end in this text.
  var lineBreak: String {
    tree.file.bytes[lines.end(from: 0)...].starts(with: [0x0D, 0x0A]) ? "\r\n" : "\n"
  }

  /// From the beginning of the line with the dash of an item to the item; nil if more than the dash stands there.
  func itemPrefix(_ item: NodeIndex) -> Range<Int>? {
    let bytes = tree.file.bytes
    let first = start(of: item)
    guard let dash = bytes[..<first].lastIndex(where: { !FieldStyle.isBlankOrBreak($0) }),
      bytes[dash] == UInt8(ascii: "-")
    else { return nil }
    let line = lines.start(of: dash)
    return bytes[line..<dash].allSatisfy(FieldStyle.isBlank) ? line..<first : nil
  }

  /// Spaces as wide as what stands on the line before an offset.
  func indentation(before offset: Int) -> String {
    let line = lines.start(of: offset)
    let width = String(decoding: tree.file.bytes[line..<offset], as: UTF8.self).unicodeScalars.count
    return String(repeating: " ", count: width)
  }
}
