import SourceText

/// What is known of a text's encoding once it is known to be UTF-8 with no characters but those of its language.
struct Encoding {
  /// 3 if the text begins with a byte order mark, else 0.
  var markLength: Int
  /// Whether a byte is a character everywhere after the mark.
  var isASCII: Bool

  /// The byte order mark of UTF-8.
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Checks the whole text in one pass, before a parser sees it: libyaml gives no position for such faults. JSON allows
  /// every character but those below U+0020 (RFC 8259, section 7), YAML fewer.
  static func check(_ bytes: [UInt8], isJSON: Bool, fileNumber: UInt32) throws(SyntaxProblem) -> Encoding {
    func problem(_ kind: SyntaxProblem.Kind, _ offset: Int, _ length: Int = 1) -> SyntaxProblem {
      SyntaxProblem(kind, Span(file: fileNumber, start: UInt32(offset), end: UInt32(offset + length)))
    }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { throw problem(.utf16, 0, 2) }
    let markLength = bytes.starts(with: mark) ? mark.count : 0
    var isASCII = true
    var index = markLength
    while index < bytes.count {
      let blockEnd = min(index + blockSize, bytes.count)
      if isPlainBlock(bytes, at: index) {
        index = blockEnd
        continue
      }
      while index < blockEnd {
        let byte = bytes[index]
        if byte < 0x80 {
          guard isPlain(byte) == 1 || isJSON && byte == 0x7F else {
            throw problem(.controlCharacter(UInt32(byte)), index)
          }
          index += 1
          continue
        }
        isASCII = false
        guard let (scalar, length) = decode(bytes, index) else { throw problem(.invalidUTF8, index) }
        guard isJSON || isPrintable(scalar) else { throw problem(.controlCharacter(scalar), index, length) }
        index += length
      }
    }
    return Encoding(markLength: markLength, isASCII: isASCII)
  }

  private static let blockSize = 32

  /// Whether a whole block is printable ASCII and line breaks, as nearly all of a text is. The loop has no exit inside
  /// the block, so that it becomes a few vector instructions.
  private static func isPlainBlock(_ bytes: [UInt8], at start: Int) -> Bool {
    guard start + blockSize <= bytes.count else { return false }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      var plain: UInt8 = 1
      for offset in 0..<blockSize { plain &= unsafe isPlain(bytes[start &+ offset]) }
      return plain == 1
    }
  }

  /// 1 for printable ASCII, tab, LF and CR, else 0.
  private static func isPlain(_ byte: UInt8) -> UInt8 {
    (byte &- 0x20 < 0x5F ? 1 : 0) | (byte == 0x0A ? 1 : 0) | (byte == 0x0D ? 1 : 0) | (byte == 0x09 ? 1 : 0)
  }

  /// How many bytes the UTF-8 form of a scalar has that begins with this byte; 0 if none does.
  static func length(leadByte: UInt8) -> Int {
    switch leadByte {
    case ..<0x80: 1
    case 0xC2..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0..<0xF5: 4
    default: 0
    }
  }

  /// The scalar at `index` and its length in bytes; nil if the bytes are not shortest-form UTF-8.
  private static func decode(_ bytes: [UInt8], _ index: Int) -> (UInt32, Int)? {
    let lead = bytes[index]
    let length = length(leadByte: lead)
    guard length > 1, index + length <= bytes.count else { return nil }
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let next = bytes[index + offset]
      guard next & 0xC0 == 0x80 else { return nil }
      scalar = scalar << 6 | UInt32(next & 0x3F)
    }
    let shortest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    let isSurrogate = (0xD800...0xDFFF).contains(scalar)
    return scalar >= shortest && scalar <= 0x10FFFF && !isSurrogate ? (scalar, length) : nil
  }

  /// The characters beyond ASCII that YAML 1.1 allows.
  private static func isPrintable(_ scalar: UInt32) -> Bool {
    scalar == 0x85 || (0xA0...0xFFFD).contains(scalar) && scalar != 0xFEFF || scalar >= 0x10000
  }
}
