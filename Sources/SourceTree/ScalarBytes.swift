public import SourceText

extension SourceTree {
  /// The text of a scalar, a stretch of the source wherever it stands there unchanged; of a container, nothing.
  @inlinable public func bytes(_ node: NodeIndex) -> ArraySlice<UInt8> {
    let record = nodes[Int(target(node))]
    guard record.kind == .scalar else { return [] }
    let range = Int(record.content)..<Int(record.content + record.length)
    return record.isDecoded ? decoded[range] : file.bytes[range]
  }

  /// The length of a scalar's text in bytes; nil for a container.
  @inlinable public func textLength(_ node: NodeIndex) -> Int? {
    let record = nodes[Int(target(node))]
    return record.kind == .scalar ? Int(record.length) : nil
  }
}
