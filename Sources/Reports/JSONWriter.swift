import SourceText

/// Writes JSON with a fixed order of fields, two spaces of indentation, and short objects on one line.
///
/// JSONEncoder would bring Foundation, which triples the start-up.
struct JSONWriter {
  private(set) var text = ""
  /// Places of numbers that are not known yet, in the order of the text.
  fileprivate var gaps: [Gap] = []
  private var isFirst = true
  private var depth: Int
  /// Indentation by depth, as far as it was needed.
  private var indents = [""]
  /// Depth from which everything stays on one line.
  private var inlineDepth: Int?

  /// Begins a text; `depth` is that of its first element in the whole.
  init(depth: Int = 0) { self.depth = depth }

  /// Begins a text that is mostly made of fragments: it gets its room at once, as growing would take twice of it.
  init(of fragments: some Sequence<JSONFragment>) {
    self.init()
    text.reserveCapacity(fragments.reduce(1 << 12) { $0 + $1.text.utf8.count + 8 * ($1.gaps.count + 1) })
  }

  /// Ends the text with a line break and adds it to `out`, without a copy where nothing is there yet.
  mutating func finish(into out: inout String) {
    text += "\n"
    if out.isEmpty { swap(&out, &text) } else { out += text }
  }

  mutating func object(_ key: String? = nil, inline: Bool = false, _ body: (inout JSONWriter) -> Void) {
    nested("{", "}", key, inline, body)
  }

  mutating func array(_ key: String? = nil, inline: Bool = false, _ body: (inout JSONWriter) -> Void) {
    nested("[", "]", key, inline, body)
  }

  mutating func string(_ key: String? = nil, _ value: String?) {
    begin(key)
    if let value { quote(value) } else { text += "null" }
  }

  mutating func number(_ key: String? = nil, _ value: (some BinaryInteger)?) {
    begin(key)
    text += value.map { String($0) } ?? "null"
  }

  mutating func bool(_ key: String? = nil, _ value: Bool?) {
    begin(key)
    text += value.map { $0 ? "true" : "false" } ?? "null"
  }

  mutating func null(_ key: String? = nil) {
    begin(key)
    text += "null"
  }

  /// Puts elements in that were written before, with the depth of this place and the numbers that were not known then.
  mutating func fragment(_ fragment: JSONFragment, numbers: [String: Int] = [:]) {
    guard !fragment.text.isEmpty else { return }
    if !isFirst { text += "," }
    isFirst = false
    var rest = fragment.text[...]
    for gap in fragment.gaps {
      let end = fragment.text.utf8.index(fragment.text.startIndex, offsetBy: gap.offset)
      text += rest[..<end]
      text += numbers[gap.name].map { String($0) } ?? "null"
      rest = rest[end...]
    }
    text += rest
  }

  /// Leaves a gap for a number that is known only where the fragment is put in, under a name.
  mutating func number(_ key: String, later name: String) {
    begin(key)
    gaps.append(Gap(offset: text.utf8.count, name: name))
  }

  /// Where a number is missing.
  struct Gap {
    /// UTF-8 bytes of the text before it.
    let offset: Int
    /// The name of the number.
    let name: String
  }

  private mutating func nested(
    _ open: String, _ close: String, _ key: String?, _ inline: Bool, _ body: (inout JSONWriter) -> Void
  ) {
    begin(key)
    text += open
    depth += 1
    let opensInline = inline && inlineDepth == nil
    if opensInline { inlineDepth = depth }
    isFirst = true
    body(&self)
    let isEmpty = isFirst
    depth -= 1
    if !isEmpty, inlineDepth == nil { newLine() }
    if opensInline { inlineDepth = nil }
    text += close
    isFirst = false
  }

  private mutating func begin(_ key: String?) {
    if !isFirst { text += inlineDepth == nil ? "," : ", " }
    if depth > 0, inlineDepth == nil { newLine() }
    isFirst = false
    if let key {
      quote(key)
      text += ": "
    }
  }

  private mutating func newLine() {
    while indents.count <= depth { indents.append(indents[indents.count - 1] + "  ") }
    text += "\n"
    text += indents[depth]
  }

  private mutating func quote(_ value: String) {
    text += "\""
    text += Self.isPlain(value) ? value : value.escaping(Self.escape)
    text += "\""
  }

  /// Whether a text needs no escapes, as nearly all do: it can then be taken as a whole.
  private static func isPlain(_ value: String) -> Bool {
    value.withBytes { bytes in
      bytes.indices.allSatisfy { index in
        (0x20..<0x7F).contains(bytes[index]) && bytes[index] != UInt8(ascii: "\"") && bytes[index] != UInt8(ascii: "\\")
      }
    }
  }

  /// How a character is written that does not stand for itself.
  private static func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case _ where SafeText.isHarmful(scalar): units(scalar)
    default: nil
    }
  }

  private static func units(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.reduce(into: "") { result, unit in
      let digits = String(unit, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}

/// Elements of a JSON array, written before the array is.
struct JSONFragment: Sendable {
  fileprivate let text: String
  fileprivate let gaps: [JSONWriter.Gap]

  /// Writes elements; `depth` is how many arrays and objects are around them.
  init(depth: Int, _ body: (inout JSONWriter) -> Void) {
    var writer = JSONWriter(depth: depth)
    body(&writer)
    // Many fragments may have to wait for the last; what a text has grown beyond its end would wait with them.
    var text = ""
    text.reserveCapacity(writer.text.utf8.count)
    text += writer.text
    self.text = text
    gaps = writer.gaps
  }
}
