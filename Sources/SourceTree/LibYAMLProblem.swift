import SourceText

/// An error of libyaml, in its own words, with byte offsets.
struct LibYAMLProblem {
  let problem: String
  let context: String
  let place: UInt32
  let contextPlace: UInt32?

  /// What the error means to the person who wrote the text.
  func explained(bytes: [UInt8], fileNumber: UInt32) -> SyntaxProblem {
    func span(_ offset: UInt32) -> Span {
      let width: UInt32 = Int(offset) < bytes.count && bytes[Int(offset)] > 0x20 ? 1 : 0
      return Span(file: fileNumber, start: offset, end: offset + width)
    }
    func make(_ kind: SyntaxProblem.Kind, at offset: UInt32, context: UInt32? = nil) -> SyntaxProblem {
      SyntaxProblem(kind, span(offset), context: context == offset ? nil : context.map(span))
    }
    let byte = Int(place) < bytes.count ? bytes[Int(place)] : nil
    let character = byte.map { String(decoding: [$0], as: UTF8.self) } ?? ""
    let begin = contextPlace ?? place
    if let tab = tabInIndentation(bytes) { return make(.tabIndentation, at: tab) }
    switch problem {
    case "found unexpected end of stream" where context.contains("quoted scalar"),
      "found unexpected document indicator" where context.contains("quoted scalar"):
      return make(.unclosedQuote, at: begin)
    case "found character that cannot start any token" where byte == UInt8(ascii: "\t"),
      "found a tab character where an indentation space is expected",
      "found a tab character that violates indentation":
      return make(.tabIndentation, at: place)
    case "found character that cannot start any token":
      return make(.reservedCharacter(character), at: place)
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      let bracket = Int(begin) < bytes.count ? String(decoding: [bytes[Int(begin)]], as: UTF8.self) : "["
      return make(.unclosedBracket(bracket), at: begin, context: place)
    case "mapping values are not allowed in this context":
      return make(.unexpectedColon, at: place)
    case "could not find expected ':'":
      return make(.missingColon, at: begin)
    case "did not find expected key", "did not find expected '-' indicator",
      "block sequence entries are not allowed in this context":
      if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { return make(.strayBracket(character), at: place) }
      return make(.badIndentation, at: place, context: begin)
    case "did not find expected node content" where byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}"):
      return make(.strayBracket(character), at: place)
    case "did not find expected <document start>":
      if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { return make(.strayBracket(character), at: place) }
      return make(.contentAfterDocument, at: place)
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return make(.invalidEscape, at: place)
    default:
      return make(.other(context.isEmpty ? problem : "\(context), \(problem)"), at: place)
    }
  }

  /// A tab among the spaces that begin the line of the error, or the line before it.
  private func tabInIndentation(_ bytes: [UInt8]) -> UInt32? {
    var start = min(Int(place), bytes.count)
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    var index = start
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    return index < bytes.count && bytes[index] == UInt8(ascii: "\t") ? UInt32(index) : nil
  }
}
