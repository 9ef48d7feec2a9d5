/// UTF-16, as PowerShell's `>` writes it.
enum UTF16Text {
  /// Whether the bytes begin with a byte order mark of UTF-16, or with two ASCII characters in it.
  static func isUTF16(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 4 else { return hasMark(bytes) }
    return hasMark(bytes) || bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0 && bytes[2] != 0
      || isUnmarkedBigEndian(bytes)
  }

  /// The text as UTF-8, without its mark; halves of surrogate pairs become U+FFFD, a last odd byte is dropped.
  static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    let isBig = bytes.starts(with: [0xFE, 0xFF]) || !hasMark(bytes) && isUnmarkedBigEndian(bytes)
    let start = hasMark(bytes) ? 2 : 0
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: start, to: bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBig ? first << 8 | second : second << 8 | first)
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private static func hasMark(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
  }

  private static func isUnmarkedBigEndian(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] == 0 && bytes[2] == 0 && bytes[1] != 0 && bytes[3] != 0
  }
}
