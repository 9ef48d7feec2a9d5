/// A part of a sentence: what stands between backticks is a name or a piece of source, the rest are words.
///
/// As in Markdown, as many backticks end a quotation as began it, so that a name may have backticks itself.
public struct Quotation: Sendable {
  /// The part, without the backticks around it.
  public let text: Substring
  /// Whether it stood between backticks.
  public let isQuoted: Bool

  /// The parts of a sentence in their order; backticks that nothing ends are words.
  public static func parts(of sentence: String) -> [Quotation] {
    var parts: [Quotation] = []
    var (start, words) = (sentence.startIndex, sentence.startIndex)
    let runs = Run.all(in: sentence)
    for run in runs where run.start >= start {
      guard let closing = run.partner.map({ runs[$0] }) else { continue }
      if words < run.start { parts.append(Quotation(text: sentence[words..<run.start], isQuoted: false)) }
      parts.append(Quotation(text: content(sentence[run.end..<closing.start], run.length), isQuoted: true))
      (start, words) = (closing.end, closing.end)
    }
    if words < sentence.endIndex { parts.append(Quotation(text: sentence[words...], isQuoted: false)) }
    return parts
  }

  /// The sentence with the beginning of each quotation that is longer than a name anybody would write.
  public static func shortened(_ sentence: String) -> String {
    guard mayHaveLongQuotation(sentence) else { return sentence }
    return parts(of: sentence).map { $0.isQuoted ? String($0.text).quoted : String($0.text) }.joined()
  }

  /// Up to so many characters; what was cut off is an ellipsis.
  public static func beginning(of text: String, limit: Int = mostCharacters) -> String {
    guard text.utf8.count > limit else { return text }
    let start = text.unicodeScalars.prefix(limit)
    return start.endIndex == text.endIndex ? text : String(String.UnicodeScalarView(start)) + "…"
  }

  /// Characters of a name that sentences show.
  public static let mostCharacters = 80

  /// A cheap look, for nearly all sentences are short.
  private static func mayHaveLongQuotation(_ sentence: String) -> Bool {
    guard sentence.utf8.count > mostCharacters else { return false }
    var (position, last) = (0, Int.max)
    for byte in sentence.utf8 {
      if byte == UInt8(ascii: "`") {
        if position > last, position - last > mostCharacters { return true }
        last = position
      }
      position += 1
    }
    return false
  }

  /// Blanks part the backticks of a name from those around it.
  private static func content(_ text: Substring, _ length: Int) -> Substring {
    guard length > 1, text.utf8.count > 2, text.hasPrefix(" "), text.hasSuffix(" ") else { return text }
    return text.dropFirst().dropLast()
  }

  /// Backticks in a row.
  private struct Run {
    let start, end: String.Index
    let length: Int
    /// The next run of as many, by its position.
    var partner: Int?

    static func all(in sentence: String) -> [Run] {
      var runs: [Run] = []
      let bytes = sentence.utf8
      var index = bytes.startIndex
      while let start = bytes[index...].firstIndex(of: UInt8(ascii: "`")) {
        let end = bytes[start...].firstIndex { $0 != UInt8(ascii: "`") } ?? bytes.endIndex
        runs.append(Run(start: start, end: end, length: bytes.distance(from: start, to: end)))
        index = end
      }
      var next: [Int: Int] = [:]
      for position in runs.indices.reversed() {
        runs[position].partner = next[runs[position].length]
        next[runs[position].length] = position
      }
      return runs
    }
  }
}

extension String {
  /// The name between backticks, as sentences have it; of a long one the beginning. A name that has backticks itself
  /// stands between more of them.
  public var quoted: String {
    let name = Quotation.beginning(of: self)
    let backtick = UInt8(ascii: "`")
    guard name.utf8.contains(backtick) else { return "`\(name)`" }
    let longest = name.utf8.split { $0 != backtick }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let ends = [name.utf8.first, name.utf8.last]
    let needsBlank = ends.contains(backtick) || ends.allSatisfy { $0 == UInt8(ascii: " ") }
    let blank = needsBlank ? " " : ""
    return "\(fence)\(blank)\(name)\(blank)\(fence)"
  }
}
