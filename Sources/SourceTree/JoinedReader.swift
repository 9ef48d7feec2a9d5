public import SourceText

extension SourceTree {
  /// Reads a file as JSON, or each of several that were joined: their values are documents of one tree. Never fails: what
  /// is wrong is in `problems`.
  public static func readJSON(
    _ file: SourceFile, number: UInt32 = 0, limits: SourceLimits = SourceLimits()
  ) -> SourceTree {
    let parts = file.separate
    guard parts.count > 1 else { return read(file, number: number, isJSON: true, limits: limits) }
    var tree = SourceTree(file: file, number: number)
    tree.isJSON = true
    for (part, start) in parts {
      tree.append(read(part, number: number, isJSON: true, limits: limits), at: UInt32(start))
    }
    return tree
  }

  /// Adds what was read of a part of the text.
  private mutating func append(_ other: SourceTree, at start: UInt32) {
    let (firstNode, firstDecoded) = (NodeIndex(nodes.count), UInt32(decoded.count))
    func moved(_ span: Span) -> Span { Span(file: fileNumber, start: span.start + start, end: span.end + start) }
    nodes.reserveCapacity(nodes.count + other.nodes.count)
    for var node in other.nodes {
      node.start += start
      node.end += start
      node.next += firstNode
      if node.kind == .scalar { node.content += node.isDecoded ? firstDecoded : start }
      nodes.append(node)
    }
    decoded += other.decoded
    documents += other.documents.map { $0 + firstNode }
    problems += other.problems.map { SyntaxProblem($0.kind, moved($0.span), context: $0.context.map(moved)) }
  }
}
