import SourceText

/// Text and marks for a page. Everything that comes from files passes here, and cannot become a mark.
enum HTMLText {
  /// A sentence: what stands between backticks becomes code.
  static func prose(_ text: String) -> String {
    Quotation.parts(of: text).map { part in
      part.isQuoted ? code(String(part.text)) : XMLText.escaped(String(part.text))
    }.joined()
  }

  /// A name or a piece of source.
  static func code(_ text: String) -> String { "<code>\(XMLText.escaped(text))</code>" }

  /// A name, cut if it is longer than anybody would write; then its title has the whole.
  static func name(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(mostOfName)
    if start.endIndex == text.unicodeScalars.endIndex { return code(text) }
    return
      "<code title=\"\(XMLText.escaped(text))\">\(XMLText.escaped(String(String.UnicodeScalarView(start))))…</code>"
  }

  private static let mostOfName = 64

  /// A sentence with a capital letter and a full stop.
  static func sentence(_ text: String) -> String {
    let closed = text.hasSuffix(".") || text.hasSuffix("?") || text.hasSuffix("!") ? text : text + "."
    return prose(closed.prefix(1).uppercased() + closed.dropFirst())
  }

  /// What folds open, with `summary` as marked-up text.
  static func folded(_ summary: String, _ content: String) -> String {
    "<details>\n<summary>\(summary)</summary>\n\(content)</details>\n"
  }

  /// Something wide that scrolls by itself, with the keyboard too.
  static func scrolling(_ label: String, _ content: String) -> String {
    "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"\(XMLText.escaped(label))\">\n\(content)</div>\n"
  }

  /// A sign that goes with a word; a screen reader leaves it out.
  static func sign(_ sign: String, _ tone: SVGCanvas.Tone) -> String {
    "<span class=\"sign \(tone.rawValue)\" aria-hidden=\"true\">\(sign)</span>"
  }

  /// "1 error", "2 errors".
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

/// A piece of a page with places for an id or the like, which is only known when the page is put together.
struct HTMLTemplate: Sendable {
  /// Stands for the value; nothing that comes from files has it, as it is escaped there.
  static let place = "\0"

  private let pieces: [String]

  init(_ text: String) {
    pieces = text.utf8.split(separator: UInt8(ascii: "\0"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
  }

  func filled(_ value: String) -> String { pieces.joined(separator: value) }
}
