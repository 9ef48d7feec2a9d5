import SourceText

/// What is known of a text's encoding once it is known to be UTF-8 without control characters.
struct Encoding {
  /// 3 if the text begins with a byte order mark, else 0.
  var markLength: Int
  /// Whether a byte is a character everywhere after the mark.
  var isASCII: Bool

  /// Checks the whole text in one pass, before a parser sees it: libyaml gives no position for such faults.
  static func check(_ bytes: [UInt8], fileNumber: UInt32) throws(SyntaxProblem) -> Encoding {
    func problem(_ kind: SyntaxProblem.Kind, _ offset: Int, _ length: Int = 1) -> SyntaxProblem {
      SyntaxProblem(kind, Span(file: fileNumber, start: UInt32(offset), end: UInt32(offset + length)))
    }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { throw problem(.utf16, 0, 2) }
    let markLength = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var isASCII = true
    var index = markLength
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        let isControl = byte < 0x20 ? byte != 0x0A && byte != 0x0D && byte != 0x09 : byte == 0x7F
        if isControl { throw problem(.controlCharacter(UInt32(byte)), index) }
        index += 1
        continue
      }
      isASCII = false
      guard let (scalar, length) = decode(bytes, index) else { throw problem(.invalidUTF8, index) }
      guard isPrintable(scalar) else { throw problem(.controlCharacter(scalar), index, length) }
      index += length
    }
    return Encoding(markLength: markLength, isASCII: isASCII)
  }

  /// The scalar at `index` and its length in bytes; nil if the bytes are not shortest-form UTF-8.
  private static func decode(_ bytes: [UInt8], _ index: Int) -> (UInt32, Int)? {
    let lead = bytes[index]
    let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
    guard length > 0, index + length <= bytes.count else { return nil }
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
