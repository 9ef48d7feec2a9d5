import SourceText
public import SourceTree

/// Writes documents of a tree as YAML in block style.
public struct YAMLWriter {
  private let tree: SourceTree
  private var text = ""

  /// The documents as a file, each with comments at its top.
  public static func text(_ tree: SourceTree, comments: [[String]] = []) -> String {
    var writer = YAMLWriter(tree: tree)
    for (number, root) in tree.documents.enumerated() {
      if number > 0 { writer.text += "---\n" }
      for comment in number < comments.count ? comments[number] : [] {
        writer.text += "# \(YAMLText.harmless(comment))\n"
      }
      writer.fields(root, indent: "")
    }
    return writer.text
  }

  private init(tree: SourceTree) { self.tree = tree }

  /// The fields of a mapping, the first one where the line stands.
  private mutating func fields(_ mapping: NodeIndex, indent: String) {
    var isFirst = true
    for key in tree.keys(mapping) {
      if !isFirst { text += indent }
      isFirst = false
      text += scalar(key) + ":"
      value(tree.value(ofKey: key), indent: indent)
    }
  }

  /// A value behind its key.
  private mutating func value(_ node: NodeIndex, indent: String) {
    switch tree.kind(node) {
    case .mapping where tree.childCount(node) == 0: text += " {}\n"
    case .sequence where tree.childCount(node) == 0: text += " []\n"
    case .mapping:
      text += "\n\(indent)  "
      fields(node, indent: indent + "  ")
    case .sequence:
      text += "\n"
      for item in tree.items(node) { self.item(item, indent: indent + "  ") }
    case .scalar, .alias:
      let lines = tree.text(node)
      if let block = YAMLText.block(lines, indent: indent + "  ") {
        text += block
      } else {
        text += " \(scalar(node))\n"
      }
    }
  }

  private mutating func item(_ node: NodeIndex, indent: String) {
    text += "\(indent)- "
    switch tree.kind(node) {
    case .mapping where tree.childCount(node) > 0: fields(node, indent: indent + "  ")
    case .mapping: text += "{}\n"
    case .sequence where tree.childCount(node) == 0: text += "[]\n"
    case .sequence:
      // Lists in lists are in no model; what is there comes from a text that has them.
      text += "\n"
      for item in tree.items(node) { self.item(item, indent: indent + "  ") }
    case .scalar, .alias: text += scalar(node) + "\n"
    }
  }

  private func scalar(_ node: NodeIndex) -> String {
    let text = tree.text(node)
    return tree.style(node) == .plain && !text.isEmpty ? text : YAMLText.scalar(text)
  }
}

/// Text as YAML writes it.
enum YAMLText {
  /// A text without quotes where it can have none, else in double quotes.
  static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// Whether a text without quotes is read as the same text: words, addresses and networks, no numbers, flags or nulls.
  private static func isPlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, bytes.allSatisfy(isPlainByte), !text.hasSuffix(":"), !text.hasSuffix(" "),
      !text.contains(": ")
    else { return false }
    let isNumeric = bytes.allSatisfy {
      isDigit($0) || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":")].contains($0)
    }
    if isDigit(first) {
      // Addresses have three points: no number has.
      if bytes.contains(UInt8(ascii: ":")) { return false }
      return bytes.count(where: { $0 == UInt8(ascii: ".") }) == 3
        || !isNumeric && !["0b", "0o"].contains(where: text.lowercased().hasPrefix)
          && bytes.contains { isLetter($0) && $0 | 0x20 != UInt8(ascii: "e") && $0 | 0x20 != UInt8(ascii: "x") }
    }
    return isLetter(first) && !words.contains(text.lowercased())
  }

  /// What YAML 1.1 reads as a flag, a null or a number.
  private static let words: Set = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "._/-: ".utf8.contains(byte)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default: result += isHarmless(scalar) ? String(scalar) : escape(scalar)
      }
    }
    return result + "\""
  }

  /// A text of several lines as a literal block; nil for any other text, or one that a block would change.
  static func block(_ text: String, indent: String) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, let last = lines.popLast(), let first = lines.first, !first.isEmpty,
      (lines + [last]).allSatisfy({ $0.first != " " && $0.last != " " && $0.unicodeScalars.allSatisfy(isHarmless) })
    else { return nil }
    let isClosed = last.isEmpty
    if !isClosed { lines.append(last) }
    guard lines.last?.isEmpty == false else { return nil }
    return " |\(isClosed ? "" : "-")\n" + lines.map { $0.isEmpty ? "\n" : "\(indent)\($0)\n" }.joined()
  }

  /// A text for a comment: what would end the line or act in a terminal is written out.
  static func harmless(_ text: String) -> String {
    text.unicodeScalars.map { isHarmless($0) ? String($0) : escape($0) }.joined()
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let (mark, width) = scalar.value > 0xFFFF ? ("U", 8) : ("u", 4)
    return "\\\(mark)" + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
