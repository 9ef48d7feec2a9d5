/// Writes mdoc(7).
struct ManualWriter {
  private(set) var text = ""

  mutating func line(_ line: String) { text += line + "\n" }

  mutating func macro(_ name: String, _ arguments: String = "") {
    line(arguments.isEmpty ? ".\(name)" : ".\(name) \(arguments)")
  }

  mutating func section(_ title: String) { macro("Sh", title) }

  mutating func subsection(_ title: String) { macro("Ss", title) }

  /// A list of things with what is to be said of each.
  mutating func list(_ items: [(thing: String, text: String)]) {
    macro("Bl", "-tag -width Ds")
    for item in items {
      macro("It", "Sy \(Self.escaped(item.thing))")
      paragraph(item.text)
    }
    macro("El")
  }

  /// Running text: a sentence begins on a line of its own, as the format wants it, and code between backticks is bold.
  mutating func paragraph(_ paragraph: String) {
    var line = ""
    var width = 0
    for word in paragraph.split(whereSeparator: \.isWhitespace) {
      let own = Self.escaped(String(word)).utf8.count + 1
      if width + own > Self.width { end(&line) }
      width = line.isEmpty ? own : width + own
      line += line.isEmpty ? word : " " + word
      if [".", "?", "!"].contains(word.last) { end(&line) }
    }
    end(&line)
  }

  private var isInCode = false
  /// Of a line in bytes, without the change of the font.
  private static let width = 70

  private mutating func end(_ line: inout String) {
    guard !line.isEmpty else { return }
    var written = ""
    for part in line.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
      if part.offset > 0 {
        isInCode.toggle()
        written += isInCode ? "\\fB" : "\\fP"
      }
      written += Self.escaped(String(part.element))
    }
    self.line(written)
    line = ""
  }

  /// Text in which nothing is read as a command of the format; a hyphen can be copied to a shell.
  static func escaped(_ text: String) -> String {
    var escaped = text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" : ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case _ where scalar.isASCII: escaped.unicodeScalars.append(scalar)
      default: escaped += "\\[u" + hexadecimal(scalar) + "]"
      }
    }
    return escaped
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
