import CLibYAML
import SourceText

/// Builds the tree from libyaml's events.
struct YAMLReader {
  private var builder: TreeBuilder
  private var offsets: ByteOffsets
  private let bytes: [UInt8]
  private let number: UInt32

  /// Reads the whole text of `tree` into it.
  static func read(into tree: inout SourceTree, encoding: Encoding, limits: SourceLimits) {
    let bytes = tree.file.bytes
    var reader = YAMLReader(
      builder: TreeBuilder(tree: tree, limits: limits), offsets: ByteOffsets(bytes, encoding), bytes: bytes,
      number: tree.fileNumber)
    // One owner of the nodes at a time, or the first append would copy them.
    tree.nodes = []
    do {
      try reader.run()
    } catch {
      reader.builder.fail(error)
    }
    tree = reader.builder.tree
  }

  private mutating func run() throws(SyntaxProblem) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    defer {
      unsafe parser.deallocate()
      unsafe event.deallocate()
    }
    guard unsafe yaml_parser_initialize(parser) == 1 else { throw plainProblem("out of memory") }
    defer { unsafe yaml_parser_delete(parser) }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    let result: Result<Void, SyntaxProblem> = unsafe bytes.withUnsafeBufferPointer { input in
      unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
      do throws(SyntaxProblem) {
        return .success(try unsafe loop(parser, event, input))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  private mutating func loop(
    _ parser: UnsafeMutablePointer<yaml_parser_t>, _ event: UnsafeMutablePointer<yaml_event_t>,
    _ input: UnsafeBufferPointer<UInt8>
  ) throws(SyntaxProblem) {
    while true {
      guard unsafe yaml_parser_parse(parser, event) == 1 else { throw unsafe syntaxProblem(parser) }
      let type = unsafe event.pointee.type
      defer { unsafe yaml_event_delete(event) }
      switch type {
      case YAML_STREAM_END_EVENT: return
      case YAML_SCALAR_EVENT: try unsafe scalar(event, input)
      case YAML_SEQUENCE_START_EVENT:
        let start = unsafe event.pointee.data.sequence_start
        let isFlow = unsafe start.style == YAML_FLOW_SEQUENCE_STYLE
        try unsafe open(.sequence, event, isFlow: isFlow, anchor: start.anchor, tag: start.tag)
      case YAML_MAPPING_START_EVENT:
        let start = unsafe event.pointee.data.mapping_start
        let isFlow = unsafe start.style == YAML_FLOW_MAPPING_STYLE
        try unsafe open(.mapping, event, isFlow: isFlow, anchor: start.anchor, tag: start.tag)
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
        let end = unsafe offsets.byte(event.pointee.end_mark.index)
        try builder.close(tokenEnd: end)
      case YAML_ALIAS_EVENT:
        let span = unsafe self.span(event)
        try builder.alias(unsafe String(cString: event.pointee.data.alias.anchor), span)
      case YAML_DOCUMENT_END_EVENT: builder.endDocument()
      default: continue
      }
    }
  }

  private mutating func scalar(
    _ event: UnsafeMutablePointer<yaml_event_t>, _ input: UnsafeBufferPointer<UInt8>
  ) throws(SyntaxProblem) {
    let span = unsafe span(event)
    let scalar = unsafe event.pointee.data.scalar
    let text = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
    var style = isPlain ? SourceTree.Style.plain : .quoted
    if let tag = unsafe scalar.tag, try unsafe tagMeansText(tag, span) { style = .quoted }
    // Plain text begins at the span's start, quoted text one byte later; if the bytes there are the value, the
    // source is the value's home.
    let home = isPlain ? Int(span.start) : Int(span.start) + 1
    if unsafe Self.stands(text, in: input, at: home) {
      try builder.scalar(style, span, textStart: UInt32(home), length: UInt32(text.count))
    } else {
      try builder.scalar(style, span, decoded: unsafe Array(text))
    }
    if let anchor = unsafe scalar.anchor { builder.anchorLast(unsafe String(cString: anchor)) }
  }

  private static func stands(
    _ text: UnsafeBufferPointer<UInt8>, in input: UnsafeBufferPointer<UInt8>, at home: Int
  ) -> Bool {
    guard home + text.count <= input.count else { return false }
    for index in 0..<text.count {
      guard unsafe text[index] == input[home + index] else { return false }
    }
    return true
  }

  private mutating func open(
    _ kind: SourceTree.Kind, _ event: UnsafeMutablePointer<yaml_event_t>, isFlow: Bool,
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?
  ) throws(SyntaxProblem) {
    let span = unsafe span(event)
    if let tag = unsafe tag { _ = try unsafe tagMeansText(tag, span) }
    try builder.open(kind, at: span, isFlow: isFlow, anchor: unsafe anchor.map { unsafe String(cString: $0) })
  }

  /// YAML's own tags are understood (`!!str` makes text); any other is a problem that does not stop the reading.
  private mutating func tagMeansText(_ tag: UnsafeMutablePointer<UInt8>, _ span: Span) throws(SyntaxProblem) -> Bool {
    let tag = unsafe String(cString: tag)
    let standard = "tag:yaml.org,2002:"
    guard tag == "!" || tag.hasPrefix(standard) else {
      builder.tree.problems.append(SyntaxProblem(.unknownTag(tag), span))
      return false
    }
    return tag == "!" || tag == standard + "str"
  }

  private mutating func span(_ event: UnsafeMutablePointer<yaml_event_t>) -> Span {
    let start = unsafe offsets.byte(event.pointee.start_mark.index)
    let end = unsafe offsets.byte(event.pointee.end_mark.index)
    return Span(file: number, start: start, end: max(start, end))
  }

  private func plainProblem(_ words: String) -> SyntaxProblem {
    SyntaxProblem(.other(words), .beginning(ofFile: number))
  }

  private mutating func syntaxProblem(_ parser: UnsafeMutablePointer<yaml_parser_t>) -> SyntaxProblem {
    let words = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "cannot be read"
    let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) } ?? ""
    let place = unsafe offsets.byte(parser.pointee.problem_mark.index)
    let contextPlace = unsafe offsets.byte(parser.pointee.context_mark.index)
    let report = LibYAMLProblem(
      problem: words, context: context, place: place, contextPlace: context.isEmpty ? nil : contextPlace)
    return report.explained(bytes: bytes, fileNumber: number)
  }
}

/// Byte offsets of libyaml's marks, which count code points.
///
/// Marks come nearly in order, so a cursor that walks from the last one costs as much as the file is long.
struct ByteOffsets {
  private let bytes: [UInt8]
  private let encoding: Encoding
  private var codePoint = 0
  private var offset: Int

  init(_ bytes: [UInt8], _ encoding: Encoding) {
    self.bytes = bytes
    self.encoding = encoding
    offset = encoding.markLength
  }

  /// The byte at which code point number `index` begins; the end of the text if there are fewer.
  mutating func byte(_ index: Int) -> UInt32 {
    if encoding.isASCII { return UInt32(min(index + encoding.markLength, bytes.count)) }
    while codePoint < index, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      codePoint += 1
    }
    while codePoint > index {
      offset -= 1
      while bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      codePoint -= 1
    }
    return UInt32(offset)
  }
}
