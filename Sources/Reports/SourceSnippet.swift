import SourceText

/// The part of a source line that fits the screen, around what matters: every character is harmless and has its column.
struct SourceSnippet {
  /// The characters near the place, harmful ones replaced.
  private let scalars: [Unicode.Scalar]
  /// Screen column of each character, and of the end.
  private let columns: [Int]
  /// First byte of each character, and the end.
  private let offsets: [Int]
  /// The characters that are shown.
  private let window: Range<Int>
  private let isCutBefore, isCutAfter: Bool

  /// The part of the bytes `line` around the bytes `focus` that fits `width` columns, with `…` where it is cut.
  init(_ file: SourceFile, line: Range<Int>, focus: Range<Int>, width: Int) {
    let near = Self.near(focus.lowerBound, in: line, of: file.bytes, reach: width * Self.bytesPerColumn)
    var scalars: [Unicode.Scalar] = []
    var columns: [Int] = []
    var offsets: [Int] = []
    var column = 0
    Self.decode(file.bytes[near]) { scalar, offset in
      let shown = scalar == "\t" ? " " : SafeText.isHarmful(scalar) ? "\u{FFFD}" : scalar
      scalars.append(shown)
      columns.append(column)
      offsets.append(offset)
      column += SafeText.width(shown)
    }
    self.scalars = scalars
    self.columns = columns + [column]
    self.offsets = offsets + [near.upperBound]
    window = Self.window(
      self.columns, centre: Self.index(of: focus.lowerBound, in: self.offsets), isWhole: near == line, width: width)
    isCutBefore = window.lowerBound > 0 || near.lowerBound > line.lowerBound
    isCutAfter = window.upperBound < scalars.count || near.upperBound < line.upperBound
  }

  /// The text, with `…` where it is cut.
  var text: String {
    var bytes: [UInt8] = []
    for scalar in scalars[window] { bytes += scalar.utf8 }
    let text = String(decoding: bytes, as: UTF8.self)
    return "\(isCutBefore ? "…" : "")\(text)\(isCutAfter ? "…" : "")"
  }

  /// Whether a stretch of bytes begins inside the text.
  func shows(_ bytes: Range<Int>) -> Bool {
    guard bytes.lowerBound >= offsets[window.lowerBound] else { return false }
    return bytes.lowerBound < offsets[window.upperBound]
      || !isCutAfter && bytes.lowerBound == offsets[window.upperBound]
  }

  /// Screen columns of a stretch of bytes in the text; at least one wide.
  func columns(of bytes: Range<Int>) -> Range<Int> {
    let shift = columns[window.lowerBound] - (isCutBefore ? 1 : 0)
    let end = columns[window.upperBound]
    let first = min(max(columns[Self.index(of: bytes.lowerBound, in: offsets)], columns[window.lowerBound]), end)
    let last = min(max(columns[Self.index(of: bytes.upperBound, in: offsets)], first + 1), max(end, first + 1))
    return first - shift..<last - shift
  }

  /// The longest character; marks that join another take no column, and of a line full of them less is shown.
  private static let bytesPerColumn = 4

  /// The bytes around a place, whole characters: a line can be the whole of a large file.
  private static func near(_ place: Int, in line: Range<Int>, of bytes: [UInt8], reach: Int) -> Range<Int> {
    func continues(_ index: Int) -> Bool {
      index > line.lowerBound && index < line.upperBound && bytes[index] & 0xC0 == 0x80
    }
    var first = max(line.lowerBound, place - reach)
    while continues(first) { first -= 1 }
    var last = min(line.upperBound, place + reach)
    while continues(last) { last += 1 }
    return first..<last
  }

  /// Each character with the offset of its first byte; bytes that are not UTF-8 become U+FFFD.
  private static func decode(_ bytes: ArraySlice<UInt8>, _ body: (Unicode.Scalar, Int) -> Void) {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = bytes.startIndex
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        body(Unicode.UTF8.decode(encoded), offset)
        offset += encoded.count
      case .error(let length):
        body("\u{FFFD}", offset)
        offset += length
      case .emptyInput: return
      }
    }
  }

  private static func window(_ columns: [Int], centre: Int, isWhole: Bool, width: Int) -> Range<Int> {
    let total = columns[columns.count - 1]
    guard !isWhole || total > width else { return 0..<columns.count - 1 }
    // One column on each side is for the `…`.
    let room = width - 2
    let firstColumn = max(0, min(columns[centre] - room / 3, total - room))
    let first = columns.firstIndex { $0 >= firstColumn } ?? 0
    let last = columns.lastIndex { $0 <= columns[first] + room } ?? columns.count - 1
    return first..<max(first, last)
  }

  /// The character that a byte offset lies in.
  private static func index(of offset: Int, in offsets: [Int]) -> Int {
    var low = 0
    var high = offsets.count - 1
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
