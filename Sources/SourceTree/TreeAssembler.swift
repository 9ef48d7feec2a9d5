public import SourceText

/// Puts the values of a tree together anew: other keys, another nesting, and every node still at the place of the text
/// that it comes from.
///
/// What is assembled stands behind the nodes that were read, and refers to them as aliases do.
public struct TreeAssembler {
  private var tree: SourceTree
  private var roots: [NodeIndex] = []
  /// Children of the innermost container so far.
  private var children: UInt32 = 0

  /// Begins with a tree that was read. Its documents make place for those that are assembled.
  public init(_ tree: SourceTree) { self.tree = tree }

  /// The tree with the documents that were assembled.
  public consuming func finish() -> SourceTree {
    tree.documents = roots
    tree.isAssembled = true
    return tree
  }

  /// Adds a document, which is a mapping.
  public mutating func document(at span: Span, _ body: (inout TreeAssembler) -> Void) {
    roots.append(NodeIndex(tree.nodes.count))
    mapping(at: span, body)
  }

  /// Adds a document that was read, as it is.
  public mutating func document(_ root: NodeIndex) {
    roots.append(NodeIndex(tree.nodes.count))
    copy(root)
  }

  /// Adds a mapping; `body` adds its keys, each followed by a value.
  public mutating func mapping(at span: Span, _ body: (inout TreeAssembler) -> Void) {
    container(.mapping, at: span, body)
  }

  /// Adds a sequence; `body` adds its items.
  public mutating func sequence(at span: Span, _ body: (inout TreeAssembler) -> Void) {
    container(.sequence, at: span, body)
  }

  /// Adds a value of the text as it is, at its own place or at another one.
  public mutating func copy(_ node: NodeIndex, at span: Span? = nil) {
    add(.alias, .plain, span ?? tree.span(node), content: tree.target(node), length: 0, isDecoded: false)
  }

  /// Adds text that does not stand in the file so: a key, or with `style` a value.
  public mutating func text(_ text: String, _ style: SourceTree.Style = .quoted, at span: Span) {
    let start = UInt32(tree.decoded.count)
    tree.decoded += text.utf8
    add(.scalar, style, span, content: start, length: UInt32(text.utf8.count), isDecoded: true)
  }

  private mutating func container(
    _ kind: SourceTree.Kind, at span: Span, _ body: (inout TreeAssembler) -> Void
  ) {
    let index = tree.nodes.count
    add(kind, .plain, span, content: 0, length: 0, isDecoded: false)
    let siblings = children
    children = 0
    body(&self)
    tree.nodes[index].length = children
    tree.nodes[index].next = NodeIndex(tree.nodes.count)
    children = siblings
  }

  private mutating func add(
    _ kind: SourceTree.Kind, _ style: SourceTree.Style, _ span: Span, content: UInt32, length: UInt32, isDecoded: Bool
  ) {
    children += 1
    tree.nodes.append(
      SourceTree.Node(
        kind: kind, style: style, isDecoded: isDecoded, start: span.start, end: span.end, content: content,
        length: length, next: NodeIndex(tree.nodes.count + 1)))
  }
}
