public import SourceText

/// Number of a node in its tree.
public typealias NodeIndex = UInt32

/// A YAML or JSON text as one flat array of nodes in document order, each with its place in the text.
///
/// The subtree of node `i` is `i ..< next(i)`; the children of a container begin at `i + 1`, and each child's
/// `next` is its following sibling. A mapping's children are key, value, key, value. There are no child arrays and
/// no objects per node; text is a stretch of the source wherever it stands there unchanged.
///
/// What asks for one node is always inlined: called, it would be given a copy of the whole value first, which costs
/// more than the answer.
public struct SourceTree: Sendable {
  /// What a node is.
  public enum Kind: UInt8, Sendable {
    case scalar, sequence, mapping
    /// Stands for an anchored node further up; `target` follows it.
    case alias
  }

  /// How a scalar is written.
  public enum Style: UInt8, Sendable {
    /// Without quotes: may mean a number, a flag or nothing.
    case plain
    /// In quotes, or as a block: always text.
    case quoted
  }

  /// 24 bytes a node.
  @usableFromInline struct Node: Sendable {
    @usableFromInline var kind: Kind
    @usableFromInline var style: Style
    /// Whether the text is in `decoded` and not in the source.
    @usableFromInline var isDecoded: Bool
    @usableFromInline var start: UInt32
    @usableFromInline var end: UInt32
    /// Scalar: where the text begins. Alias: the anchored node.
    @usableFromInline var content: UInt32
    /// Length of a scalar's text in bytes; number of children of a container.
    @usableFromInline var length: UInt32
    /// The node after the subtree.
    @usableFromInline var next: NodeIndex
  }

  /// The text the tree was read from.
  public let file: SourceFile
  /// Number of the file in this run; part of every span.
  public let fileNumber: UInt32
  @usableFromInline var nodes: [Node] = []
  /// Text of scalars that are not in the source as they are: escapes, folded lines, block scalars.
  @usableFromInline var decoded: [UInt8] = []
  /// The root of each document, in order. An empty document has no root and is left out.
  public internal(set) var documents: [NodeIndex] = []
  /// Whether the text was read as JSON.
  public internal(set) var isJSON = false
  /// Whether the documents were put together out of what was read, see `TreeAssembler`.
  public internal(set) var isAssembled = false
  /// What is wrong with the text. Documents before the first syntax error are complete.
  public internal(set) var problems: [SyntaxProblem] = []

  init(file: SourceFile, number: UInt32) {
    self.file = file
    fileNumber = number
  }

  /// What a node is; an alias counts as the node it stands for.
  @inlinable @inline(__always) public func kind(_ node: NodeIndex) -> Kind { nodes[Int(target(node))].kind }

  /// How a scalar is written.
  @inlinable @inline(__always) public func style(_ node: NodeIndex) -> Style { nodes[Int(target(node))].style }

  /// The node that an alias stands for; any other node is its own target.
  @inlinable @inline(__always) public func target(_ node: NodeIndex) -> NodeIndex {
    let record = nodes[Int(node)]
    return record.kind == .alias ? record.content : node
  }

  /// The place of the node itself: for an alias the `*name`.
  @inlinable @inline(__always) public func span(_ node: NodeIndex) -> Span {
    let record = nodes[Int(node)]
    return Span(file: fileNumber, start: record.start, end: record.end)
  }

  /// The number of children of a container, of a mapping the number of entries, without those merged in.
  @inlinable @inline(__always) public func childCount(_ node: NodeIndex) -> Int {
    let record = nodes[Int(target(node))]
    return record.kind == .mapping ? Int(record.length) / 2 : Int(record.length)
  }

  /// The text of a scalar; of a container, the empty string.
  public func text(_ node: NodeIndex) -> String {
    withText(node) { text in unsafe text.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) } }
  }

  /// The text of a scalar for a message: a long one is cut.
  public func shortText(_ node: NodeIndex) -> String {
    let text = text(node)
    let most = 200
    guard text.utf8.count > most else { return text }
    let start = text.unicodeScalars.prefix(most)
    return start.count < text.unicodeScalars.count ? String(String.UnicodeScalarView(start)) + "…" : text
  }

  /// The items of a sequence, in order.
  @inlinable @inline(__always) public func items(_ node: NodeIndex) -> Children { children(node, step: 1) }

  /// The keys of a mapping, in order; the value of a key is `value(ofKey:)`. Merges (`<<`) are keys here.
  @inlinable @inline(__always) public func keys(_ node: NodeIndex) -> Children { children(node, step: 2) }

  /// The value that belongs to a key of a mapping.
  @inlinable @inline(__always) public func value(ofKey key: NodeIndex) -> NodeIndex { nodes[Int(key)].next }

  /// Nodes side by side below one parent.
  public struct Children: Sequence, IteratorProtocol {
    @usableFromInline let nodes: [Node]
    @usableFromInline var current: NodeIndex
    @usableFromInline let end: NodeIndex
    @usableFromInline let step: Int

    @inlinable init(_ nodes: [Node], _ range: Range<NodeIndex>, step: Int) {
      self.nodes = nodes
      current = range.lowerBound
      end = range.upperBound
      self.step = step
    }

    /// The next child.
    @inlinable public mutating func next() -> NodeIndex? {
      guard current < end else { return nil }
      let result = current
      for _ in 0..<step where current < end { current = nodes[Int(current)].next }
      return result
    }
  }

  @inlinable @inline(__always) func children(_ node: NodeIndex, step: Int) -> Children {
    let container = target(node)
    let record = nodes[Int(container)]
    let isContainer = record.kind == .sequence || record.kind == .mapping
    return Children(nodes, isContainer ? container + 1..<record.next : 0..<0, step: step)
  }
}
