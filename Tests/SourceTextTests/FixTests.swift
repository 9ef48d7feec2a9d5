import SourceText
import TestSupport
import Testing

/// Edits made, and which lines they leave.
struct FixTests {
  private func file(_ text: String) -> SourceFile { SourceFile(name: "a", bytes: Array(text.utf8)) }
  private func edit(_ range: Range<Int>, _ text: String) -> Fix.Edit {
    Fix.Edit(Span(file: 0, start: UInt32(range.lowerBound), end: UInt32(range.upperBound)), text)
  }

  private func applied(_ edits: [Fix.Edit], to text: String) -> String? {
    file(text).applying(edits).map { String(decoding: $0.file.bytes, as: UTF8.self) }
  }

  @Test func `edits in any order`() {
    #expect(applied([edit(4..<5, "x"), edit(0..<1, "yy")], to: "abcdef") == "yybcdxf")
    #expect(applied([edit(2..<2, "1"), edit(2..<2, "2"), edit(2..<3, "3")], to: "abcdef") == "ab123def")
    #expect(applied([edit(1..<2, ""), edit(1..<2, "")], to: "abc") == "ac", "equal replacements are made once")
    #expect(applied([], to: "abc") == "abc")
  }

  @Test func `edits that do not go together`() {
    #expect(applied([edit(0..<3, "x"), edit(2..<4, "y")], to: "abcdef") == nil)
    #expect(applied([edit(0..<7, "x")], to: "abcdef") == nil)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `lines that are the original's are found again`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let original = file((0..<random.below(12)).map { "\($0)\n" }.joined() + (random.oneIn(2) ? "end" : ""))
    var current = original
    var origins = LineOrigins(original)
    for _ in 0..<3 {
      var position = 0
      var edits: [Fix.Edit] = []
      while position <= current.bytes.count, edits.count < 3 {
        let start = position + random.below(8)
        let end = min(start + random.below(5), current.bytes.count)
        guard start <= end else { break }
        edits.append(edit(start..<end, ["", "x", "x\ny", "\n"].randomElement(using: &random) ?? ""))
        position = end + 1
      }
      let edited = try #require(current.applying(edits))
      origins.follow(edited, from: current)
      current = edited.file
    }
    let (old, new) = (original.linesByLF, current.linesByLF)
    #expect(origins.lines.count == new.count)
    let known = origins.lines.compactMap(\.self)
    #expect(zip(known, known.dropFirst()).allSatisfy { $0 < $1 }, "ascending")
    for (line, origin) in origins.lines.enumerated() {
      guard let origin else { continue }
      #expect(current.bytes[new[line]] == original.bytes[old[origin]], "seed \(seed)")
    }
  }

  @Test func `of an unchanged text every line is an original one`() throws {
    let text = file("a\nb\n\nc")
    var origins = LineOrigins(text)
    #expect(origins.lines == [0, 1, 2, 3])
    origins.follow(try #require(text.applying([edit(2..<3, "B")])), from: text)
    #expect(origins.lines == [0, nil, 2, 3])
  }
}
