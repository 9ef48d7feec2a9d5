import SourceText

/// Writes JSON with a fixed order of fields, two spaces of indentation, and short objects on one line.
///
/// JSONEncoder would bring Foundation, which triples the start-up.
struct JSONWriter {
  private(set) var text = ""
  private var isFirst = true
  private var depth: Int
  /// Indentation by depth, as far as it was needed.
  private var indents = [""]
  /// Depth from which everything stays on one line.
  private var inlineDepth: Int?

  /// Begins a text; `depth` is that of its first element in the whole.
  init(depth: Int = 0) { self.depth = depth }

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

  /// Puts elements in that were written before, with the depth of this place.
  mutating func fragment(_ fragment: JSONFragment) {
    guard !fragment.text.isEmpty else { return }
    if !isFirst { text += "," }
    isFirst = false
    text += fragment.text
  }

  /// Writes a number that is not known yet: its name, between two characters that stand nowhere else in the text.
  mutating func number(_ key: String, later name: String) {
    begin(key)
    text += "\(Self.unknown)\(name)\(Self.unknown)"
  }

  /// What encloses the name of a number that is not known yet; JSON has no such character.
  static let unknown: Character = "\0"

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
    if Self.isPlain(value) { text += value } else { escape(value) }
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

  private mutating func escape(_ value: String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where SafeText.isHarmful(scalar): escape(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}

/// Elements of a JSON array, written before the array is.
struct JSONFragment: Sendable {
  fileprivate(set) var text: String

  /// Writes elements; `depth` is how many arrays and objects are around them.
  init(depth: Int, _ body: (inout JSONWriter) -> Void) {
    var writer = JSONWriter(depth: depth)
    body(&writer)
    text = writer.text
  }

  /// The elements with the numbers that were not known when they were written, by their names.
  func numbered(_ number: (Substring) -> Int) -> JSONFragment {
    var fragment = self
    let pieces = text.split(separator: JSONWriter.unknown, omittingEmptySubsequences: false)
    fragment.text = pieces.enumerated().map { index, piece in
      index.isMultiple(of: 2) ? String(piece) : String(number(piece))
    }.joined()
    return fragment
  }
}
