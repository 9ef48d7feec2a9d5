public import SourceText

extension SourceTree {
  /// The comments of a YAML text, in order: from the `#` to the end of the line.
  ///
  /// Found when asked for, from the places of the scalars; JSON has none.
  public var comments: [Span] {
    guard !file.name.hasSuffix(".json") else { return [] }
    let bytes = file.bytes
    var result: [Span] = []
    var index = 0
    while let hash = bytes[index...].firstIndex(of: UInt8(ascii: "#")) {
      index = hash + 1
      guard hash == 0 || Self.isBlankOrBreak(bytes[hash - 1]), !isInsideScalar(UInt32(hash)) else { continue }
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") { index += 1 }
      result.append(Span(file: fileNumber, start: UInt32(hash), end: UInt32(index)))
    }
    return result
  }

  private static func isBlankOrBreak(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// Nodes stand in the order of their starts, so the last one that begins at or before the offset decides.
  private func isInsideScalar(_ offset: UInt32) -> Bool {
    var low = 0
    var high = nodes.count
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return false }
    let node = nodes[low - 1]
    return node.kind == .scalar && offset < node.end && node.style == .quoted
  }
}
