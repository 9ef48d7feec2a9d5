import SourceText

/// A JSON reader (RFC 8259) that keeps places. libyaml would refuse surrogate pairs and accept what JSON does not.
struct JSONReader {
  private var builder: TreeBuilder
  private let bytes: [UInt8]
  private var index: Int
  private let number: UInt32
  private let depthLimit: Int

  /// Reads the whole text of `tree` into it. `start` is the length of the byte order mark.
  static func read(into tree: inout SourceTree, start: Int, limits: SourceLimits) {
    let bytes = tree.file.bytes
    var reader = JSONReader(
      builder: TreeBuilder(tree: tree, limits: limits), bytes: bytes, index: start, number: tree.fileNumber,
      depthLimit: limits.depth)
    tree.nodes = []
    do {
      try reader.document()
    } catch {
      reader.builder.fail(reader.atEnd(error))
    }
    tree = reader.builder.tree
  }

  /// Where the text just ends, the bracket that is still open tells more than what is missing.
  private func atEnd(_ problem: SyntaxProblem) -> SyntaxProblem {
    guard problem.span.start == bytes.count, let bracket = builder.innermostBracket.map(Int.init) else {
      return problem
    }
    let character = String(decoding: bytes[bracket...bracket], as: UTF8.self)
    return SyntaxProblem(.unclosedBracket(character), place(bracket), context: problem.span)
  }

  private mutating func document() throws(SyntaxProblem) {
    skipBlanks()
    guard index < bytes.count else { return }
    try value()
    skipBlanks()
    guard index == bytes.count else { throw problem(.contentAfterDocument, at: index) }
    builder.endDocument()
  }

  /// Recursion is bounded: the builder refuses containers deeper than the limit.
  private mutating func value() throws(SyntaxProblem) {
    guard index < bytes.count else { throw problem(.jsonExpectedValue, at: index) }
    switch bytes[index] {
    case UInt8(ascii: "{"): try container(.mapping, end: UInt8(ascii: "}"))
    case UInt8(ascii: "["): try container(.sequence, end: UInt8(ascii: "]"))
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try numeral()
    case UInt8(ascii: "a")...UInt8(ascii: "z"): try word()
    default: throw problem(.jsonExpectedValue, at: index)
    }
  }

  private mutating func container(_ kind: SourceTree.Kind, end: UInt8) throws(SyntaxProblem) {
    let start = index
    let bracket = String(decoding: [bytes[start]], as: UTF8.self)
    try builder.open(kind, at: span(start, start + 1), isBracketed: true, anchor: nil)
    index += 1
    skipBlanks()
    var isFirst = true
    while index >= bytes.count || bytes[index] != end {
      if !isFirst {
        guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else {
          throw SyntaxProblem(.jsonExpectedCommaOrEnd(bracket), place(index), context: span(start, start + 1))
        }
        index += 1
        skipBlanks()
      }
      isFirst = false
      if kind == .mapping { try key() }
      try value()
      skipBlanks()
    }
    index += 1
    builder.close(tokenEnd: UInt32(index))
  }

  private mutating func key() throws(SyntaxProblem) {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw problem(.jsonExpectedKey, at: index) }
    try string()
    skipBlanks()
    guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { throw problem(.jsonExpectedColon, at: index) }
    index += 1
    skipBlanks()
  }

  private mutating func string() throws(SyntaxProblem) {
    let start = index
    index += 1
    skipPlainText()
    if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
      index += 1
      builder.scalar(.quoted, span(start, index), textStart: UInt32(start + 1), length: UInt32(index - start - 2))
      return
    }
    var text = Array(bytes[start + 1..<index])
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\") else { throw unclosed(from: start) }
      try escape(into: &text)
      let stretch = index
      skipPlainText()
      text += bytes[stretch..<index]
    }
    guard index < bytes.count else { throw unclosed(from: start) }
    index += 1
    builder.scalar(.quoted, span(start, index), decoded: text)
  }

  /// Goes to the next quotation mark, backslash, control character or the end.
  private mutating func skipPlainText() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"),
      bytes[index] >= 0x20
    { index += 1 }
  }

  /// A string ends neither with the line nor with the text; a tab in it has to be an escape.
  private func unclosed(from start: Int) -> SyntaxProblem {
    index < bytes.count && bytes[index] == UInt8(ascii: "\t")
      ? problem(.controlCharacter(0x09), at: index) : problem(.unclosedQuote, at: start)
  }

  private mutating func escape(into text: inout [UInt8]) throws(SyntaxProblem) {
    let start = index
    index += 2
    switch bytes[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[start + 1])
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += try unicodeEscape(start)
    default: throw problem(.invalidEscape, at: start)
    }
  }

  /// The digits after `\u`, and if they are the first half of a surrogate pair, the escape after them.
  private mutating func unicodeEscape(_ start: Int) throws(SyntaxProblem) -> String.UTF8View {
    var code = try hexadecimal(escapeStart: start)
    let end = index
    if (0xD800...0xDBFF).contains(code), bytes[end...].starts(with: "\\u".utf8) {
      index += 2
      let low = try hexadecimal(escapeStart: end)
      if (0xDC00...0xDFFF).contains(low) { code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) }
    }
    guard let scalar = Unicode.Scalar(code) else { throw SyntaxProblem(.jsonLoneSurrogate, span(start, end)) }
    return String(scalar).utf8
  }

  private mutating func hexadecimal(escapeStart: Int) throws(SyntaxProblem) -> UInt32 {
    guard index + 4 <= bytes.count,
      bytes[index..<index + 4].allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
      let code = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
    else { throw problem(.invalidEscape, at: escapeStart) }
    index += 4
    return code
  }

  private mutating func numeral() throws(SyntaxProblem) {
    let start = index
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let digits = skipDigits()
    let hasLeadingZero = digits.count > 1 && bytes[digits.lowerBound] == UInt8(ascii: "0")
    guard !digits.isEmpty, !hasLeadingZero else { throw problem(.jsonInvalidNumber, at: start) }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard !skipDigits().isEmpty else { throw problem(.jsonInvalidNumber, at: start) }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      guard !skipDigits().isEmpty else { throw problem(.jsonInvalidNumber, at: start) }
    }
    plain(from: start)
  }

  private mutating func skipDigits() -> Range<Int> {
    let start = index
    while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
    return start..<index
  }

  private mutating func word() throws(SyntaxProblem) {
    let start = index
    while index < bytes.count, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[index]) { index += 1 }
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    guard ["true", "false", "null"].contains(word) else { throw problem(.jsonExpectedValue, at: start) }
    plain(from: start)
  }

  private mutating func plain(from start: Int) {
    builder.scalar(.plain, span(start, index), textStart: UInt32(start), length: UInt32(index - start))
  }

  private mutating func skipBlanks() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private func span(_ start: Int, _ end: Int) -> Span { Span(file: number, start: UInt32(start), end: UInt32(end)) }

  /// One character, or nothing at the end.
  private func place(_ offset: Int) -> Span {
    span(offset, offset < bytes.count ? offset + Encoding.length(leadByte: bytes[offset]) : offset)
  }

  private func problem(_ kind: SyntaxProblem.Kind, at offset: Int) -> SyntaxProblem {
    SyntaxProblem(kind, place(offset))
  }
}
