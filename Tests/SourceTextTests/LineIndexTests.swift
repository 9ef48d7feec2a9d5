import SourceText
import TestSupport
import Testing

/// Lines and columns as people and editors count them.
struct LineIndexTests {
  /// One place in a text and how it is called.
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let offset: UInt32
    let line, column: Int

    init(_ text: String, _ offset: UInt32, _ line: Int, _ column: Int) {
      (self.text, self.offset, self.line, self.column) = (text, offset, line, column)
    }

    var testDescription: String { "\(text.debugDescription) at \(offset)" }
  }

  private static let cases = [
    Case("", 0, 1, 1),
    Case("ab", 0, 1, 1), Case("ab", 1, 1, 2), Case("ab", 2, 1, 3),
    // An offset past the end is the end.
    Case("ab", 9, 1, 3), Case("ab\n", 9, 2, 1),
    // A break belongs to the line that it ends.
    Case("a\nb", 1, 1, 2), Case("a\nb", 2, 2, 1), Case("a\nb", 3, 2, 2),
    Case("a\rb", 1, 1, 2), Case("a\rb", 2, 2, 1),
    Case("a\r\nb", 1, 1, 2), Case("a\r\nb", 2, 1, 3), Case("a\r\nb", 3, 2, 1),
    Case("\r\r\n\n", 1, 2, 1), Case("\r\r\n\n", 3, 3, 1), Case("\r\r\n\n", 4, 4, 1),
    // Editors do not know the other three breaks of YAML 1.1.
    Case("a\u{85}\u{2028}\u{2029}b", 9, 1, 5),
    // Columns are scalars: two, three and four bytes, and a letter with a combining accent is two.
    Case("é日😀x", 2, 1, 2), Case("é日😀x", 5, 1, 3), Case("é日😀x", 9, 1, 4),
    Case("e\u{301}x", 3, 1, 3),
    Case("é\nüx", 5, 2, 2),
    // The byte order mark has bytes and no column.
    Case("\u{FEFF}ab", 0, 1, 1), Case("\u{FEFF}ab", 3, 1, 1), Case("\u{FEFF}ab", 4, 1, 2),
    Case("\u{FEFF}\nab", 4, 2, 1), Case("\u{FEFF}é\nab", 5, 1, 2),
  ]

  @Test(arguments: cases)
  func position(_ place: Case) {
    let position = LineIndex(SourceFile(name: "", bytes: Array(place.text.utf8))).position(place.offset)
    #expect(position.line == place.line)
    #expect(position.column == place.column)
    #expect(position.offset == min(Int(place.offset), place.text.utf8.count))
  }

  @Test func linesAreCountedWithTheEmptyLast() {
    #expect(Self.lines(of: "") == [""])
    #expect(Self.lines(of: "a") == ["a"])
    #expect(Self.lines(of: "a\n") == ["a", ""])
    #expect(Self.lines(of: "a\r\n\rb\n\n") == ["a", "", "b", "", ""])
    #expect(Self.lines(of: "\u{FEFF}a\r\nb") == ["a", "b"])
    #expect(Self.lines(of: "\u{FEFF}") == [""])
  }

  /// Texts longer than a block of the table, with and without breaks, against counting from the beginning.
  @Test(arguments: Array(1...6) + [UInt64.random(in: 1000...UInt64(UInt32.max))])
  func agreesWithCounting(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let letters: [Unicode.Scalar] = ["a", " ", "é", "日", "😀", "\u{2028}", "\u{301}"]
    let breaks: [String] = ["\n", "\r", "\r\n"]
    let isASCII = seed.isMultiple(of: 3)
    let breakEvery = seed.isMultiple(of: 2) ? 20 : 10_000
    var text = seed.isMultiple(of: 5) ? "\u{FEFF}" : ""
    for _ in 0..<5_000 {
      text +=
        generator.oneIn(breakEvery) ? breaks[generator.below(3)] : String(letters[generator.below(isASCII ? 2 : 7)])
    }
    let bytes = Array(text.utf8)
    let index = LineIndex(SourceFile(name: "", bytes: bytes))
    var (line, column) = (1, 1)
    for offset in 0...bytes.count where offset == bytes.count || bytes[offset] & 0xC0 != 0x80 {
      // All at the edges of the table's blocks, and some of the others.
      if offset == bytes.count || offset % 4096 < 4 || generator.oneIn(10) {
        let position = index.position(UInt32(offset))
        let isRight = position.line == line && position.column == column
        #expect(isRight, "seed \(seed): offset \(offset) is \(position), not \(line):\(column)")
      }
      guard offset < bytes.count else { break }
      let isBreak =
        bytes[offset] == 0x0A || bytes[offset] == 0x0D && (offset + 1 == bytes.count || bytes[offset + 1] != 0x0A)
      if isBreak {
        (line, column) = (line + 1, 1)
      } else if offset > 0 || !text.hasPrefix("\u{FEFF}") {
        column += 1
      }
    }
    #expect(index.lineCount == line, "seed \(seed)")
  }

  /// Offsets within a character have a place too.
  @Test func everyOffsetHasAPlace() {
    let file = SourceFile(name: "", bytes: Array("é\r\n😀\u{FEFF}".utf8) + [0xFF, 0x80, 0xC3])
    let index = LineIndex(file)
    for offset in 0...UInt32(file.bytes.count + 1) {
      let position = index.position(offset)
      #expect((1...2).contains(position.line) && position.column >= 1)
    }
  }

  private static func lines(of text: String) -> [String] {
    let file = SourceFile(name: "", bytes: Array(text.utf8))
    let index = LineIndex(file)
    return (1...index.lineCount).map { String(decoding: file.bytes[index.bytesOfLine($0)], as: UTF8.self) }
  }
}
