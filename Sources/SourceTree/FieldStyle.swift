import SourceText

/// How fields are written: the quotes of keys and values, and what stands between them in a mapping with braces.
struct FieldStyle {
  /// The quotes of keys; nil for none.
  var keyQuote: Character?
  /// The quotes of values, by their keys; those of other values are the keys'.
  var valueQuotes: [String: Character?] = [:]
  /// Between a key and its value.
  var colon = ": "
  /// Between fields.
  var comma = ", "
  /// The braces with the blanks inside them.
  var opening = "{"
  var closing = "}"

  /// A mapping in braces.
  func mapping(_ fields: [Repair.Field]) -> String? {
    var parts: [String] = []
    for field in fields {
      guard let text = self.field(field) else { return nil }
      parts.append(text)
    }
    return opening + parts.joined(separator: comma) + closing
  }

  /// A key with its value.
  func field(_ field: Repair.Field) -> String? {
    let quote = valueQuotes[field.key] ?? keyQuote
    guard let key = key(field.key), let value = Self.scalar(field.value, in: quote) else { return nil }
    return key + value
  }

  /// A key with its colon.
  func key(_ key: String) -> String? { Self.scalar(key, in: keyQuote).map { $0 + colon } }

  /// A scalar in quotes, or without; nil if it would need escapes.
  static func scalar(_ text: String, in quote: Character?) -> String? {
    guard text.utf8.allSatisfy(isWordByte), let first = text.utf8.first else { return nil }
    if let quote { return "\(quote)\(text)\(quote)" }
    return first == UInt8(ascii: "-") || text.hasSuffix(":") ? "\"\(text)\"" : text
  }

  /// The quote that a scalar begins with.
  static func quote(_ byte: UInt8) -> Character? {
    byte == UInt8(ascii: "\"") ? "\"" : byte == UInt8(ascii: "'") ? "'" : nil
  }

  /// What words, addresses and networks are made of.
  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "-"),
      UInt8(ascii: "_"), UInt8(ascii: ":"):
      true
    default: false
    }
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
  static func isBlankOrBreak(_ byte: UInt8) -> Bool { isBlank(byte) || byte == 0x0A || byte == 0x0D }
}

extension TreeEditor {
  /// The style of a mapping's fields.
  func style(of mapping: NodeIndex) -> FieldStyle {
    var style = FieldStyle()
    let keys = Array(tree.keys(mapping))
    guard let first = keys.first else { return style }
    style.keyQuote = quote(of: first)
    for key in keys where tree.kind(tree.value(ofKey: key)) == .scalar {
      style.valueQuotes[tree.text(key)] = .some(quote(of: tree.value(ofKey: key)))
    }
    if let colon = blanks(end(of: first)..<start(of: tree.value(ofKey: first)), around: ":") { style.colon = colon }
    guard isFlow(mapping), start(of: mapping) < start(of: first) else { return style }
    let last = end(of: tree.value(ofKey: keys[keys.count - 1]))
    style.opening = blanks(start(of: mapping)..<start(of: first), around: "{") ?? "{"
    style.closing = blanks(last..<end(of: mapping), around: "}") ?? "}"
    if keys.count > 1 {
      let gap = end(of: tree.value(ofKey: keys[keys.count - 2]))..<start(of: keys[keys.count - 1])
      style.comma = blanks(gap, around: ",") ?? ", "
    }
    return style
  }

  /// A stretch of the text that is one mark with blanks and line breaks around it.
  func blanks(_ range: Range<Int>, around mark: Character) -> String? {
    let text = text(range)
    return text.filter { !$0.isWhitespace } == String(mark) ? text : nil
  }

  private func quote(of node: NodeIndex) -> Character? {
    let target = tree.target(node)
    guard tree.kind(target) == .scalar, end(of: target) > start(of: target) else { return nil }
    return FieldStyle.quote(tree.file.bytes[start(of: target)])
  }
}
