public import SourceText

extension SourceTree {
  /// The comments of a YAML text, in order: from the `#` to the end of the line.
  ///
  /// Found when asked for, from the places of the scalars. In a document that could not be read those are not known,
  /// and every word that begins with `#` is taken for a comment. JSON that can be read has none.
  public var comments: [Span] {
    // The nodes of an assembled tree are not in the order of the text; and it comes from JSON.
    if isAssembled { return [] }
    let bytes = file.bytes
    var result: [Span] = []
    var index = 0
    while let hash = bytes[index...].firstIndex(of: UInt8(ascii: "#")) {
      index = hash + 1
      guard canBegin(at: hash) else { continue }
      if let scalar = scalar(at: UInt32(hash)), !isBlockHeader(Int(scalar.start)..<hash) { continue }
      index = LineBreak.next(in: bytes, from: index)
      result.append(Span(file: fileNumber, start: UInt32(hash), end: UInt32(index)))
    }
    return result
  }

  /// At the beginning, or behind a blank, a line break, a bracket, a comma or a closing quote; libyaml wants no blank
  /// behind the latter.
  private func canBegin(at hash: Int) -> Bool {
    guard hash > 0, !file.bytes[..<hash].elementsEqual(Encoding.mark) else { return true }
    switch file.bytes[hash - 1] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ","),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      return true
    default: return LineBreak.length(in: file.bytes, before: hash) > 0
    }
  }

  /// Whether the range, from the beginning of a scalar on, is the first line of a block scalar: `|`, `>-` and the like.
  private func isBlockHeader(_ range: Range<Int>) -> Bool {
    let first = file.bytes[range.lowerBound]
    return (first == UInt8(ascii: "|") || first == UInt8(ascii: ">"))
      && LineBreak.next(in: file.bytes, from: range.lowerBound) >= range.upperBound
  }

  /// Nodes stand in the order of their starts, so the last one that begins at or before the offset decides.
  private func scalar(at offset: UInt32) -> Node? {
    var low = 0
    var high = nodes.count
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let node = nodes[low - 1]
    return node.kind == .scalar && offset < node.end ? node : nil
  }
}
