import SourceText

/// Adds nodes to a tree in document order, keeping ends, depth and the size with aliases written out.
struct TreeBuilder {
  var tree: SourceTree
  private let limits: SourceLimits
  /// Containers that are not closed yet.
  private var open: [OpenContainer] = []
  private var anchors: [String: Anchor] = [:]
  private var documentStart: NodeIndex = 0
  private var lastNode: NodeIndex = 0
  /// Nodes of this document so far, aliases written out.
  private var expanded = 0

  private struct OpenContainer {
    let index: NodeIndex
    let isFlow: Bool
    let anchor: String?
    let expandedBefore: Int
    var children: UInt32 = 0
    /// Levels below, aliases followed.
    var height = 0
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

  mutating func scalar(
    _ style: SourceTree.Style, _ span: Span, textStart: UInt32, length: UInt32
  ) throws(SyntaxProblem) {
    try leaf(.scalar, style, span, content: textStart, length: length, isDecoded: false)
  }

  mutating func scalar(_ style: SourceTree.Style, _ span: Span, decoded text: [UInt8]) throws(SyntaxProblem) {
    let start = UInt32(tree.decoded.count)
    tree.decoded += text
    try leaf(.scalar, style, span, content: start, length: UInt32(text.count), isDecoded: true)
  }

  /// Names the scalar that was added last.
  mutating func anchorLast(_ name: String) {
    anchors[name] = Anchor(node: lastNode, expandedSize: 1, height: 0)
  }

  mutating func alias(_ name: String, _ span: Span) throws(SyntaxProblem) {
    guard let anchor = anchors[name] else {
      let isInside = open.contains { $0.anchor == name }
      throw SyntaxProblem(isInside ? .recursiveAlias(name) : .unknownAnchor(name), span)
    }
    guard open.count + anchor.height < limits.depth else { throw SyntaxProblem(.tooDeep(limit: limits.depth), span) }
    expanded += anchor.expandedSize - 1
    guard expanded <= limits.expandedNodes else {
      throw SyntaxProblem(.tooManyAliases(limit: limits.expandedNodes), span)
    }
    if !open.isEmpty { open[open.count - 1].height = max(open[open.count - 1].height, anchor.height + 1) }
    try leaf(.alias, .plain, span, content: anchor.node, length: 0, isDecoded: false)
  }

  mutating func open(_ kind: SourceTree.Kind, at span: Span, isFlow: Bool, anchor: String?) throws(SyntaxProblem) {
    guard open.count < limits.depth else { throw SyntaxProblem(.tooDeep(limit: limits.depth), span) }
    let index = begin()
    open.append(OpenContainer(index: index, isFlow: isFlow, anchor: anchor, expandedBefore: expanded))
    expanded += 1
    tree.nodes.append(
      SourceTree.Node(
        kind: kind, style: .plain, isDecoded: false, start: span.start, end: span.end, content: 0, length: 0,
        next: index + 1))
  }

  /// Ends the innermost container. A flow container ends with its bracket; a block one with its last child, because
  /// the mark that follows it lies past comments and empty lines.
  mutating func close(tokenEnd: UInt32) throws(SyntaxProblem) {
    guard let container = open.popLast() else { return }
    let index = Int(container.index)
    let next = NodeIndex(tree.nodes.count)
    tree.nodes[index].next = next
    tree.nodes[index].length = container.children
    if container.isFlow {
      tree.nodes[index].end = tokenEnd
    } else if container.children > 0 {
      // Children close before their parents, so the last one closed is the last direct child.
      tree.nodes[index].end = tree.nodes[Int(lastNode)].end
    }
    if let anchor = container.anchor {
      anchors[anchor] = Anchor(
        node: container.index, expandedSize: expanded - container.expandedBefore, height: container.height + 1)
    }
    if !open.isEmpty { open[open.count - 1].height = max(open[open.count - 1].height, container.height + 1) }
    lastNode = container.index
  }

  mutating func endDocument() {
    if documentStart < tree.nodes.count { tree.documents.append(documentStart) }
    documentStart = NodeIndex(tree.nodes.count)
    anchors = [:]
    expanded = 0
  }

  /// Records what stopped the reading and takes the unfinished document away.
  mutating func fail(_ problem: SyntaxProblem) {
    tree.problems.append(problem)
    tree.nodes.removeSubrange(Int(documentStart)...)
    open = []
  }

  private mutating func leaf(
    _ kind: SourceTree.Kind, _ style: SourceTree.Style, _ span: Span, content: UInt32, length: UInt32, isDecoded: Bool
  ) throws(SyntaxProblem) {
    let index = begin()
    expanded += 1
    lastNode = index
    tree.nodes.append(
      SourceTree.Node(
        kind: kind, style: style, isDecoded: isDecoded, start: span.start, end: span.end, content: content,
        length: length, next: index + 1))
  }

  private mutating func begin() -> NodeIndex {
    if !open.isEmpty { open[open.count - 1].children += 1 }
    return NodeIndex(tree.nodes.count)
  }
}
