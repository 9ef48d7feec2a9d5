/// Text in a picture, measured without a font: as wide as the widest of the usual fonts draws it.
struct SVGText {
  /// How a text is set.
  struct Face {
    /// Height in units of the picture.
    let size: Int
    var isMono = false
    var isBold = false
  }

  /// The text as it is shown, harmless, cut with `…` where it does not fit.
  let shown: String
  /// The whole text, harmless; longer than `shown` if that is cut.
  let whole: String

  var isCut: Bool { shown != whole }

  /// No text is shown whole that is longer than this.
  private static let mostScalars = 400

  init(_ text: String, _ face: Face, width: Int) {
    let harmless = SafeText.escaped(text)
    whole = harmless
    shown = Self.cut(harmless, face, width: width)
  }

  /// Width of a text, rounded up.
  static func width(_ text: String, _ face: Face) -> Int {
    (text.unicodeScalars.reduce(0) { $0 + hundredths($1, face) } * face.size + 99) / 100
  }

  private static func cut(_ text: String, _ face: Face, width: Int) -> String {
    let room = width * 100 / face.size
    var used = 0
    var kept = ""
    // What fits with the `…` behind it.
    var fitting = ""
    for (index, scalar) in text.unicodeScalars.enumerated() {
      used += hundredths(scalar, face)
      if used > room || index >= mostScalars { return fitting + "…" }
      kept.unicodeScalars.append(scalar)
      if used + 100 <= room { fitting = kept }
    }
    return text
  }

  /// The text in lines of a width, broken between words; what does not fit `most` lines is cut.
  static func lines(_ text: String, _ face: Face, width: Int, most: Int) -> [SVGText] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, lines.count == most || Self.width("\(last) \(word)", face) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { SVGText($0, face, width: width) }
  }

  /// Hundredths of the height that a character takes; those of Verdana and DejaVu Sans, the widest of the usual.
  private static func hundredths(_ scalar: Unicode.Scalar, _ face: Face) -> Int {
    let wide = SafeText.width(scalar)
    if wide != 1 { return wide * 50 }
    if face.isMono { return 61 }
    let regular =
      switch scalar {
      case "i", "j", "l", "I", "|", "'", ".", ",", ":", ";", "!": 34
      case " ", "f", "t", "r", "(", ")", "[", "]", "-", "/", "`": 41
      case "m", "w", "M", "W", "@", "%", "—": 100
      case "A"..."Z", "…", "→": 76
      default: 64
      }
    return face.isBold ? regular * 110 / 100 : regular
  }
}
