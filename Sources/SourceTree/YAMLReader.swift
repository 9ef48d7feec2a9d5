import CLibYAML
import SourceText

/// Builds the tree from libyaml's events.
struct YAMLReader {
  private var builder: TreeBuilder
  private var offsets: ByteOffsets
  private let bytes: [UInt8]
  private let number: UInt32
  private let limits: SourceLimits
  /// Where libyaml's mark of the last empty value lay, and where the value was put.
  private var lastEmpty: (mark: UInt32, place: UInt32) = (0, 0)

  /// Reads the whole text of `tree` into it.
  static func read(into tree: inout SourceTree, encoding: Encoding, limits: SourceLimits) {
    let bytes = tree.file.bytes
    var reader = YAMLReader(
      builder: TreeBuilder(tree: tree, limits: limits), offsets: ByteOffsets(bytes, encoding), bytes: bytes,
      number: tree.fileNumber, limits: limits)
    // One owner of the nodes at a time, or the first append would copy them.
    tree.nodes = []
    do {
      try reader.run(markLength: encoding.markLength)
    } catch {
      reader.builder.fail(error)
    }
    tree = reader.builder.tree
  }

  private mutating func run(markLength: Int) throws(SyntaxProblem) {
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
      // Told the encoding, libyaml would count the byte order mark as a character.
      let text = unsafe UnsafeBufferPointer(rebasing: input[markLength...])
      unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
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
      defer { unsafe yaml_event_delete(event) }
      switch unsafe event.pointee.type {
      case YAML_SCALAR_EVENT: if unsafe !simpleScalar(event, input) { unsafe scalar(event, input) }
      case YAML_SEQUENCE_START_EVENT: try unsafe openSequence(event)
      case YAML_MAPPING_START_EVENT: try unsafe openMapping(event)
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
        builder.close(tokenEnd: unsafe offsets.byte(event.pointee.end_mark.index))
      case YAML_ALIAS_EVENT:
        let name = unsafe String(cString: event.pointee.data.alias.anchor)
        try builder.alias(name, unsafe span(event))
      case YAML_STREAM_START_EVENT:
        try checkDirectives(after: unsafe offsets.byte(event.pointee.end_mark.index))
      case YAML_DOCUMENT_END_EVENT:
        // What follows without `---` or `...` between belongs to this document and spoils it.
        if unsafe event.pointee.data.document_end.implicit == 0 { builder.endDocument() }
        try checkDirectives(after: unsafe offsets.byte(event.pointee.end_mark.index))
      case YAML_DOCUMENT_START_EVENT: builder.endDocument()
      case YAML_STREAM_END_EVENT:
        builder.endDocument()
        return
      default: continue
      }
    }
  }
}

// MARK: - Nodes

extension YAMLReader {
  /// Adds nearly every scalar there is: on one line, without anchor, tag or escapes. Such text is its own value.
  @inline(__always)
  private mutating func simpleScalar(
    _ event: UnsafeMutablePointer<yaml_event_t>, _ input: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let span = unsafe span(event)
    let form = unsafe event.pointee.data.scalar.style
    let text = unsafe UnsafeBufferPointer(
      start: event.pointee.data.scalar.value, count: event.pointee.data.scalar.length)
    let quotes = form == YAML_PLAIN_SCALAR_STYLE ? 0 : 2
    guard text.count &+ quotes == Int(span.end &- span.start), span.end > span.start,
      unsafe event.pointee.start_mark.line == event.pointee.end_mark.line,
      unsafe event.pointee.data.scalar.anchor == nil && event.pointee.data.scalar.tag == nil
    else { return false }
    let home = span.start &+ UInt32(truncatingIfNeeded: quotes / 2)
    if form != YAML_PLAIN_SCALAR_STYLE, unsafe !Self.stands(text, in: input, at: Int(home)) { return false }
    builder.scalar(
      quotes == 0 ? .plain : .quoted, span, textStart: home, length: UInt32(truncatingIfNeeded: text.count))
    return true
  }

  private mutating func scalar(_ event: UnsafeMutablePointer<yaml_event_t>, _ input: UnsafeBufferPointer<UInt8>) {
    var span = unsafe span(event)
    let text = unsafe UnsafeBufferPointer(
      start: event.pointee.data.scalar.value, count: event.pointee.data.scalar.length)
    let form = unsafe event.pointee.data.scalar.style
    let anchor = unsafe event.pointee.data.scalar.anchor
    let tag = unsafe event.pointee.data.scalar.tag
    let isPlain = form == YAML_PLAIN_SCALAR_STYLE
    var style = isPlain ? SourceTree.Style.plain : .quoted
    if unsafe anchor != nil || tag != nil {
      let properties = NodeProperties(in: bytes, at: span)
      span.start = properties.end
      if let tag = unsafe tag, tagMeansText(unsafe String(cString: tag), properties.tag) { style = .quoted }
    } else if isPlain, text.isEmpty {
      span = emptySpan(mark: span.start)
    }
    if form == YAML_LITERAL_SCALAR_STYLE || form == YAML_FOLDED_SCALAR_STYLE { span.end = contentEnd(span) }
    // Plain text begins at the span's start, quoted text one byte later; if the bytes there are the value, the
    // source is the value's home.
    let home = Int(span.start) + (isPlain ? 0 : 1)
    if unsafe Self.stands(text, in: input, at: home) {
      builder.scalar(style, span, textStart: UInt32(home), length: UInt32(text.count))
    } else {
      unsafe builder.scalar(style, span, decoded: text)
    }
    if let anchor = unsafe anchor { builder.anchorLast(unsafe String(cString: anchor)) }
  }

  private static func stands(
    _ text: UnsafeBufferPointer<UInt8>, in input: UnsafeBufferPointer<UInt8>, at home: Int
  ) -> Bool {
    guard home + text.count <= input.count, let value = text.baseAddress, let source = input.baseAddress
    else { return false }
    return unsafe memcmp(value, source + home, text.count) == 0
  }

  private mutating func openSequence(_ event: UnsafeMutablePointer<yaml_event_t>) throws(SyntaxProblem) {
    let start = unsafe event.pointee.data.sequence_start
    let isFlow = unsafe start.style == YAML_FLOW_SEQUENCE_STYLE
    try unsafe open(.sequence, event, isFlow: isFlow, anchor: start.anchor, tag: start.tag)
  }

  private mutating func openMapping(_ event: UnsafeMutablePointer<yaml_event_t>) throws(SyntaxProblem) {
    let start = unsafe event.pointee.data.mapping_start
    let isFlow = unsafe start.style == YAML_FLOW_MAPPING_STYLE
    try unsafe open(.mapping, event, isFlow: isFlow, anchor: start.anchor, tag: start.tag)
  }

  private mutating func open(
    _ kind: SourceTree.Kind, _ event: UnsafeMutablePointer<yaml_event_t>, isFlow: Bool,
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?
  ) throws(SyntaxProblem) {
    var span = unsafe span(event)
    if unsafe anchor != nil || tag != nil {
      let properties = NodeProperties(in: bytes, at: span)
      if let tag = unsafe tag { _ = tagMeansText(unsafe String(cString: tag), properties.tag) }
      span.start = properties.end
    }
    // A single pair in a flow sequence, `[a: b]`, is a flow mapping without a bracket.
    let isBracketed = isFlow && span.end == span.start + 1 && bytes[Int(span.start)] != UInt8(ascii: "?")
    try builder.open(kind, at: span, isBracketed: isBracketed, anchor: unsafe anchor.map { unsafe String(cString: $0) })
  }

  /// YAML's own tags are understood (`!!str` makes text); any other is a problem that does not stop the reading.
  private mutating func tagMeansText(_ tag: String, _ span: Span) -> Bool {
    let standard = "tag:yaml.org,2002:"
    if tag == "!" || tag == standard + "str" { return true }
    let known = ["int", "float", "bool", "null", "timestamp", "merge", "map", "seq"]
    if !known.contains(where: { tag == standard + $0 }) {
      builder.tree.problems.append(SyntaxProblem(.unknownTag(tag), span))
    }
    return false
  }

  @inline(__always)
  private mutating func span(_ event: UnsafeMutablePointer<yaml_event_t>) -> Span {
    let start = unsafe offsets.byte(event.pointee.start_mark.index)
    let end = unsafe offsets.byte(event.pointee.end_mark.index)
    return Span(file: number, start: start, end: max(start, end))
  }

  /// The place of a value that is not written: after the last indicator before it. libyaml's mark may lie at the next
  /// token, past comments.
  private mutating func emptySpan(mark: UInt32) -> Span {
    var place = builder.lastPlace
    if lastEmpty == (mark, place) { return Span(file: number, start: place, end: place) }
    var index = Int(place)
    while index < mark {
      switch bytes[index] {
      case UInt8(ascii: "#"): index = LineBreak.next(in: bytes, from: index)
      case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ","), UInt8(ascii: "["),
        UInt8(ascii: "{"):
        index += 1
        place = UInt32(index)
      default: index += 1
      }
    }
    lastEmpty = (mark, place)
    return Span(file: number, start: place, end: place)
  }

  /// The end of a block scalar's last line with text on it; libyaml's mark lies at the start of a later line.
  private func contentEnd(_ span: Span) -> UInt32 {
    var end = Int(span.end)
    var lineEnd = end
    while end > span.start {
      if bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") {
        end -= 1
      } else {
        let length = LineBreak.length(in: bytes, before: end)
        guard length > 0 else { break }
        end -= length
        lineEnd = end
      }
    }
    return UInt32(lineEnd)
  }
}

// MARK: - Problems

extension YAMLReader {
  /// libyaml compares every `%TAG` line with all before it, so that there must not be many.
  private func checkDirectives(after offset: UInt32) throws(SyntaxProblem) {
    var count = 0
    var index = Int(offset)
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "): index += 1
      case UInt8(ascii: "#"): index = LineBreak.next(in: bytes, from: index)
      case UInt8(ascii: "%"):
        if bytes[index...].starts(with: "%TAG".utf8) { count += 1 }
        if count > limits.tagDirectives {
          let span = Span(file: number, start: UInt32(index), end: UInt32(index + 4))
          throw SyntaxProblem(.tooManyTagDirectives(limit: limits.tagDirectives), span)
        }
        index = LineBreak.next(in: bytes, from: index)
      default:
        let length = LineBreak.length(in: bytes, at: index)
        guard length > 0 else { return }
        index += length
      }
    }
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
      problem: words, context: context, place: Int(place), begin: Int(context.isEmpty ? place : contextPlace),
      bracket: builder.innermostBracket.map(Int.init), root: builder.root.map { Int(builder.tree.span($0).start) },
      previous: builder.lastScalar, bytes: bytes, fileNumber: number)
    return report.explained
  }
}

/// The anchor and the tag in front of a node.
private struct NodeProperties {
  /// Where the node itself begins; at the latest where the span ends.
  var end: UInt32
  /// The tag; empty if there is none.
  var tag: Span

  init(in bytes: [UInt8], at span: Span) {
    var index = Int(span.start)
    let limit = Int(span.end)
    tag = Span(file: span.file, start: span.start, end: span.start)
    loop: while index < limit {
      switch bytes[index] {
      case UInt8(ascii: "&"):
        index += 1
        while index < limit, Self.isNameByte(bytes[index]) { index += 1 }
      case UInt8(ascii: "!"):
        tag.start = UInt32(index)
        while index < limit, bytes[index] > 0x20, LineBreak.length(in: bytes, at: index) == 0 { index += 1 }
        tag.end = UInt32(index)
      case UInt8(ascii: "#"): index = LineBreak.next(in: bytes, from: index)
      case UInt8(ascii: " "), UInt8(ascii: "\t"): index += 1
      default:
        let length = LineBreak.length(in: bytes, at: index)
        guard length > 0 else { break loop }
        index += length
      }
    }
    end = UInt32(min(index, limit))
  }

  /// What libyaml takes as part of an anchor's name.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

/// Byte offsets of libyaml's marks, which count code points from after the byte order mark.
///
/// Marks come nearly in order, so a cursor that walks from the last one costs as much as the file is long, and where
/// the text is ASCII it need not even walk.
struct ByteOffsets {
  private let bytes: [UInt8]
  private let encoding: Encoding
  private var codePoint = 0
  private var offset: Int
  /// Up to here, from the cursor on, a byte is a character; not beyond the cursor if that is not known.
  private var asciiEnd = 0

  init(_ bytes: [UInt8], _ encoding: Encoding) {
    self.bytes = bytes
    self.encoding = encoding
    offset = encoding.markLength
  }

  /// The byte at which code point number `index` begins; the end of the text if there are fewer.
  @inline(__always)
  mutating func byte(_ index: Int) -> UInt32 {
    encoding.isASCII
      ? UInt32(truncatingIfNeeded: min(index &+ encoding.markLength, bytes.count)) : byteByWalking(to: index)
  }

  private mutating func byteByWalking(to index: Int) -> UInt32 {
    while codePoint < index, offset < bytes.count {
      if offset >= asciiEnd { asciiEnd = Self.endOfASCII(bytes, from: offset) }
      let step = min(index - codePoint, asciiEnd - offset)
      if step > 0 {
        offset += step
        codePoint += step
      } else {
        offset += Encoding.length(leadByte: bytes[offset])
        codePoint += 1
      }
    }
    while codePoint > index {
      offset -= 1
      while bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      codePoint -= 1
      if bytes[offset] >= 0x80 { asciiEnd = offset }
    }
    return UInt32(offset)
  }

  /// Where the ASCII at `start` ends, or a little way on: looking far ahead again and again would take long.
  private static func endOfASCII(_ bytes: [UInt8], from start: Int) -> Int {
    unsafe bytes.withUnsafeBytes { bytes in
      let limit = min(start + 256, bytes.count)
      var index = start
      while index + 8 <= limit,
        unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      { index += 8 }
      while index < limit, unsafe bytes[index] < 0x80 { index += 1 }
      return index
    }
  }
}
