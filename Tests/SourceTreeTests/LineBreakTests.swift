import Foundation
import SourceText
import SourceTree
import Testing

/// Whatever ends the lines, and whatever stands before a node, its span is its text.
struct LineBreakTests {
  private static let text = """
    # top
    vpc: &v
      name: 'tokyo'   # tail
      note: |
        one
        two

      more: >-
        three

    list:
    - a
      b
    - "c
      d"
    - {e: f,
       g: [h]}

    """

  private static let outline: [Outlined] = [
    .plain("vpc"), .mapping("name: 'tokyo'   # tail\n  note: |\n    one\n    two\n\n  more: >-\n    three"),
    .plain("name"), .quoted("'tokyo'", "tokyo"), .plain("note"), .quoted("|\n    one\n    two", "one\ntwo\n"),
    .plain("more"), .quoted(">-\n    three", "three"), .plain("list"),
    .sequence("- a\n  b\n- \"c\n  d\"\n- {e: f,\n   g: [h]}"), .plain("a\n  b", "a b"), .quoted("\"c\n  d\"", "c d"),
    .mapping("{e: f,\n   g: [h]}"), .plain("e"), .plain("f"), .plain("g"), .sequence("[h]"), .plain("h"),
  ]

  @Test func lineFeeds() {
    #expect(Array(SourceTree.yaml(Self.text).outline.dropFirst()) == Self.outline)
  }

  /// Values keep U+2028 and U+2029, which are not folded; the others become line feeds or spaces.
  @Test(arguments: ["\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"])
  func otherBreaks(lineBreak: String) {
    let tree = SourceTree.yaml(Self.text.replacingLineFeeds(with: lineBreak))
    let isKept = lineBreak == "\u{2028}" || lineBreak == "\u{2029}"
    let expected = Self.outline.map { item in
      let folded = item.source.hasPrefix("|") ? item.value : item.value.replacingOccurrences(of: " ", with: "\n")
      let isOneLine = !item.source.contains("\n")
      return Outlined(
        kind: item.kind, source: item.source.replacingLineFeeds(with: lineBreak),
        value: !isKept || isOneLine ? item.value : folded.replacingLineFeeds(with: lineBreak))
    }
    #expect(Array(tree.outline.dropFirst()) == expected)
    #expect(tree.problems.isEmpty)
    #expect(tree.comments.map { tree.file.text($0) } == ["# top", "# tail"])
  }

  @Test(arguments: ["é", "日本", "😀", "e\u{301}", "\u{A0}"])
  func charactersOfSeveralBytes(letters: String) {
    for (before, after) in [("# \(letters)\n", ""), ("\(letters): \(letters)\n", ""), ("", "\nz: '\(letters)'\n")] {
      let tree = SourceTree.yaml(before + Self.text + after)
      #expect(tree.problems.isEmpty)
      let outline = Array(tree.outline.dropFirst(before.contains(":") ? 3 : 1).prefix(Self.outline.count))
      #expect(outline == Self.outline, "\(before.debugDescription)")
    }
  }

  @Test func byteOrderMark() {
    for mark in ["\u{FEFF}", "\u{FEFF}# é\n"] {
      let tree = SourceTree.yaml(mark + Self.text)
      #expect(tree.problems.isEmpty)
      #expect(Array(tree.outline.dropFirst()) == Self.outline)
    }
    #expect(SourceTree.yaml("\u{FEFF}").documents.isEmpty && SourceTree.yaml("\u{FEFF}").problems.isEmpty)
    #expect(SourceTree.json("\u{FEFF}{\"a\": 1}").outline.last == .plain("1"))
    // The place of a fault behind a mark
    #expect(SourceTree.yaml("\u{FEFF}a: @x").problemWords == [#"reservedCharacter("@") 1:4 ⟦@⟧"#])
    #expect(SourceTree.yaml("\u{FEFF}é: 1\na: @x").problemWords == [#"reservedCharacter("@") 2:4 ⟦@⟧"#])
  }
}

extension String {
  fileprivate func replacingLineFeeds(with lineBreak: String) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineBreak)
  }
}
