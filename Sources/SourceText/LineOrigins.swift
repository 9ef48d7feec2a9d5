/// Which lines of a text, changed once or several times, are lines of the original: what a comparison of the two shows,
/// without a search for what they have in common.
public struct LineOrigins: Sendable {
  /// For each line of the text the number of the original's line that it still is, from 0 and ascending; nil for a line
  /// that is new or changed. Lines end with LF here, as they do for `diff` and `patch`.
  public private(set) var lines: [Int?]

  /// Of a text that is not changed yet.
  public init(_ file: SourceFile) { lines = file.linesByLF.indices.map { $0 } }

  /// Goes on to the next text.
  public mutating func follow(_ edited: EditedFile, from old: SourceFile) {
    let oldStarts = old.linesByLF
    let numbers = Dictionary(oldStarts.enumerated().map { ($0.element.lowerBound, $0.offset) }) { first, _ in first }
    var kept = edited.kept[...]
    lines = edited.file.linesByLF.map { line in
      while let first = kept.first, first.new + first.old.count < line.upperBound { kept.removeFirst() }
      guard let stretch = kept.first, stretch.new <= line.lowerBound else { return nil }
      let start = line.lowerBound - stretch.new + stretch.old.lowerBound
      guard let number = numbers[start], oldStarts[number].count == line.count else { return nil }
      return lines[number]
    }
  }
}

extension SourceFile {
  /// The lines, each with the LF that ends it. An empty text has none.
  public var linesByLF: [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(start..<end)
      start = end
    }
    return lines
  }
}
