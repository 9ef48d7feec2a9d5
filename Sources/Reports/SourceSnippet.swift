import SourceText

/// A source line prepared for the screen: every character is harmless and has its column.
struct SourceSnippet {
  /// The characters, harmful ones replaced.
  private let scalars: [Unicode.Scalar]
  /// Screen column of each character, and of the end.
  private let columns: [Int]
  /// First byte of each character, and the end.
  private let offsets: [Int]

  init(_ file: SourceFile, bytes range: Range<Int>) {
    var scalars: [Unicode.Scalar] = []
    var columns: [Int] = []
    var offsets: [Int] = []
    var column = 0
    var offset = range.lowerBound
    for scalar in String(decoding: file.bytes[range], as: UTF8.self).unicodeScalars {
      let shown = scalar == "\t" ? " " : SafeText.isHarmful(scalar) ? "\u{FFFD}" : scalar
      scalars.append(shown)
      columns.append(column)
      offsets.append(offset)
      column += SafeText.width(shown)
      offset += UTF8.width(scalar)
    }
    self.scalars = scalars
    self.columns = columns + [column]
    self.offsets = offsets + [range.upperBound]
  }

  /// Number of the character that a byte offset lies in.
  private func character(at offset: Int) -> Int {
    var low = 0
    var high = offsets.count - 1
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The part of the line to show in `width` columns so that the bytes `focus` are in it.
  func window(around focus: Range<Int>, width: Int) -> Range<Int> {
    guard columns[columns.count - 1] > width else { return 0..<scalars.count }
    let centre = columns[character(at: focus.lowerBound)]
    let firstColumn = max(0, min(centre - width / 3, columns[columns.count - 1] - width))
    let first = columns.firstIndex { $0 >= firstColumn } ?? 0
    let last = columns.lastIndex { $0 <= firstColumn + width } ?? scalars.count
    return first..<min(last, scalars.count)
  }

  /// The text of a window, with `…` where it is cut.
  func text(_ window: Range<Int>) -> String {
    var result = window.lowerBound > 0 ? "…" : ""
    result.unicodeScalars.append(contentsOf: scalars[window])
    return window.upperBound < scalars.count ? result + "…" : result
  }

  /// Screen columns of a stretch of bytes inside a window; at least one wide.
  func columns(of bytes: Range<Int>, in window: Range<Int>) -> Range<Int> {
    let shift = columns[window.lowerBound] - (window.lowerBound > 0 ? 1 : 0)
    let end = columns[window.upperBound]
    let first = min(max(columns[character(at: bytes.lowerBound)], columns[window.lowerBound]), end)
    let last = min(max(columns[character(at: bytes.upperBound)], first + 1), max(end, first + 1))
    return first - shift..<last - shift
  }
}
