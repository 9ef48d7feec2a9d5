import SourceText

/// A stretch of a line between blanks.
typealias Word = ArraySlice<UInt8>

/// One line, cut into words.
struct TableLine {
  /// From 1.
  let number: Int
  /// Whether a line break follows; if not, this is the last line and may be cut off.
  let hasBreak: Bool
  let words: [Word]
  private let bytes: ArraySlice<UInt8>

  init(number: Int, bytes: ArraySlice<UInt8>, hasBreak: Bool) {
    self.number = number
    self.hasBreak = hasBreak
    self.bytes = bytes
    words = Self.words(bytes)
  }

  /// The line without blanks at its ends.
  var text: String {
    guard let first = words.first, let last = words.last else { return "" }
    return String(decoding: bytes[first.startIndex..<last.endIndex], as: UTF8.self)
  }

  private static func words(_ bytes: ArraySlice<UInt8>) -> [Word] {
    var words: [Word] = []
    var start = bytes.startIndex
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let blank = blankLength(bytes, index)
      if blank > 0 {
        if start < index { words.append(bytes[start..<index]) }
        start = index + blank
      }
      index += max(1, blank)
    }
    if start < bytes.endIndex { words.append(bytes[start...]) }
    return words
  }

  /// Blanks, tabs, line breaks, and the space of web pages that does not break (U+00A0).
  private static func blankLength(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Int {
    switch bytes[index] {
    case 0x20, 0x09...0x0D: 1
    case 0xC2: index + 1 < bytes.endIndex && bytes[index + 1] == 0xA0 ? 2 : 0
    default: 0
    }
  }
}

extension ArraySlice<UInt8> {
  /// The word as text; bytes that are not UTF-8 become U+FFFD.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// Whether the word is this text.
  func isWord(_ wanted: String) -> Bool { elementsEqual(wanted.utf8) }

  /// Whether these are decimal digits and nothing else.
  var isNumber: Bool { !isEmpty && allSatisfy { $0 &- 48 < 10 } }
}
