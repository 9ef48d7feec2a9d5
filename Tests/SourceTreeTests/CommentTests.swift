import SourceText
import SourceTree
import Testing

/// Comments are found where there are some, and nowhere else.
struct CommentTests {
  @Test(arguments: [
    ("", [String]()), ("a: 1\n", []), ("#", ["#"]), ("# a", ["# a"]), ("#a\n#b\n", ["#a", "#b"]),
    ("a: 1 # b\n", ["# b"]), ("a: 1\t# b", ["# b"]), ("a: #b\n", ["#b"]), ("a: b#c\n", []), ("a#b: c\n", []),
    ("a: b #c #d\n", ["#c #d"]), ("  # indented\na: 1\n", ["# indented"]),
    ("a: 1 # b\r\n# c\r\n", ["# b", "# c"]), ("a: 1 # b\r# c\r", ["# b", "# c"]),
    ("a: 1 # é\u{85}# c\u{2028}#d\u{2029}b: 2", ["# é", "# c", "#d"]),
    // In quotes and blocks there is none
    ("a: 'x # y'\n", []), ("a: \"x # y\" # z\n", ["# z"]), ("a: 'x\n  # y\n  z'\n", []),
    ("a: |\n  # x\n  y # z\n# end\n", ["# end"]), ("a: >\n  # x\n\n  # y\n # less\nb: 1\n", ["# less"]),
    ("'a # b': c\n", []), ("[\"x # y\", '# z'] # w\n", ["# w"]), ("a: \"\\\" # x\"\n", []),
    ("a: !!str x # y\n", ["# y"]), ("a: &x # y\n  b: c\n", ["# y"]),
    // The first line of a block is no text yet
    ("a: | # x\n  # y\n", ["# x"]), ("a: >-   # x\n  y\n# z\n", ["# x", "# z"]), ("a: |\n  x\n\n# y\n", ["# y"]),
    // libyaml wants no blank behind a quote, a bracket or a comma
    ("a: 'x'#y\n", ["#y"]), ("[1,#x\n2]#y\n", ["#x", "#y"]), ("{a: 1}#x\n", ["#x"]), ("a: [#x\n]\n", ["#x"]),
    // Between documents and before a directive
    ("# a\n%YAML 1.1 # b\n--- # c\nd: 1\n... # e\n# f\n", ["# a", "# b", "# c", "# e", "# f"]),
  ])
  func comments(text: String, expected: [String]) {
    for mark in ["", "\u{FEFF}"] {
      let tree = SourceTree.yaml(mark + text)
      #expect(tree.problems.isEmpty, "\(tree.problemWords)")
      #expect(tree.comments.map { tree.file.text($0) } == expected)
    }
  }

  @Test func jsonHasNone() {
    #expect(SourceTree.json("{\"a #b\": \"# c\", \"d\": [\" # e\"]}").comments.isEmpty)
  }

  /// Nothing is known of what could not be read; its words that begin so are given.
  @Test func inABrokenDocument() {
    let tree = SourceTree.yaml("a: 'x # y' # z\n---\nb: [ # w\n")
    #expect(tree.problems.count == 1)
    #expect(tree.comments.map { tree.file.text($0) } == ["# z", "# w"])
  }
}
