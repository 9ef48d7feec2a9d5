import SourceText

/// An error of libyaml, in its own words, with byte offsets.
struct LibYAMLProblem {
  let problem: String
  let context: String
  let place: Int
  /// Where the construct begins that the error lies in; `place` if libyaml does not tell.
  let begin: Int
  /// The innermost `[` or `{` that is open.
  let bracket: Int?
  /// Where the value of the document begins that is being read, or that ended last without `...`.
  let root: Int?
  /// The scalar that was read last.
  let previous: Span?
  let bytes: [UInt8]
  let fileNumber: UInt32

  /// What the error means to the person who wrote the text.
  var explained: SyntaxProblem {
    switch problem {
    case "found unexpected end of stream" where context.contains("quoted scalar"),
      "found unexpected document indicator" where context.contains("quoted scalar"):
      make(.unclosedQuote, at: begin)
    case "found unknown escape character" where place + 1 >= bytes.count: make(.unclosedQuote, at: begin)
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      make(.invalidEscape, at: backslash)
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      make(.unclosedBracket(character(begin)), at: begin, context: place)
    case "found character that cannot start any token" where byte != UInt8(ascii: "\t"):
      make(.reservedCharacter(character(place)), at: place)
    default:
      if bracket == nil, let tab { make(.tabIndentation, at: tab) } else { layoutProblem ?? unusualProblem }
    }
  }

  /// Errors that come of where things stand.
  private var layoutProblem: SyntaxProblem? {
    switch problem {
    case "found character that cannot start any token", "found a tab character where an indentation space is expected",
      "found a tab character that violates indentation":
      make(.tabIndentation, at: place)
    case "mapping values are not allowed in this context": colonProblem
    case "found unexpected ':'": make(strayColon, at: place)
    case "could not find expected ':'": make(.missingColon, at: begin)
    case "block sequence entries are not allowed in this context": make(.unexpectedDash, at: place)
    case "mapping keys are not allowed in this context": make(.reservedCharacter("?"), at: place)
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected node content", "did not find expected <document start>":
      strayCharacter ?? (isFirstOnLine(place) ? lineProblem : restOfLineProblem)
    default: nil
    }
  }

  /// Errors in what stands before a value or in place of it.
  private var unusualProblem: SyntaxProblem {
    switch context {
    case "while scanning an anchor", "while scanning an alias": make(.reservedCharacter(character(begin)), at: begin)
    case "while scanning a block scalar": make(.blockHead(character(begin)), at: begin)
    case "while scanning a tag", "while parsing a tag": make(.malformedTag, at: begin)
    case _ where context.hasSuffix("directive"): make(.directive, at: begin)
    default: unusualProblemWithoutContext
    }
  }

  private var unusualProblemWithoutContext: SyntaxProblem {
    switch problem {
    case "found undefined tag handle": make(.unknownTagHandle(tagHandle), at: place)
    case "found incompatible YAML document", "found duplicate %YAML directive", "found duplicate %TAG directive":
      make(.directive, at: place)
    default: make(.other(context.isEmpty ? problem : "\(context), \(problem)"), at: place)
    }
  }

  /// From the `!` of a tag to the next one.
  private var tagHandle: String {
    let end = bytes[min(place + 1, bytes.count)...].firstIndex(of: UInt8(ascii: "!")) ?? place
    return String(decoding: bytes[place...min(end, bytes.count - 1)], as: UTF8.self)
  }

  /// A bracket, comma or colon in a place where none belongs.
  private var strayCharacter: SyntaxProblem? {
    switch byte {
    case UInt8(ascii: "]"), UInt8(ascii: "}"): make(.strayBracket(character(place)), at: place)
    case UInt8(ascii: ",") where bracket != nil: make(.strayComma, at: place)
    case UInt8(ascii: ":"): make(strayColon, at: place)
    default: bracket.map { make(.unclosedBracket(character($0)), at: $0, context: place) }
    }
  }

  /// What a colon lacks: its key, where only what begins a key or an item stands before it on its line.
  private var strayColon: SyntaxProblem.Kind {
    let before = bytes[LineBreak.lineStart(in: bytes, of: place)..<place].last { $0 != UInt8(ascii: " ") }
    let beginnings = [UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: "-")]
    return before.map(beginnings.contains) ?? true ? .colonWithoutKey : .unexpectedColon
  }

  /// A line in the wrong place: outside the value if that is complete, else at a wrong depth.
  private var lineProblem: SyntaxProblem {
    guard problem == "did not find expected <document start>" else {
      return make(.badIndentation, at: place, context: begin)
    }
    guard let root, column(place) < column(root) else { return make(.contentAfterDocument, at: place) }
    return make(.badIndentation, at: place, context: root)
  }

  /// Text behind a value that is complete. If that was in quotes and began on an earlier line, the quote that closed it
  /// was meant to open another.
  private var restOfLineProblem: SyntaxProblem {
    if let previous,
      bytes[Int(previous.start)] == UInt8(ascii: "\"") || bytes[Int(previous.start)] == UInt8(ascii: "'"),
      LineBreak.next(in: bytes, from: Int(previous.start)) < previous.end
    {
      return make(.unclosedQuote, at: Int(previous.start), context: place)
    }
    let isOutside = problem == "did not find expected <document start>"
    return make(isOutside ? .contentAfterDocument : .textAfterValue, at: place)
  }

  /// What a `: ` means that cannot be there: the second of a line is part of a value; the first belongs to a key, which
  /// is indented too deep, or runs on from a line above that lacks its colon.
  private var colonProblem: SyntaxProblem {
    let first = firstOnLine(place)
    guard !hasColon(first..<place), !bytes[first..<place].starts(with: "---".utf8) else {
      return make(.unexpectedColon, at: place)
    }
    var culprit: Int?
    var above = lineAbove(first)
    while let line = above, column(line) == column(first), isText(line..<LineBreak.next(in: bytes, from: line)) {
      culprit = line
      above = lineAbove(line)
    }
    return culprit.map { make(.missingColon, at: $0) } ?? make(.badIndentation, at: first)
  }

  private func make(_ kind: SyntaxProblem.Kind, at offset: Int, context: Int? = nil) -> SyntaxProblem {
    SyntaxProblem(kind, span(offset), context: context == offset ? nil : context.map(span))
  }

  /// One character, or nothing where a line or the text ends.
  private func span(_ offset: Int) -> Span {
    let isCharacter = offset < bytes.count && (bytes[offset] > 0x20 || bytes[offset] == UInt8(ascii: "\t"))
    let width = isCharacter ? Encoding.length(leadByte: bytes[offset]) : 0
    return Span(file: fileNumber, start: UInt32(offset), end: UInt32(offset + width))
  }

  private func character(_ offset: Int) -> String {
    let span = span(offset)
    return String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }

  private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// The backslash of an escape; libyaml points at it or at the digits.
  private var backslash: Int {
    bytes[min(begin, place)..<min(place + 1, bytes.count)].lastIndex(of: UInt8(ascii: "\\")) ?? place
  }

  /// A tab among the blanks that begin the line of the error.
  private var tab: Int? {
    let start = LineBreak.lineStart(in: bytes, of: place)
    let end = bytes[start...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count
    return end < bytes.count && bytes[end] == UInt8(ascii: "\t") ? end : nil
  }

  private func isFirstOnLine(_ offset: Int) -> Bool { firstOnLine(offset) == offset }

  /// The first byte on the line that is not a space; `offset` at the latest.
  private func firstOnLine(_ offset: Int) -> Int {
    let start = LineBreak.lineStart(in: bytes, of: offset)
    return bytes[start..<offset].firstIndex { $0 != UInt8(ascii: " ") } ?? offset
  }

  private func column(_ offset: Int) -> Int { offset - LineBreak.lineStart(in: bytes, of: offset) }

  /// The first byte that is not a space on the nearest line above that is not empty.
  private func lineAbove(_ offset: Int) -> Int? {
    var end = LineBreak.lineStart(in: bytes, of: offset)
    while true {
      let length = LineBreak.length(in: bytes, before: end)
      guard length > 0 else { return nil }
      let start = LineBreak.lineStart(in: bytes, of: end - length)
      if let first = bytes[start..<end - length].firstIndex(where: { $0 != UInt8(ascii: " ") }) { return first }
      end = start
    }
  }

  /// Whether a line is no key, item or comment.
  private func isText(_ line: Range<Int>) -> Bool {
    !hasColon(line) && !bytes[line].starts(with: "- ".utf8) && !bytes[line].starts(with: "#".utf8)
  }

  /// Whether a colon before a space or at the end is in the range.
  private func hasColon(_ range: Range<Int>) -> Bool {
    range.contains { index in
      bytes[index] == UInt8(ascii: ":") && (index + 1 == range.upperBound || bytes[index + 1] == UInt8(ascii: " "))
    }
  }
}
