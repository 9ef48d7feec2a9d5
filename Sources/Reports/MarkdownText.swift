import SourceText

/// Text for Markdown as GitHub and GitLab read it.
enum MarkdownText {
  /// A sentence: what stands between backticks becomes code, everything else is taken literally, so that names can
  /// neither mark anything up nor call anybody.
  static func prose(_ text: String, inTable: Bool = false) -> String {
    Quotation.parts(of: SafeText.escaped(text)).map { part in
      part.isQuoted ? code(String(part.text), inTable: inTable) : literal(part.text)
    }.joined()
  }

  /// A name or a piece of source as code.
  static func code(_ text: String, inTable: Bool = false) -> String {
    let safe = SafeText.escaped(text)
    if safe.isEmpty { return "` `" }
    let longest = safe.utf8.split { $0 != backtick }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let blank = safe.utf8.first == backtick || safe.utf8.last == backtick ? " " : ""
    let content = inTable ? safe.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") : safe
    return "\(fence)\(blank)\(content)\(blank)\(fence)"
  }

  /// Lines as a block of code.
  static func block(_ lines: [String], language: String = "text") -> String {
    let safe = lines.map(SafeText.escaped)
    let longest = safe.flatMap { $0.utf8.split { $0 != backtick }.map(\.count) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(safe.map { $0 + "\n" }.joined())\(fence)\n"
  }

  /// Bytes are compared: a mark that joins the backtick before it makes one character of both, to Swift alone.
  private static let backtick = UInt8(ascii: "`")

  /// Text that marks nothing up. Addresses of pages would become links by themselves, and take what follows them along,
  /// backticks too.
  private static func literal(_ text: Substring) -> String {
    var result = ""
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case ":" where index + 1 < scalars.count && scalars[index + 1] == "/": result += "&#58;"
      case "." where index >= 3 && scalars[index - 3..<index].allSatisfy({ $0 == "w" || $0 == "W" }): result += "&#46;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "~", "!", "$":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "@": result += "&#64;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
