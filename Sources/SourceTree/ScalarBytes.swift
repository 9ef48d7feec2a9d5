public import SourceText

extension SourceTree {
  /// The text of a scalar, a stretch of the source wherever it stands there unchanged; of a container, nothing.
  @inlinable public func bytes(_ node: NodeIndex) -> ArraySlice<UInt8> {
    let record = nodes[Int(target(node))]
    guard record.kind == .scalar else { return [] }
    let range = Int(record.content)..<Int(record.content + record.length)
    return record.isDecoded ? decoded[range] : file.bytes[range]
  }

  /// Calls `body` with the same bytes. A slice of an array is counted as one more owner of it; for what looks at every
  /// key of a file that costs as much as the looking.
  @inlinable @inline(__always) public func withText<Result, Failure: Error>(
    _ node: NodeIndex, _ body: (Swift.Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let record = nodes[Int(target(node))]
    guard record.kind == .scalar else { return try body(Swift.Span()) }
    let range = Int(record.content)..<Int(record.content + record.length)
    return try record.isDecoded ? body(decoded.span.extracting(range)) : body(file.bytes.span.extracting(range))
  }

  /// The length of a scalar's text in bytes; nil for a container.
  @inlinable @inline(__always) public func textLength(_ node: NodeIndex) -> Int? {
    let record = nodes[Int(target(node))]
    return record.kind == .scalar ? Int(record.length) : nil
  }
}
