import SourceTree
import Testing

/// Scalars: span, value, and whether the text was quoted.
struct YAMLScalarTests {
  @Test(arguments: [
    // One line
    ("a b", Outlined.plain("a b")), ("a  b", .plain("a  b")), ("a#b", .plain("a#b")), ("a:b", .plain("a:b")),
    ("it's", .plain("it's")), ("10.0.0.0/24", .plain("10.0.0.0/24")), ("-1", .plain("-1")), ("~", .plain("~")),
    ("-x", .plain("-x")), ("?x", .plain("?x")), (":x", .plain(":x")), ("x\\n", .plain("x\\n")), ("é日😀", .plain("é日😀")),
    ("'a'", .quoted("'a'", "a")), ("\"a\"", .quoted("\"a\"", "a")), ("''", .quoted("''", "")),
    ("\"\"", .quoted("\"\"", "")), ("'a: b # c'", .quoted("'a: b # c'", "a: b # c")),
    ("\"é日😀\"", .quoted("\"é日😀\"", "é日😀")), ("'  '", .quoted("'  '", "  ")),
    // Escapes, among them those whose value is as long as what is written
    ("'it''s'", .quoted("'it''s'", "it's")), ("''''", .quoted("''''", "'")),
    (#""a\tb""#, .quoted(#""a\tb""#, "a\tb")), (#""\\""#, .quoted(#""\\""#, "\\")), (#""\/""#, .quoted(#""\/""#, "/")),
    (#""\"""#, .quoted(#""\"""#, "\"")), (#""\x41\u00e9\U0001F600""#, .quoted(#""\x41\u00e9\U0001F600""#, "Aé😀")),
    (#""\N""#, .quoted(#""\N""#, "\u{85}")), (#""\_""#, .quoted(#""\_""#, "\u{A0}")),
    (#""\L""#, .quoted(#""\L""#, "\u{2028}")), (#""\L\n""#, .quoted(#""\L\n""#, "\u{2028}\n")),
    (#""\0\a\b\e\f\v\r""#, .quoted(#""\0\a\b\e\f\v\r""#, "\0\u{7}\u{8}\u{1B}\u{C}\u{B}\r")),
    // Several lines
    ("a\n  b", .plain("a\n  b", "a b")), ("a\n\n  b", .plain("a\n\n  b", "a\nb")),
    ("a\n  b\n   c", .plain("a\n  b\n   c", "a b c")), ("ab\n c", .plain("ab\n c", "ab c")),
    ("'a\n  b'", .quoted("'a\n  b'", "a b")), ("'a\n\n\n  b'", .quoted("'a\n\n\n  b'", "a\n\nb")),
    ("\"a\\\n  b\"", .quoted("\"a\\\n  b\"", "ab")), ("\"a\n  b\"", .quoted("\"a\n  b\"", "a b")),
    ("\n  a", .plain("a")), ("\n  'a'", .quoted("'a'", "a")),
    // Blocks end with their last line of text
    ("|\n  a\n", .quoted("|\n  a", "a\n")),
    ("|\n  a\n\n\n", .quoted("|\n  a", "a\n")),
    ("|-\n  a\n\n", .quoted("|-\n  a", "a")), (">\n  a\n  b\n", .quoted(">\n  a\n  b", "a b\n")),
    (">-\n\n  a\n\n  b\n", .quoted(">-\n\n  a\n\n  b", "\na\nb")), ("|2\n   a\n", .quoted("|2\n   a", " a\n")),
    ("|\n  a  \n \n", .quoted("|\n  a  ", "a  \n")), ("|\n  # a\n", .quoted("|\n  # a", "# a\n")),
    ("|  # why\n  a\n", .quoted("|  # why\n  a", "a\n")), ("|\n", .quoted("|", "")), ("|", .quoted("|", "")),
    (">\n\n\n", .quoted(">", "")), ("|\n  日😀\n  é\n\n", .quoted("|\n  日😀\n  é", "日😀\né\n")),
    // Tags that decide what plain text means
    ("!!str 5", .quoted("5", "5")), ("! 5", .quoted("5", "5")), ("!!str", .quoted("", "")), ("!!int 5", .plain("5")),
    ("!!null ''", .quoted("''", "")),
  ])
  func scalar(text: String, expected: Outlined) {
    for (before, after) in [
      ("k: ", "\nz: 1\n"), ("- ", "\n- z\n"), ("é: 1\nk: ", "\n# é\n\nz: 1"), ("--- \nk: ", "\n--- z\n"),
    ] {
      let tree = SourceTree.yaml(before + text + after)
      #expect(tree.problems.isEmpty, "\(tree.problemWords)")
      // Text alone may not begin with what the text before it ends with.
      let found = tree.outline.filter { $0.kind == expected.kind && $0 == expected }
      #expect(found == [expected], "\(tree.outline)")
    }
    let alone = SourceTree.yaml("k: " + text)
    #expect(alone.outline.last?.source == expected.source, "\(alone.outline)")
  }

  /// Where the file ends, or where empty lines count.
  @Test(arguments: [
    ("|\n  a", Outlined.quoted("|\n  a", "a")), ("|+\n  a", .quoted("|+\n  a", "a")),
    ("|+\n  a\n\n\n", .quoted("|+\n  a", "a\n\n\n")), (">+\n  a\n  b\n\n", .quoted(">+\n  a\n  b", "a b\n\n")),
    ("|+\n\n", .quoted("|+", "\n")),
  ])
  func lastBlock(text: String, expected: Outlined) {
    #expect(SourceTree.yaml("k: " + text).outline.last == expected)
  }

  @Test func whatIsInTheSourceIsNotCopied() {
    // By the public face there is no telling; both roads have to give the same bytes.
    let tree = SourceTree.yaml("- plain\n- 'single'\n- \"double\"\n- \"a\\x62\"\n- >\n  folded\n  text\n")
    let texts = ["plain", "single", "double", "ab", "folded text\n"]
    #expect(tree.items(0).map { tree.text($0) } == texts)
    #expect(
      tree.items(0).map { node in tree.withText(node) { text in text.indices.map { text[$0] } } }
        == texts.map { Array($0.utf8) })
  }

  @Test func bytesAndLengths() {
    let tree = SourceTree.yaml("- name\n- &x \"n\\x61m\"\n- é\n- [x]\n- ''\n- *x\n")
    let nodes = Array(tree.items(0))
    #expect(nodes.map { Array(tree.bytes($0)) } == ["name", "nam", "é", "", "", "nam"].map { Array($0.utf8) })
    #expect(nodes.map { tree.textLength($0) } == [4, 3, 2, nil, 0, 3])
  }
}
