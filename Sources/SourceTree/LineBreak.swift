/// The line breaks of YAML 1.1: LF, CR, and the characters U+0085, U+2028 and U+2029.
enum LineBreak {
  /// How many bytes the break at `index` has; 0 if there is none. CR LF is two breaks here.
  static func length(in bytes: [UInt8], at index: Int) -> Int {
    switch bytes[index] {
    case 0x0A, 0x0D: 1
    case 0xC2: index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2: index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8 ? 3 : 0
    default: 0
    }
  }

  /// How many bytes the break has that ends right before `end`; 0 if there is none.
  static func length(in bytes: [UInt8], before end: Int) -> Int {
    for length in 1...3 where end >= length && Self.length(in: bytes, at: end - length) == length { return length }
    return 0
  }

  /// Where the next break at or after `index` begins, or the text ends.
  static func next(in bytes: [UInt8], from index: Int) -> Int {
    var index = index
    while index < bytes.count, length(in: bytes, at: index) == 0 { index += 1 }
    return index
  }

  /// Where the line of `index` begins, after the byte order mark if it is the first.
  static func lineStart(in bytes: [UInt8], of index: Int) -> Int {
    var start = index
    while start > 0, length(in: bytes, before: start) == 0 { start -= 1 }
    return start == 0 && bytes.starts(with: Encoding.mark) ? min(Encoding.mark.count, index) : start
  }
}
