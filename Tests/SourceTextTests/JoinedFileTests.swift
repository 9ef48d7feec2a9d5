import SourceText
import Testing

/// Several files as one text, whose places lead back to the files.
struct JoinedFileTests {
  private static func file(_ name: String, _ text: String) -> SourceFile {
    SourceFile(name: name, bytes: Array(text.utf8))
  }

  private static let texts = ["a\nbc", "", "é\r\nx\n", "\u{FEFF}y", "z"]
  private static let files = texts.enumerated().map { file("\($0).json", $1) }

  @Test func placesAreThoseInEachFile() {
    let joined = SourceFile(joining: Self.files)
    #expect(joined.isJoined)
    let index = LineIndex(joined)
    for (part, start) in joined.separate {
      let own = LineIndex(part)
      for offset in 0...part.bytes.count {
        let (found, expected) = (index.position(UInt32(start + offset)), own.position(UInt32(offset)))
        #expect(found == expected, "\(part.name) at \(offset)")
        #expect(joined.name(at: UInt32(start + offset)) == part.name)
        let (row, line) = (index.row(UInt32(start + offset)), own.row(UInt32(offset)))
        #expect(
          Array(joined.bytes[index.bytesOfLine(row)]) == Array(part.bytes[own.bytesOfLine(line)]),
          "\(part.name) at \(offset)")
      }
    }
  }

  @Test func partsAreTheFiles() {
    let parts = SourceFile(joining: Self.files).separate
    #expect(parts.map(\.file.name) == Self.files.map(\.name))
    #expect(parts.map(\.file.bytes) == Self.files.map(\.bytes))
  }

  @Test func oneFileStaysItself() {
    let joined = SourceFile(joining: [Self.files[0]])
    #expect(!joined.isJoined)
    #expect(joined.name == "0.json")
    #expect(joined.separate.map(\.start) == [0])
  }

  @Test func placesInWordsNameTheFileAndTheColumnOfOneLongLine() {
    #expect(LineIndex(Self.file("a", "one\ntwo")).inWords(5) == "line 2")
    #expect(LineIndex(Self.file("a", "one line")).inWords(4) == "line 1, column 5")
    let joined = LineIndex(SourceFile(joining: [Self.file("a", "x"), Self.file("b", "y\nz")]))
    #expect(joined.inWords(0) == "line 1 of a")
    #expect(joined.inWords(4) == "line 2 of b")
  }
}
