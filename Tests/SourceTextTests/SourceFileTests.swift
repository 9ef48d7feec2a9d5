import SourceText
import Testing

/// Spans and the text that they hold.
struct SourceFileTests {
  private static let file = SourceFile(name: "net.yaml", bytes: Array("é: x".utf8))

  @Test func textOfASpan() {
    #expect(Self.text(0, 2) == "é")
    #expect(Self.text(2, 5) == ": x")
    #expect(Self.text(3, 3) == "")
  }

  @Test func spansBeyondTheEndAreCut() {
    #expect(Self.text(4, 99) == "x")
    #expect(Self.text(98, 99) == "")
  }

  @Test func halfCharactersAreReplaced() {
    #expect(Self.text(0, 1) == "\u{FFFD}")
  }

  @Test func spansAreOrderedAsRead() {
    let spans =
      [Span(file: 1, start: 0, end: 1), Span(file: 0, start: 5, end: 6), Span(file: 0, start: 2, end: 9)]
      + [Span(file: 0, start: 2, end: 3), .beginning(ofFile: 0)]
    #expect(spans.sorted().map(\.start) == [0, 2, 2, 5, 0])
    #expect(spans.sorted().map(\.end) == [0, 3, 9, 6, 1])
  }

  @Test(arguments: [
    ("vpc", true), ("xvpc", true), ("vpvpc", true), ("vp", false), ("", false), ("VPC", false), ("v pc", false),
    ("vvpcc", true), ("vp\nc", false),
  ])
  func contains(text: String, isThere: Bool) {
    #expect(SourceFile(name: "", bytes: Array(text.utf8)).contains("vpc") == isThere)
  }

  /// The needle at every place of the words that are looked through at once.
  @Test func containsAtEveryPlace() {
    for before in 0..<20 {
      for after in 0..<20 {
        let (head, tail) = (String(repeating: "v", count: before), String(repeating: "p", count: after))
        #expect(SourceFile(name: "", bytes: Array("\(head)vpc\(tail)".utf8)).contains("vpc"))
        #expect(!SourceFile(name: "", bytes: Array("\(head)vp\(tail)é".utf8)).contains("vpc"))
      }
    }
  }

  @Test func bytesOfNames() {
    #expect("naïve".withBytes { bytes in bytes.indices.map { bytes[$0] } } == Array("naïve".utf8))
    #expect("".withBytes { $0.isEmpty })
    #expect("routing_table_of_a_subnet".withBytes { $0.count } == 25)
  }

  private static func text(_ start: UInt32, _ end: UInt32) -> String {
    file.text(Span(file: 0, start: start, end: end))
  }
}
