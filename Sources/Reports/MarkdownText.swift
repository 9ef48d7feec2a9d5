/// Text for Markdown as GitHub and GitLab read it.
enum MarkdownText {
  /// A sentence: what stands between backticks becomes code, everything else is taken literally, so that names can
  /// neither mark anything up nor call anybody.
  static func prose(_ text: String, inTable: Bool = false) -> String {
    let parts = SafeText.escaped(text).split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      // The part behind the last of an odd number of backticks is no code.
      let isCode = index % 2 == 1 && index < parts.count - 1
      return isCode ? code(String(part), inTable: inTable) : (index % 2 == 1 ? "\\`" : "") + literal(part)
    }.joined()
  }

  /// A name or a piece of source as code.
  static func code(_ text: String, inTable: Bool = false) -> String {
    let safe = SafeText.escaped(text)
    if safe.isEmpty { return "` `" }
    let longest = safe.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let blank = safe.hasPrefix("`") || safe.hasSuffix("`") ? " " : ""
    let content = inTable ? safe.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") : safe
    return "\(fence)\(blank)\(content)\(blank)\(fence)"
  }

  /// Lines as a block of code.
  static func block(_ lines: [String], language: String = "text") -> String {
    let safe = lines.map(SafeText.escaped)
    let longest = safe.flatMap { $0.split(whereSeparator: { $0 != "`" }).map(\.count) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(safe.map { $0 + "\n" }.joined())\(fence)\n"
  }

  /// Text that marks nothing up. Addresses of pages would become links by themselves, and take what follows them along,
  /// backticks too.
  private static func literal(_ text: Substring) -> String {
    var result = ""
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case ":" where index + 1 < scalars.count && scalars[index + 1] == "/": result += "&#58;"
      case "." where index >= 3 && scalars[index - 3..<index].allSatisfy({ $0 == "w" || $0 == "W" }): result += "&#46;"
      case "\\", "*", "_", "{", "}", "[", "]", "#", "|", "~", "!", "$":
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
