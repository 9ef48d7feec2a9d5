import SourceText

/// How text may look on the screen it is written for.
public struct TextStyle: Sendable {
  /// Whether colours may be used.
  public var usesColour = false
  /// Columns of the terminal; source lines that are wider are cut around what matters, prose is wrapped.
  public var width = 100

  /// Plain, 100 columns.
  public init() {}
}

extension TextStyle {
  enum Colour: String {
    case bold = "1"
    case red = "1;31"
    case yellow = "1;33"
    case green = "32"
    case cyan = "1;36"
    case blue = "34"
  }

  func paint(_ text: String, _ colour: Colour) -> String {
    usesColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Columns below which words are not broken into lines.
  static let narrowest = 30

  /// Breaks text between words so that lines with `indent` in front fit the width; `last` is never broken.
  func wrapped(_ text: String, last: String? = nil, indent: String) -> String {
    Self.lines(text, last: last, room: max(Self.narrowest, min(width, 100) - indent.count)).joined(
      separator: "\n" + indent)
  }

  /// Breaks text between words into lines of at most `room` columns, longer words apart; at least one line.
  static func lines(_ text: String, last: String? = nil, room: Int) -> [String] {
    // Bytes throughout: among them a space is found without working out where characters end.
    var lines: [[UInt8]] = [[]]
    var width = 0
    let space = UInt8(ascii: " ")
    for word in Array(text.utf8).split(separator: space) + (last.map { [Array($0.utf8)[...]] } ?? []) {
      let length = Self.width(word)
      if width > 0, width + 1 + length > room {
        lines.append([])
        width = 0
      }
      if width > 0 { lines[lines.count - 1].append(space) }
      lines[lines.count - 1] += word
      width += (width == 0 ? 0 : 1) + length
    }
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Columns of a text on a terminal.
  static func width(_ text: String) -> Int { width(text.utf8) }

  private static func width(_ text: some Collection<UInt8>) -> Int {
    if text.allSatisfy({ $0 < 0x80 }) { return text.count }
    return String(decoding: text, as: UTF8.self).unicodeScalars.reduce(0) { $0 + SafeText.width($1) }
  }

  /// The stages of a packet's journey, one below the other: how each ended, why, and in brackets the `place` of what in
  /// the file decides. `nameWidth` aligns the stages of several lists.
  func writeStages(
    _ steps: [Evidence.Step], indent: String, nameWidth: Int? = nil, to out: inout String, place: (Span) -> String
  ) {
    let width = nameWidth ?? steps.map(\.stage.count).max() ?? 0
    for step in steps {
      let result =
        switch step.result {
        case .pass: "ok  "
        case .stop: paint("STOP", .red)
        case .unknown: "?   "
        }
      let stage = step.stage + String(repeating: " ", count: width - step.stage.count)
      let deeper = indent + String(repeating: " ", count: width + 7)
      let words = wrapped(SafeText.escaped(step.because), last: step.span.map { "(\(place($0)))" }, indent: deeper)
      out += "\(indent)\(result) \(stage)  \(words)\n"
    }
  }
}
