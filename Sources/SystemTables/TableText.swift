/// The text of a table: bytes that can be cut into lines and words whatever their encoding.
///
/// Windows consoles write code pages, so bytes that are not UTF-8 are let through; addresses are ASCII in all of them.
struct TableText {
  let bytes: [UInt8]
  /// Length of the byte order mark.
  let start: Int

  init(_ raw: [UInt8]) throws(SystemTableError) {
    let isWide = UTF16Text.isUTF16(raw)
    bytes = isWide ? UTF16Text.utf8(raw) : raw
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if let place = bytes.firstIndex(of: 0) { throw .notText(line: lineNumber(at: place)) }
  }

  /// The line of an offset, from 1.
  func lineNumber(at offset: Int) -> Int {
    var line = 1
    for index in bytes.indices.prefix(offset) where isBreakEnd(index) { line += 1 }
    return line
  }

  /// Whether a line break ends with this byte: LF, CR LF, or CR.
  func isBreakEnd(_ index: Int) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "\n"): true
    case UInt8(ascii: "\r"): index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n")
    default: false
    }
  }
}

extension TableText: Sequence {
  struct Iterator: IteratorProtocol {
    let text: TableText
    var index: Int
    var number = 0

    mutating func next() -> TableLine? {
      guard index < text.bytes.count else { return nil }
      let first = index
      while index < text.bytes.count, !text.isBreakEnd(index) { index += 1 }
      number += 1
      let hasBreak = index < text.bytes.count
      if hasBreak { index += 1 }
      return TableLine(number: number, bytes: text.bytes[first..<index], hasBreak: hasBreak)
    }
  }

  func makeIterator() -> Iterator { Iterator(text: self, index: start) }
}
