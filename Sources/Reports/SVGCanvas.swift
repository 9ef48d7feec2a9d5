/// Collects what a picture consists of. All lengths are whole units, so that the same picture has the same bytes.
struct SVGCanvas {
  private(set) var content = ""

  /// A rectangle with round corners.
  mutating func box(_ frame: Frame, _ style: String, radius: Int = 6) {
    content += "<rect class=\"\(style)\" x=\"\(frame.x)\" y=\"\(frame.y)\" width=\"\(frame.width)\" "
    content += "height=\"\(frame.height)\" rx=\"\(radius)\"/>\n"
  }

  /// A line along points, or the outline of a shape.
  mutating func path(_ data: String, _ style: String) {
    content += "<path class=\"\(style)\" d=\"\(data)\"/>\n"
  }

  /// A line of text; `end` is where it ends if it is set to the right.
  mutating func text(_ text: SVGText, x: Int, y: Int, _ style: String, isRight: Bool = false) {
    let anchor = isRight ? " text-anchor=\"end\"" : ""
    content += "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\"\(anchor)>"
    if text.isCut { content += "<title>\(XMLText.escaped(text.whole))</title>" }
    content += "\(XMLText.escaped(text.shown))</text>\n"
  }

  /// What `body` draws, with words for those who point at it.
  mutating func group(_ title: String, _ body: (inout SVGCanvas) -> Void) {
    content += "<g><title>\(XMLText.escaped(title))</title>\n"
    body(&self)
    content += "</g>\n"
  }

  /// A sign in a disc around a point.
  mutating func sign(_ sign: Sign, x: Int, y: Int, _ tone: Tone) {
    content += "<circle class=\"disc \(tone.rawValue)\" cx=\"\(x)\" cy=\"\(y)\" r=\"8\"/>\n"
    path(sign.outline(x, y), "stroke \(tone.rawValue)")
  }

  /// Puts another canvas on top.
  mutating func add(_ other: SVGCanvas) { content += other.content }
}

extension SVGCanvas {
  /// Where something stands.
  struct Frame {
    var x, y, width, height: Int

    var right: Int { x + width }
    var bottom: Int { y + height }
    var middle: Int { y + height / 2 }
  }

  /// A sign drawn with strokes, so that it looks the same with every font.
  enum Sign {
    case check, cross, alert, question, bar

    fileprivate func outline(_ x: Int, _ y: Int) -> String {
      switch self {
      case .check: "M\(x - 4) \(y)l3 3l5 -6"
      case .cross: "M\(x - 3) \(y - 3)l6 6m0 -6l-6 6"
      case .alert: "M\(x) \(y - 4)v5m0 3v0.5"
      case .question: "M\(x - 2) \(y - 2)c0 -3 5 -3 5 0c0 2 -3 1.5 -3 4m0 2.5v0.5"
      case .bar: "M\(x - 4) \(y)h8"
      }
    }
  }

  /// A colour by what it stands for; the raw value is the class in the style sheet.
  enum Tone: String {
    case good, bad, warn, open, quiet
  }
}
