import SourceText

/// Adds nodes to a tree in document order, keeping ends, depth and the size with aliases written out.
struct TreeBuilder {
  var tree: SourceTree
  private let limits: SourceLimits
  /// Containers that are not closed yet.
  private var open: [OpenContainer] = []
  /// Children of the innermost of them so far.
  private var children: UInt32 = 0
  /// Levels below it so far, aliases followed.
  private var height = 0
  private var anchors: [String: Anchor] = [:]
  /// The anchored ones among the open containers.
  private var openAnchors: [(container: NodeIndex, name: String)] = []
  private var documentStart: NodeIndex = 0
  /// The node that was added or closed last.
  private var lastNode: NodeIndex = 0
  /// Nodes of this document that aliases stand for, beyond the nodes that are there.
  private var aliased = 0
  /// All nodes that they stand for.
  private var standingFor = 0

  private struct OpenContainer {
    let index: NodeIndex
    let isBracketed: Bool
    let aliasedBefore: Int
    /// Children of the container around it so far, and levels below that.
    let siblings: UInt32
    let heightAround: Int
  }

  private struct Anchor {
    let node: NodeIndex
    let expandedSize: Int
    let height: Int
  }

  init(tree: SourceTree, limits: SourceLimits) {
    self.tree = tree
    self.limits = limits
  }

  mutating func scalar(_ style: SourceTree.Style, _ span: Span, textStart: UInt32, length: UInt32) {
    leaf(.scalar, style, span, content: textStart, length: length, isDecoded: false)
  }

  mutating func scalar(_ style: SourceTree.Style, _ span: Span, decoded text: some Collection<UInt8>) {
    let start = UInt32(tree.decoded.count)
    tree.decoded += text
    leaf(.scalar, style, span, content: start, length: UInt32(text.count), isDecoded: true)
  }

  /// Names the scalar that was added last.
  mutating func anchorLast(_ name: String) {
    anchors[name] = Anchor(node: lastNode, expandedSize: 1, height: 0)
  }

  mutating func alias(_ name: String, _ span: Span) throws(SyntaxProblem) {
    guard let anchor = anchors[name] else {
      let isInside = openAnchors.contains { $0.name == name }
      throw SyntaxProblem(isInside ? .recursiveAlias(name) : .unknownAnchor(name), span)
    }
    guard open.count + anchor.height <= limits.depth else { throw SyntaxProblem(.tooDeep(limit: limits.depth), span) }
    aliased += anchor.expandedSize - 1
    standingFor += anchor.expandedSize
    guard standingFor <= limits.aliasedNodes else {
      throw SyntaxProblem(.tooManyAliases(limit: limits.aliasedNodes), span)
    }
    height = max(height, anchor.height)
    leaf(.alias, .plain, span, content: anchor.node, length: 0, isDecoded: false)
  }

  mutating func open(
    _ kind: SourceTree.Kind, at span: Span, isBracketed: Bool, anchor: String?
  ) throws(SyntaxProblem) {
    guard open.count < limits.depth else { throw SyntaxProblem(.tooDeep(limit: limits.depth), span) }
    leaf(
      kind, .plain, Span(file: span.file, start: span.start, end: span.start), content: 0, length: 0, isDecoded: false)
    open.append(
      OpenContainer(
        index: lastNode, isBracketed: isBracketed, aliasedBefore: aliased, siblings: children, heightAround: height))
    (children, height) = (0, 0)
    if let anchor {
      // From here on the name means this container, and that is not complete yet.
      anchors[anchor] = nil
      openAnchors.append((lastNode, anchor))
    }
  }

  /// Ends the innermost container. One with brackets ends with its bracket; any other with its last child, because
  /// the mark that follows it lies past comments and empty lines.
  mutating func close(tokenEnd: UInt32) {
    guard let container = open.popLast() else { return }
    let index = Int(container.index)
    let end = container.isBracketed ? tokenEnd : lastPlace
    tree.nodes[index].next = NodeIndex(tree.nodes.count)
    tree.nodes[index].length = children
    tree.nodes[index].end = end
    lastNode = container.index
    let levels = height + 1
    (children, height) = (container.siblings, max(container.heightAround, levels))
    if let (anchored, name) = openAnchors.last, anchored == container.index {
      openAnchors.removeLast()
      // Unless another node inside took the name over.
      if anchors[name] == nil {
        let size = tree.nodes.count - index + aliased - container.aliasedBefore
        anchors[name] = Anchor(node: container.index, expandedSize: size, height: levels)
      }
    }
  }

  /// A document whose only value is not written is left out.
  mutating func endDocument() {
    if let root, !isUnwritten(root) { tree.documents.append(root) }
    documentStart = NodeIndex(tree.nodes.count)
    (anchors, aliased, standingFor, children, height) = ([:], 0, 0, 0, 0)
  }

  /// Records what stopped the reading and takes the unfinished document away.
  mutating func fail(_ problem: SyntaxProblem) {
    tree.problems.append(problem)
    tree.nodes.removeSubrange(Int(documentStart)...)
    open = []
  }
}

// MARK: - What is there

extension TreeBuilder {
  /// The end of what was added or closed last; after an opening, the beginning of the container.
  var lastPlace: UInt32 { tree.nodes.isEmpty ? 0 : tree.nodes[Int(lastNode)].end }

  /// The node that was added or closed last, if it is a scalar.
  var lastScalar: Span? {
    tree.nodes.isEmpty || tree.nodes[Int(lastNode)].kind != .scalar ? nil : tree.span(lastNode)
  }

  /// Where the innermost bracket stands that is open.
  var innermostBracket: UInt32? {
    open.last { $0.isBracketed }.map { tree.nodes[Int($0.index)].start }
  }

  /// The node that holds all others of this document.
  var root: NodeIndex? { documentStart < tree.nodes.count ? documentStart : nil }
}

// MARK: - Adding

extension TreeBuilder {
  private mutating func leaf(
    _ kind: SourceTree.Kind, _ style: SourceTree.Style, _ span: Span, content: UInt32, length: UInt32, isDecoded: Bool
  ) {
    // No sum can overflow: there are not more nodes than bytes and a few.
    let index = NodeIndex(truncatingIfNeeded: tree.nodes.count)
    lastNode = index
    children &+= 1
    tree.nodes.append(
      SourceTree.Node(
        kind: kind, style: style, isDecoded: isDecoded, start: span.start, end: span.end, content: content,
        length: length, next: index &+ 1))
  }

  private func isUnwritten(_ index: NodeIndex) -> Bool {
    let node = tree.nodes[Int(index)]
    return node.kind == .scalar && node.style == .plain && node.start == node.end
  }
}
